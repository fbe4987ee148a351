"""The documents are complete and say what is there."""

import re

import yaml

from tests.architecture.source import ROOT

VERBS = ("demo", "serve", "test", "check", "fix", "bench", "docs")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pages(nav) -> list[str]:
    """Every page named in the documentation's navigation."""
    found = []
    for entry in nav if isinstance(nav, list) else [nav]:
        if isinstance(entry, str):
            found.append(entry)
        else:
            for below in entry.values():
                found += pages(below)
    return found


def folders_named(document: str) -> list[str]:
    return re.findall(r"`(src/[\w/]+|tests/\w+|docs/\w+|benchmarks)`", document)


def test_every_page_of_the_documentation_exists():
    named = pages(yaml.safe_load(text("mkdocs.yml"))["nav"])
    assert len(named) > 15
    assert [page for page in named if not (ROOT / "docs" / page).exists()] == []


def test_every_folder_the_developers_guide_names_exists():
    named = folders_named(text("DEVELOPERS.md"))
    assert len(named) > 10
    assert [folder for folder in named if not (ROOT / folder).is_dir()] == []


def test_every_package_has_its_line_in_the_developers_guide():
    packages = {p.parent.name for p in (ROOT / "src" / "aboveline").glob("*/__init__.py")}
    assert [p for p in packages if f"src/aboveline/{p}`" not in text("DEVELOPERS.md")] == []


def test_the_readme_shows_the_two_commands_and_a_picture():
    readme = text("README.md")
    assert "./run demo" in readme
    assert "./run test" in readme
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme)
    assert pictures
    assert all((ROOT / picture).exists() for picture in pictures)


def test_the_front_door_explains_every_verb():
    assert [verb for verb in VERBS if f"./run {verb}" not in text("run")] == []


def test_the_licence_credits_what_is_not_ours():
    licence = text("LICENSE")
    assert all(word in licence for word in ("MIT", "Open Government Licence", "GOV.UK Frontend", "Liberation Sans"))


def test_the_acceptance_ledger_has_no_promise_left_open():
    rows = [line for line in text("docs/acceptance/2.md").splitlines() if re.match(r"\| \d+\.\d+ \|", line)]
    assert len(rows) > 40
    assert [row for row in rows if row.rstrip(" |").endswith("open")] == []


def test_every_proof_the_ledger_names_exists():
    proofs = set(re.findall(r"`(tests/[\w/.*-]+)", text("docs/acceptance/2.md")))
    assert len(proofs) > 20
    assert [proof for proof in proofs if not list(ROOT.glob(proof))] == []


def test_control_a_page_or_folder_that_is_not_there_is_named():
    assert pages([{"A": ["x.md", {"B": "y.md"}]}, "z.md"]) == ["x.md", "y.md", "z.md"]
    assert folders_named("see `src/aboveline/nowhere`") == ["src/aboveline/nowhere"]
