"""What a page may show that no catalogue translates: what people gave, and what stands in the product's own data."""

import csv
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import yaml
from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_AP, WEEKDAYS_ABBR

import aboveline
from aboveline.domain.framework import Text
from aboveline.jobs.frameworks import all_frameworks

DATA = Path(aboveline.__file__).parent / "data"
#: a word with a figure in it: an id, a number, a digest, an amount
_NUMBERED = re.compile(r"[\w.:-]*\d[\w.:-]*")
#: how prose names a figure that is bound to it
_REFERENCE = re.compile(r"\{\{[^}]*\}\}")
_WORD = re.compile(r"[^\W\d_]{2,}")


class Data:
    """`left` takes out of a line what is data or allowed, and gives the words that remain."""

    def __init__(self, allowed: frozenset[str]) -> None:
        known = {" ".join(text.split()) for text in (*_on_record(), *_in_files())} - set(_of_frameworks())
        self.known = sorted((text for text in known if _is_a_name(text)), key=len, reverse=True)
        self.lines = known | allowed
        months = (str(name) for names in (MONTHS, MONTHS_3, MONTHS_AP, WEEKDAYS_ABBR) for name in names.values())
        self.words = allowed | {form for word in months for form in (word.strip("."), word.title())}

    def left(self, line: str) -> list[str]:
        line = " ".join(line.split())
        if line in self.lines or self.lines.issuperset(line.rstrip(".").split(", ")):
            return []
        rest = _REFERENCE.sub(" ", line)
        for text in self.known:
            if text in rest:
                rest = rest.replace(text, " ")
        return [word for word in _WORD.findall(_NUMBERED.sub(" ", rest)) if word not in self.words]


def _is_a_name(text: str) -> bool:
    """Whether a text may be taken out of a longer line: not where it could be any word."""
    return len(text) > 3 and (text[0].isupper() or " " in text)


def _on_record() -> Iterator[str]:
    for model in apps.get_app_config("records").get_models():
        for field in model._meta.concrete_fields:
            rows = model._default_manager.order_by().values_list(field.name, flat=True)
            if isinstance(field, CharField | TextField) and not field.choices:
                yield from (row for row in rows.distinct() if row)
            elif isinstance(field, JSONField):
                yield from _leaves(list(rows))


def _in_files() -> Iterator[str]:
    for path in DATA.rglob("*.yaml"):
        yield from _leaves(yaml.safe_load(path.read_text(encoding="utf-8")))
    for path in DATA.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            yield from (cell for row in csv.DictReader(file) for cell in row.values() if cell)


def _of_frameworks() -> Iterator[str]:
    """Texts of a framework have a second language of their own, so they are not data."""
    for framework in all_frameworks():
        yield from _texts(framework)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Text):
        yield " ".join(value.en.split())
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield from value.split("\n\n")
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
