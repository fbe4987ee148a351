"""The source as parsed files, for the tests of the house's rules."""

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "aboveline"


@dataclass(frozen=True)
class Module:
    """One source file: its dotted place under aboveline (`domain.scoring`), its text and its tree."""

    place: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def package(self) -> str:
        return self.place.split(".")[0]


@cache
def modules() -> list[Module]:
    """Every source file but migrations."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).with_suffix("")
        if "migrations" not in place.parts:
            found.append(Module(".".join(place.parts), path.read_text(encoding="utf-8")))
    return found
