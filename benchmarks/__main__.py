"""Run benchmarks: `python -m benchmarks` runs all, `python -m benchmarks scoring first_start` those named.

Exit 1 where any figure is missed, 2 where a name is unknown.
"""

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

import benchmarks


def names() -> list[str]:
    """Every module here that measures something: those with a `main`, in order."""
    found = (module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.name.startswith("_"))
    return sorted(name for name in found if hasattr(load(name), "main"))


def load(name: str) -> ModuleType:
    return importlib.import_module(f"benchmarks.{name}")


def main(chosen: Sequence[str]) -> int:
    known = names()
    unknown = [name for name in chosen if name not in known]
    if unknown:
        print(f"no benchmark is called {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    missed = []
    for name in chosen or known:
        print(f"\n== {name}: {(load(name).__doc__ or '').splitlines()[0]}", flush=True)
        if load(name).main():
            missed.append(name)
    print(f"\nmissed: {', '.join(missed)}" if missed else "\nevery figure reached")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
