"""What is shipped to the browser: no licensed font, no crest, nothing from elsewhere, nothing the policy forbids."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
WEB = ROOT / "src/aboveline/web"
STATIC = sorted(p for p in (WEB / "static").rglob("*") if p.suffix in {".css", ".js", ".svg"})
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))


def vendoring():
    spec = importlib.util.spec_from_file_location("vendor_assets", ROOT / "frontend/vendor_assets.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", STATIC, ids=lambda p: p.name)
def test_no_file_names_the_font_the_crest_or_a_place_to_fetch_from(path):
    text = path.read_text()
    for word in ("GDS Transport", "@font-face", "crest", "url(", "sourceMappingURL"):
        assert word not in text
    assert set(re.findall(r"https?://[\w.]+", text)) <= {"http://www.w3.org", "https://design"}


def test_the_licence_travels_with_the_design_system():
    assert "Permission is hereby granted" in (WEB / "static/vendor/govuk-frontend/LICENSE.txt").read_text()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.stem)
def test_no_template_needs_what_the_policy_forbids(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", text)
    ours = r"nonce=|src=\"\{% static"
    assert all(re.search(ours, script) for script in re.findall(r"<script[^>]*>", text))


def test_vendoring_takes_out_font_and_crest_and_leaves_the_rest():
    css = (
        '@font-face{font-family:GDS Transport;src:url(/a.woff2)}.a{font-family:"GDS Transport",arial,sans-serif}'
        ".b{color:red}@media (x){.c{mask-image:url(/crest.svg)}}/*# sourceMappingURL=x.map */"
    )
    assert vendoring().plain_css(css) == ".a{font-family:arial,helvetica,sans-serif}.b{color:red}\n"
    assert vendoring().plain_script("a();//# sourceMappingURL=x.map\n") == "a();\n"


def test_vendoring_refuses_a_style_sheet_it_does_not_understand():
    with pytest.raises(ValueError, match="GDS Transport"):
        vendoring().plain_css('.a{font-family:"GDS Transport",serif}')
