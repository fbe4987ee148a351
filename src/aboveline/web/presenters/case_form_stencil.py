"""The case form with holes: everything that only the framework decides is drawn once, and each page fills the holes.

The form has about a thousand controls, nearly all of whose markup is the same for every case. It is one ordinary
template; where a value of the case belongs it writes `{% slot ... %}`, which leaves a mark. `Stencil` splits the drawn
text at the marks.
"""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from aboveline.domain.framework import CaseFact, Framework, Question
from aboveline.web.presenters.wording import short_answer

#: no text of a framework can hold it
_MARK = secrets.token_hex(16)
_SLOT = re.compile(rf"\[{_MARK}:([^\]]+)\]")
#: facts with at most this many options are radio buttons, others a list
RADIO_OPTIONS = 2


def mark(*names: str) -> SafeString:
    """Where a value belongs: a question's, fact's or criterion's id and what of it."""
    return SafeString(f"[{_MARK}:{'.'.join(names)}]")


class Stencil:
    """Drawn text with holes. A hole that is given nothing stays empty."""

    def __init__(self, drawn: str) -> None:
        pieces = _SLOT.split(drawn)
        self.texts, self.names = pieces[::2], pieces[1::2]

    def fill(self, values: Mapping[str, str]) -> SafeString:
        """Put in values, which must be ready for HTML: escaped, or made by a template."""
        parts = [self.texts[0]]
        for name, text in zip(self.names, self.texts[1:], strict=True):
            if name in values:
                parts.append(values[name])
            parts.append(text)
        return SafeString("".join(parts))


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as the form shows it; `clauses` is its condition as JSON, for the browser to read."""

    question: Question
    clauses: str

    @property
    def conditional(self) -> bool:
        return not self.question.applies.always


@dataclass(frozen=True, slots=True)
class FactView:
    fact: CaseFact
    radios: bool


_STENCILS: dict[tuple[str, str, str], Stencil] = {}


def stencil_of(framework: Framework) -> Stencil:
    """The stencil of a framework in the language in hand, drawn at the first asking."""
    key = (framework.id, framework.digest, get_language() or "")
    if key not in _STENCILS:
        _STENCILS[key] = Stencil(render_to_string("web/assessments/stencil.html", _context(framework)))
    return _STENCILS[key]


def _context(framework: Framework) -> dict[str, object]:
    return {
        "framework": framework,
        "facts": [FactView(fact, len(fact.options) <= RADIO_OPTIONS) for fact in framework.case_facts],
        "sections": [
            (section, [(c, [_view(question) for question in c.questions]) for c in section.criteria])
            for section in framework.sections
        ],
        "judgements": [(answer, short_answer(framework, answer)) for answer in ("sufficient", "insufficient")],
    }


def _view(question: Question) -> QuestionView:
    clauses = [[[fact, sorted(allowed)] for fact, allowed in clause] for clause in question.applies.clauses]
    return QuestionView(question, json.dumps(clauses))
