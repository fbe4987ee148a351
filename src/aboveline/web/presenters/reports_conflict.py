"""Two people changed one report: what each changed, and one text that keeps all that does not clash."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aboveline.jobs.service_reports import Tree
from aboveline.web.forms.reports import ReportForm, flat_of
from aboveline.web.forms.reports_schema import sections, top_nodes


@dataclass(frozen=True, slots=True)
class Clash:
    """One part that both changed, in words, label by label."""

    key: str
    heading: str
    theirs: tuple[tuple[str, str], ...]
    yours: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Merged:
    """`tree` holds yours where both changed a part, theirs where only they did."""

    tree: Tree
    clashes: tuple[Clash, ...]
    taken: tuple[str, ...]


def merged(base: Tree | None, theirs: Tree, yours: Tree) -> Merged:
    """Lay two newer texts beside the one both began with. Without that one, every difference is a clash."""
    clashing: list[str] = []
    taken: list[str] = []
    tree: Tree = {}
    for key in dict.fromkeys((*top_nodes(), *theirs, *yours)):
        before = None if base is None else base.get(key)
        mine, other = yours.get(key), theirs.get(key)
        only_they = base is not None and mine == before
        if mine != other and not only_they and (base is None or other != before):
            clashing.append(key)
        if mine != other and only_they:
            taken.append(key)
        value = other if only_they else mine
        if value is not None:
            tree[key] = value
    names = headings()
    return Merged(
        tree,
        tuple(Clash(key, names.get(key, key), _words(key, theirs), _words(key, yours)) for key in clashing),
        tuple(names.get(key, key) for key in taken),
    )


def headings() -> Mapping[str, str]:
    return {key: str(getattr(node, "label", key)) for s in sections() for key, node in s.nodes.items()}


def _words(key: str, tree: Tree) -> tuple[tuple[str, str], ...]:
    """A part's fields that say something, with their labels."""
    flat = flat_of({key: tree[key]} if key in tree else {})
    form = ReportForm(flat)
    said = ((str(field.label), _value(field, flat)) for name, field in _fields(form, key))
    return tuple((label, words) for label, words in said if words)


def _fields(form: ReportForm, key: str) -> list[tuple[str, Any]]:
    visible = [(name, form[name]) for name in form.fields if not form.fields[name].widget.is_hidden]
    return [(name, field) for name, field in visible if name == key or name.startswith(f"{key}-")]


def _value(field: Any, flat: Mapping[str, str]) -> str:
    name = field.html_name
    if f"{name}_year" in flat:
        return " ".join(flat.get(f"{name}_{part}", "") for part in ("day", "month", "year"))
    choices = dict(getattr(field.field, "choices", ()))
    value = flat.get(name, "")
    return str(choices.get(value, value)) if value else ""
