"""What is signed of an inspection, by whom, and whether that still stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from aboveline.domain.signing import Part, changed_parts, digests
from aboveline.records.models import (
    Adjudication,
    Authorship,
    BandOverride,
    CaseFinding,
    EarlierRecommendation,
    Finding,
    Inspection,
    Judgement,
    PartRead,
    ScoreMark,
    SignOff,
    Statement,
    User,
)
from aboveline.records.queries.inspections import sampled_cases
from aboveline.records.queries.rounds import question_set_of


def contents_of(inspection: Inspection) -> Mapping[Part, Any]:
    """Every part as it stands now, in plain values of a fixed order."""
    return {
        Part.JUDGEMENTS: _judgements(inspection),
        Part.MODERATION: _moderation(inspection),
        Part.FINDINGS: _findings(inspection),
        Part.STATEMENT: _statement(inspection),
    }


def digests_of_parts(inspection: Inspection) -> dict[str, str]:
    return digests(contents_of(inspection))


def _judgements(inspection: Inspection) -> dict[str, Any]:
    cases, asked = sampled_cases(inspection), question_set_of(inspection)
    answers = Judgement.objects.filter(assessment__case__in=cases).order_by("assessment__case__number", "question")
    facts = CaseFinding.objects.filter(assessment__case__in=cases).order_by("assessment__case__number", "fact")
    settled = Adjudication.objects.filter(read__case__in=cases).order_by("read__case__number", "question")
    return {
        "framework": inspection.framework_digest,
        "held_on": inspection.held_on.isoformat(),
        "asked": asked.as_dict() if asked else {},
        "cases": list(cases.order_by("number").values_list("number", flat=True)),
        "eligible": inspection.caseload_size,
        "answers": [list(row) for row in answers.values_list("assessment__case__number", "question", "answer")],
        "facts": [list(row) for row in facts.values_list("assessment__case__number", "fact", "option")],
        "settled": [list(row) for row in settled.values_list("read__case__number", "question", "standing", "answer")],
    }


def _moderation(inspection: Inspection) -> dict[str, Any]:
    marks = ScoreMark.objects.filter(inspection=inspection).exclude(state=ScoreMark.State.SHOWN).order_by("target")
    confirmed = BandOverride.objects.filter(inspection=inspection, outcome=BandOverride.Outcome.CONFIRMED)
    return {
        "marks": [list(row) for row in marks.values_list("target", "state", "reason")],
        "overrides": [list(row) for row in confirmed.order_by("target").values_list("target", "band", "reason")],
    }


def _findings(inspection: Inspection) -> dict[str, Any]:
    said = Finding.objects.filter(inspection=inspection, withdrawn=False).order_by("kind", "place", "pk")
    earlier = EarlierRecommendation.objects.filter(inspection=inspection).order_by("pk")
    return {
        "findings": [list(row) for row in said.values_list("kind", "place", "to", "text")],
        "earlier": [list(row) for row in earlier.values_list("wording", "to", "progress", "note")],
    }


def _statement(inspection: Inspection) -> dict[str, Any]:
    row = Statement.objects.filter(inspection=inspection).first()
    fields = ("verdict", "statement", "method", "quality")
    return {name: getattr(row, name) if row else "" for name in fields} | {
        "first_plan": [inspection.first_plan, inspection.first_plan_note]
    }


@dataclass(frozen=True)
class SignOffNow:
    """The newest sign-off, and the parts that are no longer what was signed; whether it stands."""

    row: SignOff | None
    changed: tuple[Part, ...] = ()

    @property
    def stands(self) -> bool:
        return self.row is not None and self.row.voided_at is None and not self.changed


def sign_off_of(inspection: Inspection, now: Mapping[str, str] | None = None) -> SignOffNow:
    """The newest sign-off against the parts as they stand. `now` saves reading them again."""
    row = sign_offs_of(inspection).first()
    if row is None:
        return SignOffNow(None)
    return SignOffNow(row, changed_parts(row.parts, now or digests_of_parts(inspection)))


def sign_offs_of(inspection: Inspection) -> QuerySet[SignOff]:
    """Every sign-off, the newest first."""
    return SignOff.objects.filter(inspection=inspection).select_related("signed_by", "voided_by")


def authored_parts(user: User, inspection: Inspection) -> frozenset[Part]:
    """The parts this person had a hand in, so that they may not sign."""
    written = Authorship.objects.filter(inspection=inspection, user=user).values_list("part", flat=True)
    found = {Part(part) for part in written}
    answers = Judgement.objects.filter(assessment__case__inspection=inspection, author=user)
    facts = CaseFinding.objects.filter(assessment__case__inspection=inspection, author=user)
    began = inspection.cases.filter(assessment__assessor=user)
    if answers.exists() or facts.exists() or began.exists():
        found.add(Part.JUDGEMENTS)
    return frozenset(found)


def parts_read_by(user: User, inspection: Inspection, now: Mapping[str, str]) -> frozenset[Part]:
    """The parts this person has read as they stand now."""
    rows = PartRead.objects.filter(inspection=inspection, user=user).values_list("part", "digest")
    return frozenset(Part(part) for part, digest in rows if now.get(part) == digest)
