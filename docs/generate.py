"""Write docs/reference from the code and data themselves; with --check, say which page is out of date instead."""

import importlib
import os
import pkgutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django

import aboveline
from aboveline.domain.problems import ProblemKind

REFERENCE = Path(__file__).resolve().parent / "reference"
MARK = "<!-- Written by docs/generate.py; do not edit. -->\n\n"
PARTS = ("cli", "domain", "exchange", "jobs")


def catalogues() -> dict[str, tuple[ProblemKind, ...]]:
    """The problem catalogue of every module that has one of its own, by the module's last name."""
    found = {}
    for part in PARTS:
        package = importlib.import_module(f"aboveline.{part}")
        for module in pkgutil.iter_modules(package.__path__):
            kinds = getattr(importlib.import_module(f"aboveline.{part}.{module.name}"), "CATALOGUE", None)
            if isinstance(kinds, tuple) and all(isinstance(kind, ProblemKind) for kind in kinds):
                found[module.name] = kinds
    return found


def problems() -> str:
    from aboveline.rendering.reference import problem_catalogue_markdown

    blocks = ["# Problems", "Everything that can be wrong with what you give, and what to do about it."]
    for name, kinds in catalogues().items():
        title = name.removesuffix("_problems").replace("_", " ").capitalize()
        blocks += [f"## {title}", problem_catalogue_markdown(kinds)]
    return "\n\n".join(blocks) + "\n"


def framework(id: str) -> str:
    from aboveline.jobs.frameworks import load_framework
    from aboveline.rendering.reference import framework_markdown

    return framework_markdown(load_framework(id))


def rights() -> str:
    from aboveline.domain.access import OF_JUDGING, TABLE, Action, Reach, RunBy
    from aboveline.domain.roles import PLACES_OF, Role
    from aboveline.domain.workflow import Stage, words
    from aboveline.records.models.people import ROLE_WORDS

    lines = ["# Who may do what", "", "A role is held at one service, in one inspection or in one programme. What is"]
    lines += ["not allowed answers *not found*. Made from the policy table that the pages themselves obey."]
    lines += ["A conflict of interest takes away everything that shows or touches what is said of a child; one with"]
    lines += ["the service itself also takes away its case list and what decides the result: the draw, allocation,"]
    lines += ["findings, sign-off, points of fact, publication and the conflict register."]
    lines += ["In an inspection by an inspectorate nobody is on both sides: who holds a role at the inspected service,"]
    lines += ["or held one in the last three years, has none in the team or from the programme there."]
    lines += ["Nobody who still has a case to read a second time sees scores, unless they choose second reads. Before"]
    lines += ["moderation the scores of under five cases are for those who open every case."]
    lines += ["“Own” is a case allocated to an inspector or assessor, and for a case manager a case they manage."]
    judging = ", ".join(f"*{action}*" for action in Action if action in OF_JUDGING)
    lines += [f"Nobody judges their own work: of a case they manage nobody may {judging}, in whatever role.", ""]
    for run_by in RunBy:
        lines += [f"## Run by {run_by}", "", "| | " + " | ".join(ROLE_WORDS[role] for role in Role) + " |"]
        lines.append("|---|" + "---|" * len(Role))
        for action in dict.fromkeys(grant.action for grant in TABLE):
            cells = []
            for role in Role:
                held = [g for g in TABLE if g.action is action and role in g.roles and run_by in g.run_by]
                places = {g: "" if PLACES_OF[role] <= g.held_at else _place_words(g.held_at) for g in held}
                own = {g: _grant_words(g.reach is Reach.OWN, g.since, Stage, words) for g in held}
                cells.append("; ".join(own[g] + places[g] for g in held))
            lines.append(f"| {action} | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


def _grant_words(own, since, stages, words):
    """One grant in a cell: yes, or how far and from which stage on."""
    said = "own cases" if own else "yes"
    return said if since is stages.SET_UP else f"{said}, from “{words(since)}”"


def _place_words(places):
    """Where a role must be held that can be held at more than one place."""
    return f", held at the {' or '.join(sorted(places))}"


def command_line() -> str:
    import typer.main

    from aboveline.cli.app import VERBS, build

    root = typer.main.get_command(build(VERBS))
    blocks = ["# Command line", "`--format table|json|csv` works after every command; with `json`, standard output"]
    blocks[-1] += " holds JSON alone. Exit codes: 0 fine (warnings too), 1 problems, 2 wrong usage."
    for name, command in leaves("aboveline", root):
        blocks.append(f"## {name}")
        context = command.make_context(name, [], resilient_parsing=True)
        context.max_content_width = 100
        text = command.get_help(context).replace(os.environ.get("HOME", "\0"), "~")
        blocks.append("```text\n" + "\n".join(line.rstrip() for line in text.splitlines()).strip() + "\n```")
    return "\n\n".join(blocks) + "\n"


def leaves(name, command):
    """Every verb that does something, with its whole name."""
    children = getattr(command, "commands", None)
    if not children:
        yield name, command
        return
    for child, below in sorted(children.items()):
        yield from leaves(f"{name} {child}", below)


PAGES: dict[str, Callable[[], str]] = {
    "problems.md": problems,
    "cci-2009.md": partial(framework, "cci-2009"),
    "audit-2021.md": partial(framework, "audit-2021"),
    "rights.md": rights,
    "command-line.md": command_line,
}


def main() -> int:
    os.environ["COLUMNS"] = "100"
    os.environ["DJANGO_SETTINGS_MODULE"] = "aboveline.config.settings.test"
    django.setup()
    stale = []
    for name, page in PAGES.items():
        path, text = REFERENCE / name, MARK + page()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        print(f"out of date: {', '.join(stale)}; run ./run docs")
        return 1
    print(f"reference of {aboveline.__version__}: {len(PAGES)} pages, {len(stale)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
