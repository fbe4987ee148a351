"""Save an assessment: each answer against the version its assessor saw, nothing over a newer one.

Answers without conflict are saved; those that conflict come back with both values, who saved the newer and when. An
answer equal to what is stored is no change and cannot conflict.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from aboveline.domain.judgement import Answer
from aboveline.domain.signing import Part
from aboveline.records.actions.casework import CaseSubmitted
from aboveline.records.actions.saving import once
from aboveline.records.actions.signatures import authored, wrote
from aboveline.records.audit import Happened, record
from aboveline.records.models import (
    Assessment,
    Case,
    CaseFinding,
    Judgement,
    SecondFinding,
    SecondJudgement,
    SecondRead,
    User,
)
from aboveline.records.queries.casework import submission_of

ANSWER_FIELDS = ("answer", "reason", "note", "improvement", "evidence", "flag")
FINDING_FIELDS = ("option",)


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One answer as it should be. `expected_version` is the one the assessor saw, 0 where there was none."""

    question: str
    answer: str
    expected_version: int
    reason: str = ""
    note: str = ""
    improvement: str = ""
    evidence: str = ""
    flag: str = ""


@dataclass(frozen=True, slots=True)
class FindingChange:
    """One case fact as the assessor finds it; `option` is empty where not yet known."""

    fact: str
    option: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class _Batch:
    """One table's part of a save: new values by id, against what is stored."""

    model: type[Judgement | CaseFinding | SecondJudgement | SecondFinding]
    name: str
    fields: tuple[str, ...]
    wanted: Mapping[str, tuple[Mapping[str, str], int]]

    def split(self, stored: Mapping[str, Any]) -> tuple[dict[str, int], list[dict[str, Any]]]:
        """Return the next version of each change to write, and every conflict."""
        versions: dict[str, int] = {}
        conflicts: list[dict[str, Any]] = []
        for key, (values, expected) in self.wanted.items():
            row = stored.get(key)
            if self.same(row, values):
                continue
            if (row.version if row else 0) == expected:
                versions[key] = expected + 1
            else:
                conflicts.append({"id": key, "yours": dict(values)})
        return versions, conflicts

    def same(self, row: Any, values: Mapping[str, str]) -> bool:
        if row is None:
            empty = {"": True, Answer.NOT_ANSWERED.value: True}
            return all(value in empty for value in values.values())
        return all(getattr(row, field) == value for field, value in values.items())

    def write(self, assessment: Any, versions: Mapping[str, int], by: User, at: Any) -> None:
        rows: list[Any] = [
            self.model(
                assessment=assessment,
                author=by,
                saved_at=at,
                version=version,
                **{self.name: key},
                **dict(self.wanted[key][0]),
            )
            for key, version in versions.items()
        ]
        self.model.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["assessment", self.name],
            update_fields=[*self.fields, "version", "author", "saved_at"],
        )

    def happened(self, assessment: Any, versions: Mapping[str, int], service_id: int) -> list[Happened]:
        return [
            Happened(
                f"{self.model._meta.model_name}.saved",
                assessment,
                {self.name: key, "version": version, **self.wanted[key][0]},
                service_id=service_id,
            )
            for key, version in versions.items()
        ]


def save_assessment(
    *,
    case: Case,
    answers: Sequence[AnswerChange],
    findings: Sequence[FindingChange],
    key: str,
    by: User,
    request_id: str = "",
) -> dict[str, Any]:
    """Save what changed and return `saved` (the new version of each id) and `conflicts`, once for each key.

    Raises KeyReused where the key came with another body.
    """
    body = {"case": case.pk, "answers": [asdict(a) for a in answers], "findings": [asdict(f) for f in findings]}
    batches = _batches(answers, findings)

    def act() -> dict[str, Any]:
        return _save(case, batches, _held(case), by, request_id)

    return _with_theirs(once(by=by, key=key, body=body, act=act), case, by, request_id)


@dataclass(frozen=True, slots=True)
class Stored:
    """The rows of one case, or of its second read, as they are while nobody else can save them; without authors."""

    findings: Mapping[str, Any]
    answers: Mapping[str, Any]


def _held(case: Case, read: SecondRead | None = None) -> Stored:
    """What is stored. Until this transaction ends nobody else saves answers of this case, so it stays the newest."""
    Case.objects.select_for_update(no_key=True).values_list("pk").get(pk=case.pk)
    finding, judgement = SECOND if read else FIRST
    of = {"assessment__case": case, **({"assessment": read} if read else {})}
    findings = {row.fact: row for row in finding.objects.filter(**of)}
    return Stored(findings, {row.question: row for row in judgement.objects.filter(**of)})


@dataclass(frozen=True, slots=True)
class Settled:
    """What follows from what a page sent: the changes to write, and whatever else its reader must be told."""

    answers: Sequence[AnswerChange]
    findings: Sequence[FindingChange]
    told: Mapping[str, Any]


class ReadSubmitted(ValueError):
    """Raised where a second read was submitted meanwhile: it no longer changes."""


