"""Audit rounds: their settings, and the marks of feedback given."""

from datetime import date

from aboveline.records.actions.rounds import RoundValues, close_round, mark_feedback, save_round, take_mark_back
from aboveline.records.models import AuditRound, Case, FeedbackGiven, Inspection, Role
from aboveline.records.queries import people, rounds
from tests.integration.records.parts import Act, Edit
from tests.integration.records.world import World
from tests.records_builders import with_role


def saved(w: World, seen: int, text: str) -> AuditRound:
    values = RoundValues(text or "June", "Short", ("Q1.1.1",), 8, date(2009, 6, 1))
    return save_round(inspection=w.fresh, values=values, expected_version=seen, by=w.by)


def settings(w: World) -> AuditRound:
    return rounds.round_of(w.fresh) or saved(w, 0, "June")


def after(w: World, seen: int, text: str) -> AuditRound:
    settings(w)
    return saved(w, seen, text)


def marked(w: World) -> FeedbackGiven:
    return mark_feedback(inspection=w.drawn, case_manager="CM-1", by=w.by)


def closed(w: World) -> AuditRound:
    version = settings(w).version
    return close_round(inspection=w.fresh, closed_on=date(2009, 7, 1), expected_version=version, by=w.by)


ACTS = {
    "rounds.save_round": Act(
        lambda w: saved(w, 0, "June"), ("round.saved",), {"title": "June", "questions": "Q1.1.1", "cases": "8"}
    ),
    "rounds.close_round": Act(closed, ("round.saved", "round.closed"), {"closed_on": "2009-07-01"}),
    "rounds.mark_feedback": Act(marked, ("feedback.given",), {"case_manager": "CM-1"}),
    "rounds.take_mark_back": Act(
        lambda w: take_mark_back(mark=marked(w), by=w.by), ("feedback.given", "feedback.taken_back")
    ),
}
EDITS = {"AuditRound": Edit("AuditRound", after, settings)}


def once(make, ask):
    def asked(w: World) -> object:
        make(w)
        return ask(w)

    return asked


def an_audit(w: World) -> None:
    Inspection.objects.filter(pk=w.fresh.pk).update(kind=Inspection.Kind.LOCAL_AUDIT)


def managing(w: World) -> None:
    if people.managed_case_numbers(w.by, w.drawn):
        return
    with_role(w.by, w.service, Role.CASE_MANAGER, staff_code="CM-1")
    Case.objects.filter(pk=w.case.pk).update(attributes=w.case.attributes | {"case_manager": "CM-1"})


def asked_short(w: World) -> object:
    settings(w)
    return rounds.question_set_of(w.fresh)


OF_INSPECTION = {
    "rounds.round_of": once(settings, lambda w: rounds.round_of(w.fresh)),
    "rounds.question_set_of": asked_short,
    "rounds.cases_by": lambda w: rounds.cases_by(w.drawn, "team"),
    "rounds.feedback_given": once(marked, lambda w: rounds.feedback_given(w.drawn)),
    "people.manages": once(managing, lambda w: people.manages(w.by, Case.objects.get(pk=w.case.pk))),
    "people.managed_case_numbers": once(managing, lambda w: people.managed_case_numbers(w.by, w.drawn)),
}
OF_SERVICE = {
    "rounds.rounds_at": once(settings, lambda w: rounds.rounds_at(w.service)),
    "rounds.last_round_at": once(settings, lambda w: rounds.last_round_at(w.service)),
    "rounds.round_at": lambda w: rounds.round_at(w.service, settings(w).pk),
    "rounds.audits_at": once(an_audit, lambda w: rounds.audits_at(w.service)),
    "rounds.last_list_at": lambda w: rounds.last_list_at(w.service, "cci-2009"),
    "rounds.possible_auditors": lambda w: rounds.possible_auditors(w.service),
}
