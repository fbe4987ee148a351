"""The `aboveline` command. Verbs load only when called, so that one verb does not pay for another's libraries."""

import importlib
from collections.abc import Sequence

import click
import typer
from typer.core import TyperGroup

#: verb -> module in aboveline.cli whose `app` (a Typer) or `command` holds it
VERBS = {
    "framework": "framework",
    "caseload": "caseload",
    "sample": "sample",
    "score": "score",
    "compare": "compare",
    "reinspect": "reinspect",
    "report": "report",
    "audit": "audit",
}
