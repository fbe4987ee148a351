"""The log: one JSON object a line, with nothing in it that a person wrote or asked for.

An address, a form, the words of an exception, a value in a library's message can each hold a child's name. So a line
holds when, how bad, which logger, the route's name (never its address), the status, and where in the code an error
came from. Words are kept whole only from our own loggers, which log no data; of others the template without its
values, and nothing where a template cannot be told from words already filled in.
"""

import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any

OURS = "aboveline"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"}


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Return one line: `time` (UTC), `level`, `logger`, `event`, and what there is of a request and an error."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "logger": record.name, "event": _event(record),
        }  # fmt: skip
        if not _is_ours(record):
            line["at"] = f"{Path(record.pathname).name}:{record.lineno}"
        line |= _request(record)
        if record.exc_info and record.exc_info[1]:
            line["errors"] = _errors(record.exc_info[1])
        return json.dumps(line)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == OURS


def _event(record: logging.LogRecord) -> str:
    if _is_ours(record):
        return record.getMessage()
    return record.msg if record.args and isinstance(record.msg, str) else ""


def _request(record: logging.LogRecord) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if (request := getattr(record, "request", None)) is not None:
        method, match = getattr(request, "method", ""), getattr(request, "resolver_match", None)
        told = {"method": method if method in METHODS else "other", "route": match.url_name if match else None}
    numbers = {name: getattr(record, name, None) for name in ("status_code", "milliseconds")}
    return told | {name: number for name, number in numbers.items() if isinstance(number, int)}


def _errors(error: BaseException) -> list[dict[str, Any]]:
    """The error and those that led to it, the last first: the type and where, never what it says."""
    found: list[dict[str, Any]] = []
    at: BaseException | None = error
    while at is not None and len(found) < 10:
        frames = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in extract_tb(at.__traceback__)]
        found.append({"type": type(at).__qualname__, "frames": frames[-30:]})
        at = at.__cause__ or at.__context__
    return found


def log_settings(level: str) -> dict[str, Any]:
    """Python's logging settings: every logger to standard error as JSON lines, and no letters to administrators, which
    would repeat the whole form."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "aboveline.config.json_log.JsonLines"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            OURS: {"level": level},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "gunicorn.error": {"handlers": [], "level": level, "propagate": True},
        },
    }
