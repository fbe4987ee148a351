"""Findings, moderation, sign-off, the draft with the service, and publication."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from aboveline.domain.signing import Part, content_hash, digests
from aboveline.domain.workflow import Stage
from aboveline.exchange.frameworks import load_framework
from aboveline.records.actions.drafting import PointValues, decide_point, finish_answer, make_point, send_draft
from aboveline.records.actions.findings import (
    FindingValues,
    StatementValues,
    add_finding,
    save_finding,
    save_statement,
)
from aboveline.records.actions.moderation import decide_override, mark_score, propose_override
from aboveline.records.actions.publishing import call_publication_off, come_out, publish
from aboveline.records.actions.signatures import void_sign_off
from aboveline.records.actions.signing import note_part_read, sign_off
from aboveline.records.models import (
    BandOverride,
    DraftPoint,
    Finding,
    Inspection,
    Publication,
    ScoreMark,
    SignOff,
    Statement,
    User,
)
from aboveline.records.queries import drafting, findings, moderation, publishing, signing
from tests.integration.records.parts import Act, Edit
from tests.integration.records.world import World
from tests.records_builders import a_user

DAY, LATER = date(2009, 9, 1), datetime(2035, 9, 1, 9, 30, tzinfo=UTC)


def finding(w: World) -> Finding:
    made = FindingValues("Plans were made in time")
    found = w.drawn.said.first()
    return found or add_finding(inspection=w.drawn, kind=Finding.Kind.STRENGTH, values=made, by=w.by)


def rewritten(w: World, seen: int, text: str) -> Finding:
    return save_finding(finding=finding(w), values=FindingValues(text), expected_version=seen, by=w.by)


def stated(w: World, seen: int, text: str) -> Statement:
    return save_statement(inspection=w.drawn, values=StatementValues(text), expected_version=seen, by=w.by)


def marked(w: World, seen: int, text: str) -> ScoreMark:
    withheld = ScoreMark.State.WITHHELD
    return mark_score(inspection=w.drawn, target="1.1", state=withheld, reason=text, expected_version=seen, by=w.by)


def proposed(w: World, by: User | None = None) -> BandOverride:
    found = w.drawn.band_overrides.first()
    return found or propose_override(
        inspection=w.drawn, target="1.2", computed="drastic", band="moderate", reason="Two cases moved in",
        by=by or w.by,
    )  # fmt: skip


def decided(w: World, seen: int, text: str) -> BandOverride:
    declined = BandOverride.Outcome.DECLINED
    return decide_override(override=proposed(w), outcome=declined, computed="", expected_version=seen, by=w.by)


def sent(w: World, seen: int, text: str):
    day = DAY if text == "mine" else DAY + timedelta(days=1)
    return send_draft(inspection=w.drawn, answer_by=day, expected_version=seen, by=w.by)


POINT = PointValues("Criterion 1.1", "Four cases", "Three cases", "The case list")


def point(w: World) -> DraftPoint:
    found = w.drawn.draft_points.first()
    return found or make_point(inspection=w.drawn, kind=DraftPoint.Kind.FACT, values=POINT, by=w.by)


def settled(w: World, seen: int, text: str) -> DraftPoint:
    accepted = DraftPoint.Outcome.ACCEPTED
    return decide_point(point=point(w), outcome=accepted, reason=text, expected_version=seen, by=w.by)


def read_all(inspection: Inspection, by: User) -> dict[str, str]:
    parts = signing.digests_of_parts(inspection)
    for part in Part:
        note_part_read(inspection=inspection, part=part, digest=parts[part.value], by=by)
    return parts


def signed(inspection: Inspection, by: User) -> SignOff:
    found = inspection.sign_offs.filter(voided_at=None).first()
    return found or sign_off(inspection=inspection, expected_hash=content_hash(read_all(inspection, by)), by=by)


def voided(w: World) -> None:
    signed(w.fresh, w.by)
    void_sign_off(inspection=w.fresh, why="an answer was changed", by=w.by)


def published(inspection: Inspection, by: User, publish_at: datetime = LATER, reason: str = "") -> Publication:
    found = inspection.publications.first()
    if found:
        return found
    signed(inspection, by)
    return publish(inspection=inspection, snapshot={"a": 1}, publish_at=publish_at, reason=reason, by=by)


def out(w: World) -> Publication:
    return published(w.fresh, w.by, timezone.now() - timedelta(seconds=1))


def let_out(w: World) -> object:
    out(w)
    Inspection.objects.filter(pk=w.fresh.pk).update(stage=Stage.WITH_SERVICE)
    return come_out(inspection=w.fresh, by=w.by)


#: an inspection without a case list, of which nothing is said yet
EMPTY = {
    Part.JUDGEMENTS: {
        "framework": load_framework("cci-2009").digest, "held_on": "2009-06-01", "asked": {},
        "cases": [], "eligible": None, "answers": [], "facts": [],
        "settled": [],
    },
    Part.MODERATION: {"marks": [], "overrides": []},
    Part.FINDINGS: {"findings": [], "earlier": []},
    Part.STATEMENT: {
        "verdict": "", "statement": "", "method": "", "quality": "", "first_plan": ["not_recorded", ""]
    },
}  # fmt: skip
HASH = content_hash(digests(EMPTY))
READ = ("part.read",) * 4
SIGNED = (*READ, "inspection.signed")

ACTS = {
    "findings.add_finding": Act(finding, ("finding.added",), {"kind": "strength", "place": "1"}),
    "findings.save_finding": Act(
        lambda w: rewritten(w, 1, "better"), ("finding.added", "finding.saved"), {"text": "better"}
    ),
    "findings.save_statement": Act(lambda w: stated(w, 0, "Good"), ("statement.saved",), {"verdict": "Good"}),
    "moderation.mark_score": Act(lambda w: marked(w, 0, "late entries"), ("score.marked",), {"state": "withheld"}),
    "moderation.propose_override": Act(proposed, ("override.proposed",), {"band": "moderate"}),
    "moderation.decide_override": Act(
        lambda w: decided(w, 1, ""), ("override.proposed", "override.decided"), {"outcome": "declined"}
    ),
    "drafting.send_draft": Act(lambda w: sent(w, 0, "mine"), ("draft.sent",), {"answer_by": "2009-09-01"}),
    "drafting.finish_answer": Act(
        lambda w: sent(w, 0, "mine") and finish_answer(inspection=w.drawn, expected_version=1, by=w.by),
        ("draft.sent", "draft.answered"),
    ),
    "drafting.make_point": Act(point, ("point.made",), {"kind": "fact", "where": "Criterion 1.1"}),
    "drafting.decide_point": Act(
        lambda w: settled(w, 1, "so it is"), ("point.made", "point.decided"), {"outcome": "accepted"}
    ),
    "signing.note_part_read": Act(lambda w: read_all(w.fresh, w.by), READ, {"part": "statement"}),
    "signing.sign_off": Act(
        lambda w: signed(w.fresh, w.by), SIGNED, {"hash": HASH}
    ),
    "signatures.void_sign_off": Act(
        voided, (*SIGNED, "sign_off.voided"), {"why": "an answer was changed"}
    ),
    "publishing.publish": Act(
        lambda w: published(w.fresh, w.by), (*SIGNED, "publication.decided"), {"version": "1", "reason": ""}
    ),
    "publishing.call_publication_off": Act(
        lambda w: call_publication_off(publication=published(w.fresh, w.by), why="not yet", by=w.by),
        (*SIGNED, "publication.decided", "publication.called_off"), {"why": "not yet"},
    ),
    "publishing.come_out": Act(
        let_out, (*SIGNED, "publication.decided", "inspection.moved"), {"to": "published"}
    ),
}  # fmt: skip


def by_version(name: str, find, change) -> Edit:
    def after(w: World, seen: int, text: str):
        if not find(w):
            change(w, 0, "first")
        return change(w, seen, text)

    return Edit(name, after, lambda w: find(w) or change(w, 0, "first"))


EDITS = {
    "finding": Edit("Finding", rewritten, finding),
    "statement": by_version("Statement", lambda w: findings.statement_of(w.drawn), stated),
    "mark": by_version("ScoreMark", lambda w: w.drawn.score_marks.first(), marked),
    "override": Edit("BandOverride", decided, proposed),
    "draft": by_version("DraftToService", lambda w: drafting.draft_to_service(w.drawn), sent),
    "point": Edit("DraftPoint", settled, point),
}


def after(make, ask):
    def asked(w: World) -> object:
        make(w)
        return ask(w)

    return asked


def confirmed(w: World) -> None:
    made = proposed(w, a_user("Proposer"))
    if made.outcome == BandOverride.Outcome.PROPOSED:
        decide_override(
            override=made, outcome=BandOverride.Outcome.CONFIRMED, computed=made.computed, expected_version=1, by=w.by
        )


def with_all(w: World) -> None:
    signed(w.fresh, w.by)
    if not w.drawn.score_marks.exists():
        marked(w, 0, "late")


def withs_service(w: World) -> None:
    out(w)
    Inspection.objects.filter(pk=w.fresh.pk).update(stage=Stage.WITH_SERVICE)
    w.fresh.refresh_from_db()


OF_INSPECTION = {
    "findings.all_findings": after(finding, lambda w: findings.all_findings(w.drawn)),
    "findings.finding_in": lambda w: findings.finding_in(w.drawn, finding(w).pk),
    "findings.statement_of": lambda w: findings.statement_of(w.drawn) or stated(w, 0, "x"),
    "moderation.score_marks": after(with_all, lambda w: moderation.score_marks(w.drawn)),
    "moderation.overrides_of": after(proposed, lambda w: moderation.overrides_of(w.drawn)),
    "moderation.overrides_waiting": after(proposed, lambda w: moderation.overrides_waiting([w.drawn], a_user())),
    "moderation.override_in": lambda w: moderation.override_in(w.drawn, proposed(w).pk),
    "moderation.bands_put_in_place": after(confirmed, lambda w: moderation.bands_put_in_place(w.drawn)),
    "drafting.draft_to_service": lambda w: drafting.draft_to_service(w.drawn) or sent(w, 0, "mine"),
    "drafting.points_of": after(point, lambda w: drafting.points_of(w.drawn)),
    "drafting.point_in": lambda w: drafting.point_in(w.drawn, point(w).pk),
    "drafting.open_points": after(point, lambda w: drafting.open_points(w.drawn)),
    "signing.contents_of": after(with_all, lambda w: signing.contents_of(w.drawn)),
    "signing.digests_of_parts": lambda w: signing.digests_of_parts(w.drawn),
    "signing.sign_off_of": after(with_all, lambda w: signing.sign_off_of(w.fresh)),
    "signing.sign_offs_of": after(with_all, lambda w: signing.sign_offs_of(w.fresh)),
    "signing.authored_parts": lambda w: signing.authored_parts(w.by, w.drawn),
    "signing.parts_read_by": after(
        with_all, lambda w: signing.parts_read_by(w.by, w.fresh, signing.digests_of_parts(w.fresh))
    ),
    "publishing.versions_out": after(out, lambda w: publishing.versions_out(w.fresh.pk)),
    "publishing.publications_of": after(out, lambda w: publishing.publications_of(w.fresh)),
    "publishing.publication_in": lambda w: publishing.publication_in(w.fresh, out(w).pk),
    "publishing.due_publication": after(withs_service, lambda w: publishing.due_publication(w.fresh)),
    "publishing.stage_now": after(withs_service, lambda w: publishing.stage_now(w.fresh)),
}
#: everybody's: what is public
OTHERS = {"publishing.published_inspections": "the same for everybody"}
