"""Handing a case in, reopening it, and its notes."""

from aboveline.records.actions.casework import NotesValues, reopen_case, save_case_notes, submit_case
from aboveline.records.models import CaseNotes, Judgement, Submission
from aboveline.records.queries import casework
from tests.integration.records.parts import Act, Edit
from tests.integration.records.world import World


def submitted(w: World) -> Submission:
    return submit_case(case=w.case, complete=lambda: True, by=w.by)


def noted(w: World, seen: int, text: str) -> CaseNotes:
    return save_case_notes(case=w.case, values=NotesValues(text, "sound", ""), expected_version=seen, by=w.by)


def notes(w: World) -> CaseNotes:
    return casework.notes_of(w.case) or noted(w, 0, "first")


def noted_after(w: World, seen: int, text: str) -> CaseNotes:
    notes(w)
    return noted(w, seen, text)


def late(w: World) -> CaseNotes:
    found, values = casework.notes_of(w.case), NotesValues("", "late", "Written weeks after")
    return save_case_notes(case=w.case, values=values, expected_version=found.version if found else 0, by=w.by)


def flagged(w: World) -> int:
    return Judgement.objects.filter(assessment__case=w.case).update(flag="good")


ACTS = {
    "casework.submit_case": Act(submitted, ("case.submitted",)),
    "casework.reopen_case": Act(
        lambda w: reopen_case(submission=submitted(w), why="An answer is missing", by=w.by),
        ("case.submitted", "case.reopened"), {"why": "An answer is missing"},
    ),
    "casework.save_case_notes": Act(
        lambda w: noted(w, 0, "Said little"), ("case_notes.saved",), {"interview": "Said little", "integrity": "sound"}
    ),
}  # fmt: skip
EDITS = {"CaseNotes": Edit("CaseNotes", noted_after, notes)}
OF_INSPECTION = {
    "casework.notes_of": lambda w: notes(w) and casework.notes_of(w.case),
    "casework.submission_of": lambda w: submitted(w) and casework.submission_of(w.case),
    "casework.submissions_of": lambda w: submitted(w) and casework.submissions_of(w.case),
    "casework.not_kept_in_time": lambda w: late(w) and casework.not_kept_in_time(w.drawn),
    "casework.flagged_answers": lambda w: flagged(w) and casework.flagged_answers(w.drawn),
    "casework.submitted_numbers": lambda w: submitted(w) and casework.submitted_numbers(w.drawn),
}
