"""Writes a committee report's plain values as the YAML that `report_reader` reads, in the template's order."""

from collections.abc import Mapping

import yaml

from aboveline.exchange.report_shape import ReportShape

_ORDER = {field.alias or name: place for place, (name, field) in enumerate(ReportShape.model_fields.items())}


class _Dumper(yaml.SafeDumper):
    """Writes no alias, and quotes any text that does not begin with a letter.

    The reader's rules for numbers and dates are wider than this library's: a bare 08 or 1e5 would come back a number.
    """

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = None if value[:1].isalpha() else "'"
    # The reader takes each of these for a plain end of line, unless it is written as an escape.
    style = '"' if {"\x85", "\u2028", "\u2029"} & set(value) else style
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def write_report(tree: Mapping[str, object]) -> str:
    """Return the document; keys that no report has come last. Values are text, numbers, booleans, dates, null, lists
    and mappings of them. Comments that stood in an earlier file are not kept."""
    ordered = dict(sorted(tree.items(), key=lambda item: _ORDER.get(item[0], len(_ORDER))))
    return yaml.dump(ordered, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
