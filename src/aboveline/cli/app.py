"""The `aboveline` command. Only the module of the verb asked for is loaded, so no verb pays for another's libraries."""

import importlib
import io
import sys
from typing import Annotated

import typer

from aboveline import __version__

#: each verb and the module of aboveline.cli whose `register(app)` adds it
VERBS = (
    "framework",
    "caseload",
    "sample",
    "score",
    "compare",
    "reinspect",
    "report",
    "audit",
    "database",
    "administrator",
    "account",
)


def build(verbs: tuple[str, ...]) -> typer.Typer:
    """Return the command with these verbs registered."""
    app = typer.Typer(
        name="aboveline",
        help="Case-file inspection of a youth justice service: sample, score, compare, re-inspect, report.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    @app.callback()
    def aboveline(
        version: Annotated[
            bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Say the version and stop.")
        ] = False,
    ) -> None:
        """Case-file inspection of a youth justice service: sample, score, compare, re-inspect, report."""

    for verb in verbs:
        importlib.import_module(f"aboveline.cli.{verb}").register(app)
    return app


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"aboveline {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line. What a terminal's character set cannot show is escaped, not a failure."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    build((asked,) if asked in VERBS else VERBS)()
