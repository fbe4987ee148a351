"""Messages come out of the source as they are looked up, and a catalogue that is out of date is named."""

import subprocess
import sys
from pathlib import Path

import pytest

import translations

MODULE = """
from x import _, ngettext
_("One {thing}" " and more")
ngettext("{n} case", "{n} cases", n)
Sentence.of("an address")
Sentence.counted("{count} row", "{count} rows", count=2)
ProblemKind("a.b", "Wrong {x}.", "Mend it.", one="Only {x}.")
"""
PAGE = """{% translate 'Sign “out” & go' %}
{% blocktranslate count n=n %}{{ n }} page{% plural %}{{ n }} pages{% endblocktranslate %}
{% page_heading _("Home") %}{{ x|default:_("None, 100%") }}{% translate "How's it" as how %}"""


def test_what_is_marked_in_a_module():
    assert list(translations.in_python(MODULE)) == [
        "One {thing} and more",
        ("{n} case", "{n} cases"),
        "an address",
        ("{count} row", "{count} rows"),
        ("Only {x}.", "Wrong {x}."),
        "Mend it.",
    ]


def test_what_is_marked_in_a_page():
    assert list(translations.in_template(PAGE)) == [
        "Sign “out” & go",
        ("%(n)s page", "%(n)s pages"),
        "Home",
        "None, 100%",
        "How's it",
    ]


@pytest.mark.parametrize("wrong", ["_(words)", 'Sentence.of(f"row {n}")', 'ProblemKind("a", words, "b")'])
def test_a_mark_around_no_literal_is_refused(wrong):
    with pytest.raises(translations.NotLiteral, match="line 1"):
        list(translations.in_python(wrong))
    assert list(translations.in_python(wrong, maker=True)) == []


@pytest.fixture
def at_a_desk(tmp_path, monkeypatch):
    """A project of one module and one page, with its catalogue."""
    source = tmp_path / "src"
    (source / "web" / "templates").mkdir(parents=True)
    (source / "web" / "presenters.py").write_text('_("Home")\nngettext("{n} case", "{n} cases", n)\n')
    (source / "web" / "templates" / "home.html").write_text('{% translate "Home" %}')
    for name, place in (("ROOT", tmp_path), ("SOURCE", source), ("LOCALE", source / "locale")):
        monkeypatch.setattr(translations, name, place)
    monkeypatch.setattr(translations, "TEMPLATE", source / "locale" / "django.pot")
    translations.extract()
    return source


def test_a_catalogue_is_current_until_a_message_changes(at_a_desk):
    assert translations.stale() == []
    (at_a_desk / "web" / "presenters.py").write_text('_("Start")\n')
    assert translations.stale() == ["src/locale/django.pot"]


def test_a_language_begins_is_filled_and_is_compiled(at_a_desk):
    translations.language("cy")
    path = at_a_desk / "locale" / "cy" / "LC_MESSAGES" / "django.po"
    assert 'msgid "Home"' in path.read_text(encoding="utf-8")
    assert translations.stale() == ["src/locale/cy/LC_MESSAGES/django.mo"]
    translations.compile_all()
    assert translations.stale() == []
    filled = path.read_text(encoding="utf-8").replace('msgid "Home"\nmsgstr ""', 'msgid "Home"\nmsgstr "Hafan"')
    path.write_text(filled, encoding="utf-8")
    assert translations.stale() == ["src/locale/cy/LC_MESSAGES/django.mo"]
    translations.language("cy")
    assert 'msgstr "Hafan"' in path.read_text(encoding="utf-8")


def test_the_command_says_what_it_can_do():
    done = subprocess.run(
        [sys.executable, Path(translations.__file__), "sing"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "extract" in done.stderr
