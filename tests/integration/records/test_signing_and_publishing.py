"""A sign-off is by no author and of what stands; the database itself refuses the rest. What is public stays."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from aboveline.domain.signing import Part, content_hash
from aboveline.domain.workflow import Stage
from aboveline.records.actions.assessments import AnswerChange, save_assessment
from aboveline.records.actions.findings import FindingValues, StatementValues, add_finding, save_statement
from aboveline.records.actions.moderation import AlreadyOpen, SamePerson, decide_override, propose_override
from aboveline.records.actions.publishing import NeedsReason, NotSigned, OutAlready, call_publication_off, publish
from aboveline.records.actions.saving import Stale
from aboveline.records.actions.signing import MayNotSign, NotRead, note_part_read, sign_off
from aboveline.records.models import BandOverride, Finding, Inspection, Publication, SignOff
from aboveline.records.queries.publishing import published_inspections, stage_now, versions_out
from aboveline.records.queries.signing import digests_of_parts, sign_off_of
from tests.integration.records.parts.publishing import LATER, read_all, signed
from tests.integration.records.world import a_world
from tests.records_builders import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return a_world()


def a_strength(inspection, by):
    return add_finding(
        inspection=inspection, kind=Finding.Kind.STRENGTH, values=FindingValues("Plans came in time"), by=by
    )


def refused_by_the_database(act):
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


def row_by(inspection, by):
    return SignOff.objects.create(
        inspection=inspection, content_hash="h", parts={}, signed_by=by, signed_at=timezone.now()
    )


def answer(w, value, seen, by=None):
    change = [AnswerChange("Q1.1.1", value, seen)]
    save_assessment(case=w.case, answers=change, findings=[], key=f"{value}{seen}", by=by or w.by)


@pytest.mark.parametrize("part", list(Part))
def test_nobody_signs_what_they_had_a_hand_in(world, part):
    author = a_user("Author")
    if part is Part.JUDGEMENTS:
        answer(world, "insufficient", 1, author)
    elif part is Part.MODERATION:
        propose_override(
            inspection=world.drawn, target="1.1", computed="drastic", band="moderate", reason="r", by=author
        )
    elif part is Part.FINDINGS:
        a_strength(world.drawn, author)
    else:
        save_statement(inspection=world.drawn, values=StatementValues("v"), expected_version=0, by=author)
    parts = read_all(world.drawn, author)
    with pytest.raises(MayNotSign) as refused:
        sign_off(inspection=world.drawn, expected_hash=content_hash(parts), by=author)
    assert refused.value.parts == {part}
    refused_by_the_database(lambda: row_by(world.drawn, author))


def test_being_written_over_does_not_make_an_author_a_stranger(world):
    first = a_user("First")
    written = save_statement(inspection=world.drawn, values=StatementValues("a"), expected_version=0, by=first)
    save_statement(inspection=world.drawn, values=StatementValues("b"), expected_version=written.version, by=world.by)
    refused_by_the_database(lambda: row_by(world.drawn, first))


def test_control_the_database_takes_the_signature_of_somebody_else(world):
    assert row_by(world.drawn, a_user()).pk


def test_every_part_is_read_first_and_as_it_stands(world):
    signer = a_user("Signer")
    parts = digests_of_parts(world.drawn)
    for part in (Part.JUDGEMENTS, Part.MODERATION, Part.FINDINGS):
        note_part_read(inspection=world.drawn, part=part, digest=parts[part.value], by=signer)
    a_strength(world.drawn, world.by)
    now = content_hash(digests_of_parts(world.drawn))
    with pytest.raises(NotRead) as refused:
        sign_off(inspection=world.drawn, expected_hash=now, by=signer)
    assert refused.value.parts == (Part.FINDINGS, Part.STATEMENT)


def test_a_part_that_changed_since_it_was_shown_does_not_count_as_read(world):
    shown = digests_of_parts(world.drawn)[Part.FINDINGS.value]
    a_strength(world.drawn, world.by)
    with pytest.raises(Stale):
        note_part_read(inspection=world.drawn, part=Part.FINDINGS, digest=shown, by=a_user())


def test_what_was_not_shown_is_not_signed(world):
    signer = a_user("Signer")
    read_all(world.drawn, signer)
    with pytest.raises(Stale):
        sign_off(inspection=world.drawn, expected_hash="0" * 64, by=signer)


def test_an_edit_voids_the_sign_off_and_says_what_changed(world):
    signed(world.drawn, a_user("Signer"))
    assert sign_off_of(world.drawn).stands
    a_strength(world.drawn, world.by)
    found = sign_off_of(world.drawn)
    assert not found.stands
    assert found.row.voided_why == "a finding was added"
    assert found.row.voided_by == world.by
    assert found.changed == (Part.FINDINGS,)


def test_a_judgement_saved_later_voids_it_too(world):
    signed(world.drawn, a_user("Signer"))
    answer(world, "insufficient", 1)
    assert sign_off_of(world.drawn).row.voided_why == f"an answer of case {world.case.number} was changed"


def test_the_same_answer_again_voids_nothing(world):
    signed(world.drawn, a_user("Signer"))
    save_assessment(
        case=world.case, answers=[AnswerChange("Q1.1.1", "sufficient", 1, note="seen")], findings=[], key="k",
        by=world.by,
    )  # fmt: skip
    assert sign_off_of(world.drawn).stands


def test_a_change_that_went_round_the_code_is_seen_by_the_hash(world):
    signed(world.drawn, a_user("Signer"))
    Inspection.objects.filter(pk=world.drawn.pk).update(first_plan_note="changed by hand")
    found = sign_off_of(Inspection.objects.get(pk=world.drawn.pk))
    assert found.row.voided_at is None
    assert not found.stands
    assert found.changed == (Part.STATEMENT,)


def test_what_another_inspection_says_voids_nothing(world):
    signed(world.drawn, a_user("Signer"))
    a_strength(world.fresh, world.by)
    assert sign_off_of(world.drawn).stands


def test_the_database_keeps_a_sign_off_as_it_was(world):
    row = signed(world.drawn, a_user("Signer"))
    mine = SignOff.objects.filter(pk=row.pk)
    refused_by_the_database(lambda: mine.update(content_hash="x"))
    refused_by_the_database(lambda: mine.update(signed_by=world.by))
    refused_by_the_database(lambda: mine.delete())
    mine.update(voided_at=timezone.now(), voided_why="w")
    refused_by_the_database(lambda: mine.update(voided_at=None))


def test_an_override_takes_a_second_person(world):
    made = propose_override(
        inspection=world.drawn, target="1.1", computed="drastic", band="moderate", reason="r", by=world.by
    )
    confirmed = BandOverride.Outcome.CONFIRMED
    with pytest.raises(SamePerson):
        decide_override(override=made, outcome=confirmed, computed=made.computed, expected_version=1, by=world.by)
    refused_by_the_database(
        lambda: BandOverride.objects.filter(pk=made.pk).update(outcome=confirmed, decided_by=world.by)
    )
    refused_by_the_database(lambda: BandOverride.objects.filter(pk=made.pk).update(outcome=confirmed))
    with pytest.raises(AlreadyOpen):
        propose_override(
            inspection=world.drawn, target="1.1", computed="drastic", band="minimum", reason="r", by=a_user()
        )
    assert (
        decide_override(
            override=made, outcome=confirmed, computed=made.computed, expected_version=1, by=a_user()
        ).outcome
        == confirmed
    )


def put_out(inspection, by, at, reason=""):
    return publish(inspection=inspection, snapshot={"at": str(at)}, publish_at=at, reason=reason, by=by)


def a_moment_ago():
    return timezone.now() - timedelta(seconds=1)


def test_it_is_public_from_its_moment_and_not_before(world, monkeypatch):
    signed(world.drawn, a_user("Signer"))
    put_out(world.drawn, world.by, LATER)
    Inspection.objects.filter(pk=world.drawn.pk).update(stage=Stage.WITH_SERVICE)
    world.drawn.refresh_from_db()
    for moment, public in ((LATER - timedelta(microseconds=1), False), (LATER, True)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert versions_out(world.drawn.pk).exists() is public
        assert published_inspections().exists() is public
        assert (stage_now(world.drawn) is Stage.PUBLISHED) is public


def test_only_what_stands_signed_is_published(world):
    with pytest.raises(NotSigned):
        put_out(world.drawn, world.by, LATER)
    signed(world.drawn, a_user("Signer"))
    Inspection.objects.filter(pk=world.drawn.pk).update(first_plan_note="changed by hand")
    with pytest.raises(NotSigned):
        put_out(world.drawn, world.by, LATER)


def test_an_edit_before_its_moment_calls_the_publication_off(world):
    signed(world.drawn, a_user("Signer"))
    made = put_out(world.drawn, world.by, LATER)
    a_strength(world.drawn, world.by)
    made.refresh_from_db()
    assert made.called_off_why == "the sign-off was voided: a finding was added"


def test_an_edit_afterwards_leaves_what_is_public_as_it_was(world):
    signed(world.drawn, a_user("Signer"))
    made = put_out(world.drawn, world.by, a_moment_ago())
    a_strength(world.drawn, world.by)
    assert list(versions_out(world.drawn.pk)) == [made]


def test_a_correction_says_why_and_leaves_the_old_version_readable(world):
    signed(world.drawn, a_user("Signer"))
    first = put_out(world.drawn, world.by, a_moment_ago())
    with pytest.raises(NeedsReason):
        put_out(world.drawn, world.by, a_moment_ago())
    second = put_out(world.drawn, world.by, a_moment_ago(), "A count was wrong")
    assert [row.ordinal for row in versions_out(world.drawn.pk)] == [2, 1]
    assert list(published_inspections()) == [second]
    first.refresh_from_db()
    assert first.snapshot["at"] != second.snapshot["at"]


def test_two_versions_are_never_waiting_at_once(world):
    signed(world.drawn, a_user("Signer"))
    put_out(world.drawn, world.by, LATER)
    with pytest.raises(Stale):
        put_out(world.drawn, world.by, LATER)


def test_what_is_out_is_not_called_off_and_never_changed(world):
    signed(world.drawn, a_user("Signer"))
    made = put_out(world.drawn, world.by, a_moment_ago())
    with pytest.raises(OutAlready):
        call_publication_off(publication=made, why="w", by=world.by)
    mine = Publication.objects.filter(pk=made.pk)
    refused_by_the_database(lambda: mine.update(snapshot={"at": "another"}))
    refused_by_the_database(lambda: mine.update(publish_at=LATER))
    refused_by_the_database(lambda: mine.delete())
