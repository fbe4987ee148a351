"""What one page of the case form shows: the stencil's holes filled, progress, and a short summary of the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aboveline.domain.applicability import Applies, Given, Progress, applies, facts_missing, overrides, progress
from aboveline.domain.framework import Framework, Question
from aboveline.jobs.assessing import facts_of, given_of
from aboveline.records.models.assessment import FindingFields, JudgementFields
from aboveline.web.forms.case_form import ANSWER_FIELDS, FACT_PREFIX, seen_token, shown_values
from aboveline.web.forms.error_summary import ErrorLink
from aboveline.web.presenters.case_form_stencil import stencil_of
from aboveline.web.presenters.case_form_words import given_words, moment_words, option_words, saved_words
from aboveline.web.presenters.discussions import Mark
from aboveline.web.presenters.wording import said

Row = JudgementFields | FindingFields
HIDDEN, CHECKED, OPEN = " hidden", " checked", " open"


@dataclass(frozen=True)
class Returned:
    """What a save left undone: the fields typed, the tokens they came with, and by id what is wrong with each."""

    typed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    seen: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Mapping[str, Any]] = ()
    conflicts: frozenset[str] = frozenset()
    message: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, list[Mapping[str, Any]]]:
        found: dict[str, list[Mapping[str, Any]]] = {}
        for problem in self.problems:
            found.setdefault(problem["place"]["path"] or "", []).append(problem)
        return found


@dataclass(frozen=True)
class CaseForm:
    """The form of one case as stored, and as typed where that could not be saved."""

    framework: Framework
    answers: Mapping[str, JudgementFields]
    findings: Mapping[str, FindingFields]
    returned: Returned = Returned()
    reader: int | None = None
    marks: Mapping[str, Mark] = field(default_factory=dict)

    @cached_property
    def facts(self) -> Mapping[str, str]:
        return facts_of(self.findings)

    @cached_property
    def given(self) -> Mapping[str, Given]:
        return {question: given_of(row) for question, row in self.answers.items()}

    @cached_property
    def progress(self) -> Progress:
        return progress(self.framework.questions, self.given, self.facts)

    @cached_property
    def missing(self) -> frozenset[str]:
        """The ids of questions not answered and, as field names, of facts not given."""
        names = (FACT_PREFIX + fact for fact in facts_missing(self.framework, self.facts))
        return frozenset({*self.progress.missing, *names})

    @property
    def last_saved(self) -> str:
        rows: list[Row] = [*self.answers.values(), *self.findings.values()]
        if not rows:
            return ""
        return saved_words(max(rows, key=lambda row: row.saved_at))

    def drawn(self) -> SafeString:
        """The whole form but its `form` element."""
        return stencil_of(self.framework).fill(_Filling(self).values())

    def error_links(self) -> list[ErrorLink]:
        """Every problem and conflict, in the order of the page."""
        order = [fact.id for fact in self.framework.case_facts] + [q.id for q in self.framework.questions]
        links = [ErrorLink(self.returned.message)] if self.returned.message else []
        for id in ("", *order):
            links += [
                ErrorLink(self.worded(p), f"{self.name(id)}-{p['place']['column']}" if id else "")
                for p in self.returned.by_id.get(id, ())
            ]
            if id in self.returned.conflicts:
                words = _("%(label)s: someone saved another answer. Choose which stands") % {"label": self.label(id)}
                links.append(ErrorLink(words, f"{self.name(id)}-choice"))
        return links

    def notice(self, id: str) -> SafeString:
        """Both values of one conflict, and the choice between them."""
        return _Filling(self).conflict_notice(id)

    def name(self, id: str) -> str:
        return FACT_PREFIX + id if id in self.fact_by_id else id

    def label(self, id: str) -> str:
        return said(self.fact_by_id[id].name) if id in self.fact_by_id else id

    def worded(self, problem: Mapping[str, Any]) -> str:
        """A problem's message, naming a fact by its words."""
        id = problem["place"]["path"] or ""
        return str(problem["message"]).replace(f"{id}:", f"{self.label(id)}:", 1)

    @cached_property
    def fact_by_id(self) -> Mapping[str, Any]:
        return {fact.id: fact for fact in self.framework.case_facts}