def save_settled(
    *,
    case: Case,
    body: Mapping[str, Any],
    settle: Callable[[Stored], Settled],
    key: str,
    by: User,
    request_id: str = "",
    read: SecondRead | None = None,
) -> dict[str, Any]:
    """As save_assessment, where the changes follow from what is stored: `settle` gets it while nobody else can save
    this case, and `body` is what was sent. Its `told` is added to the outcome. Nothing to write begins no assessment.

    Where a `read` is given they are its answers, else those of the first read. Raises ReadSubmitted too.
    """
    tables, sent = (SECOND, {"read": read.pk}) if read else (FIRST, {})

    def act() -> dict[str, Any]:
        stored = _held(case, read)
        settled = settle(stored)
        if not settled.answers and not settled.findings:
            return {"saved": {}, "conflicts": [], "saved_at": timezone.now().isoformat(), **settled.told}
        batches = _batches(settled.answers, settled.findings, tables)
        return {**_save(case, batches, stored, by, request_id, read), **settled.told}

    outcome = once(by=by, key=key, body={"case": case.pk, **sent, **body}, act=act)
    return _with_theirs(outcome, case, by, request_id, read)


def _with_theirs(
    outcome: dict[str, Any], case: Case, by: User, request_id: str, read: SecondRead | None = None
) -> dict[str, Any]:
    """The outcome with what is stored now beside each conflict. It is looked up anew for each answer, so that nobody's
    words are kept with the key of a request; and being shown it is a reading of the case."""
    if not outcome["conflicts"]:
        return outcome
    stored: dict[str, Any] = {}
    for model, name in zip(SECOND if read else FIRST, ("fact", "question"), strict=True):
        of = {"assessment": read} if read else {"assessment__case": case}
        rows = model._default_manager.filter(**of).select_related("author")
        stored |= {getattr(row, name): row for row in rows}
    with transaction.atomic():
        verb = "second_read.read" if read else "case.read"
        record([Happened(verb, case, service_id=case.inspection.service_id)], by=by, request_id=request_id)
    both = [one | _theirs(one["yours"], stored.get(one["id"])) for one in outcome["conflicts"]]
    return {**outcome, "conflicts": both}


def _theirs(yours: Mapping[str, str], row: Any) -> dict[str, Any]:
    return {
        "theirs": {field: getattr(row, field) if row else "" for field in yours},
        "version": row.version if row else 0,
        "author": row.author.name if row else "",
        "saved_at": row.saved_at.isoformat() if row else "",
    }


Tables = tuple[type[CaseFinding | SecondFinding], type[Judgement | SecondJudgement]]
FIRST: Tables = (CaseFinding, Judgement)
SECOND: Tables = (SecondFinding, SecondJudgement)


def _batches(
    answers: Sequence[AnswerChange], findings: Sequence[FindingChange], tables: Tables = FIRST
) -> Sequence[_Batch]:
    finding, judgement = tables
    return (
        _Batch(finding, "fact", FINDING_FIELDS, {f.fact: ({"option": f.option}, f.expected_version) for f in findings}),
        _Batch(
            judgement,
            "question",
            ANSWER_FIELDS,
            {a.question: ({f: getattr(a, f) for f in ANSWER_FIELDS}, a.expected_version) for a in answers},
        ),
    )


def _holder(case: Case, by: User, read: SecondRead | None) -> Any:
    """What the answers belong to: the case's one assessment, begun here where it was not, or the second read."""
    if read is not None:
        newest = SecondRead.objects.select_for_update().get(pk=read.pk, case=case)
        if newest.submitted_at is not None:
            raise ReadSubmitted
        return newest
    if submission_of(case) is not None:
        raise CaseSubmitted
    assessment, _ = Assessment.objects.select_for_update().get_or_create(
        case=case, defaults={"assessor": by, "started_at": timezone.now()}
    )
    return assessment


def _save(
    case: Case, batches: Sequence[_Batch], stored: Stored, by: User, request_id: str, read: SecondRead | None = None
) -> dict[str, Any]:
    assessment = _holder(case, by, read)
    at, service_id = timezone.now(), case.inspection.service_id
    saved: dict[str, int] = {}
    conflicts: list[dict[str, Any]] = []
    events: list[Happened] = []
    for batch in batches:
        versions, clashing = batch.split(stored.findings if batch.name == "fact" else stored.answers)
        if versions:
            batch.write(assessment, versions, by, at)
        events += batch.happened(assessment, versions, service_id)
        saved |= versions
        conflicts += clashing
    if saved and read is None:
        what = f"an answer of case {case.number} was changed"
        wrote(inspection=case.inspection, part=Part.JUDGEMENTS, what=what, by=by)
    elif saved:
        # Nothing of it is signed until somebody settles for it, which voids what was.
        authored(inspection=case.inspection, part=Part.JUDGEMENTS, by=by)
    record(events, by=by, request_id=request_id)
    return {"saved": saved, "conflicts": conflicts, "saved_at": at.isoformat()}


@transaction.atomic
def import_answers(*, case: Case, answers: Sequence[AnswerChange], by: User) -> dict[str, Any]:
    """Save one case's answers from a file; the file is the newest word, so nothing conflicts. What a file cannot say,
    evidence and flag, stays as it is."""
    stored = _held(case)
    current = [
        replace(a, expected_version=row.version, evidence=row.evidence, flag=row.flag)
        if (row := stored.answers.get(a.question))
        else replace(a, expected_version=0)
        for a in answers
    ]
    wanted = {a.question: ({f: getattr(a, f) for f in ANSWER_FIELDS}, a.expected_version) for a in current}
    return _save(case, (_Batch(Judgement, "question", ANSWER_FIELDS, wanted),), stored, by, "")
