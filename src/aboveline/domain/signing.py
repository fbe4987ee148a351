"""What is signed: the parts of an inspection in one canonical form, their digests, and what changed since.

A digest is SHA-256 over JSON with sorted keys, no blanks and UTF-8 text, so that the same content has the same digest
wherever it is made. The content hash is the digest of the parts' digests by name.
"""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Part(StrEnum):
    """What a signer must have read, in the order it is read."""

    JUDGEMENTS = "judgements"
    MODERATION = "moderation"
    FINDINGS = "findings"
    STATEMENT = "statement"


def digest(content: Any) -> str:
    """Raises TypeError for what JSON cannot hold, ValueError for a number that is none."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def digests(contents: Mapping[Part, Any]) -> dict[str, str]:
    """The digest of every part. Raises KeyError where one is missing."""
    return {part.value: digest(contents[part]) for part in Part}


def content_hash(parts: Mapping[str, str]) -> str:
    return digest({part.value: parts[part.value] for part in Part})


def changed_parts(signed: Mapping[str, str], now: Mapping[str, str]) -> tuple[Part, ...]:
    """The parts that are no longer what was signed."""
    return tuple(part for part in Part if signed.get(part.value) != now.get(part.value))