class _Filling:
    """Works out what goes into each hole of the stencil."""

    def __init__(self, form: CaseForm) -> None:
        self.form = form
        self.moments: dict[datetime, str] = {}
        self.filled: dict[str, str] = {}

    def values(self) -> Mapping[str, str]:
        for fact in self.form.framework.case_facts:
            self._finding(fact.id)
        for question in self.form.framework.questions:
            self._question(question)
        for criterion in self.form.framework.criteria:
            found = progress(criterion.questions, self.form.given, self.form.facts)
            self.filled[f"{criterion.id}.count"] = escape(count_words(found))
        if self.form.missing:
            self.filled["missing.none"] = HIDDEN
        return self.filled

    def _finding(self, id: str) -> None:
        row = self.form.findings.get(id)
        stored = row.option if row else ""
        name = FACT_PREFIX + id
        option = self.form.returned.typed.get(id, {"option": stored})["option"]
        radios = len(self.form.fact_by_id[id].options) <= 2
        self.filled[f"{name}.option.{option}"] = CHECKED if radios else " selected"
        self._common(id, name, row, (stored,))

    def _question(self, question: Question) -> None:
        id, row = question.id, self.form.answers.get(question.id)
        given = self.form.given.get(id, Given())
        shown = dict(zip(ANSWER_FIELDS, shown_values(given), strict=True))
        typed = self.form.returned.typed.get(id, shown)
        self.filled[f"{id}.answer.{typed['answer']}"] = CHECKED
        self.filled[f"{id}.reason.{typed['reason']}"] = " selected"
        self.filled[f"{id}.note"] = escape(typed["note"])
        self.filled[f"{id}.improvement"] = escape(typed["improvement"])
        self.filled[f"{id}.evidence"] = escape(typed.get("evidence", ""))
        self.filled[f"{id}.flag.{typed.get('flag', '')}"] = " selected"
        state = self._state(question, given)
        self.filled[f"{id}.applies"] = state
        mark = self.form.marks.get(id)
        if mark:
            self.filled[f"{id}.discussion"] = mark.drawn()
        if state != Applies.NO or id in self.form.returned.typed or (mark and mark.open):
            self.filled[f"{id}.open"] = OPEN
        self._common(id, id, row, tuple(shown.values()))

    def _state(self, question: Question, given: Given) -> str:
        if overrides(question, given, self.form.facts):
            return "override"
        return applies(question, self.form.facts).value

    def _common(self, id: str, name: str, row: Row | None, shown: Sequence[str]) -> None:
        """The token of the values shown, what is wrong with them, and when they were saved."""
        returned = self.form.returned
        problems = returned.by_id.get(id, ())
        choice = id in returned.conflicts or any(p["place"]["column"] == "choice" for p in problems)
        token = seen_token(row.version if row else 0, shown)
        self.filled[f"{name}.seen"] = token if choice or id not in returned.typed else escape(returned.seen[id])
        if choice or problems:
            self.filled[f"{name}.notice"] = self._notice(id, row if choice else None, problems)
            self.filled[f"{name}.wrong"] = ' data-wrong="yes"'
        elif row:
            self.filled[f"{name}.state"] = self._saved(row)
        if name not in self.form.missing:
            self.filled[f"{name}.missing"] = HIDDEN

    def _saved(self, row: Row) -> str:
        if row.saved_at not in self.moments:  # one save stamps all its answers alike
            self.moments[row.saved_at] = moment_words(row.saved_at)
        words = self.moments[row.saved_at]
        return escape(_("Saved %(when)s by %(author)s") % {"when": words, "author": row.author.name})

    def conflict_notice(self, id: str) -> SafeString:
        return self._notice(id, self.form.findings.get(id) or self.form.answers[id], ())

    def _notice(self, id: str, row: Row | None, problems: Sequence[Mapping[str, Any]]) -> SafeString:
        name = self.form.name(id)
        listed = [
            {
                "target": f"{name}-{p['place']['column']}",
                "message": self.form.worded(p),
                "remedy": p["remedy"],
            }
            for p in problems
        ]
        context = {"problems": listed, "conflict": self._conflict(id, name, row) if row else None}
        return render_to_string("web/assessments/notice.html", context)

    def _conflict(self, id: str, name: str, row: Row) -> Mapping[str, Any]:
        typed, framework = self.form.returned.typed.get(id, {}), self.form.framework
        theirs = {one: getattr(row, one) for one in (("option",) if id in self.form.fact_by_id else ANSWER_FIELDS)}
        worded = option_words if id in self.form.fact_by_id else given_words
        return {
            "name": name,
            "label": self.form.label(id),
            "author": row.author.name,
            "own": row.author_id == self.form.reader,
            "when": moment_words(row.saved_at),
            "theirs": worded(framework, id, theirs),
            "yours": worded(framework, id, typed),
        }


def count_words(found: Progress) -> str:
    return _("%(answered)s of %(expected)s answered") % {"answered": found.answered, "expected": found.expected}
