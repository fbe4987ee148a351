"""Audit events in words: who did what, to what, when. Values are never shown: they can be what is said of a child."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.records.models import (
    Allocation,
    AllocationPlan,
    Assessment,
    AuditEvent,
    AuditRound,
    BandOverride,
    Case,
    Caseload,
    CaseloadUpload,
    DraftPoint,
    DraftToService,
    Draw,
    DrawnCase,
    EarlierRecommendation,
    FeedbackGiven,
    FieldworkPlan,
    Finding,
    Inspection,
    InterviewAbsence,
    InterviewPlan,
    MeetingRecord,
    PartRead,
    Publication,
    QualityRead,
    ReplacementRequest,
    Report,
    ScoreMark,
    Service,
    ServiceRole,
    SignOff,
    Statement,
    Supply,
    TeamRole,
    TimetableStep,
)
from aboveline.records.queries.trail import Changes
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.trail_values import VALUES
from aboveline.web.presenters.wording import inspection_name

#: what was done, in the words of a sentence that begins with who
VERBS: Mapping[str, object] = {
    "absence.ended": gettext_lazy("took an absence back"),
    "absence.noted": gettext_lazy("noted an absence"),
    "account.disabled": gettext_lazy("disabled an account"),
    "account.enabled": gettext_lazy("let a disabled account sign in again"),
    "alert.acknowledged": gettext_lazy("took an alert up"),
    "alert.closed": gettext_lazy("closed an alert"),
    "alert.director_given": gettext_lazy("gave an alert its director"),
    "alert.followed": gettext_lazy("recorded what was done about an alert"),
    "alert.raised": gettext_lazy("raised an alert"),
    "alert.read": gettext_lazy("read an alert"),
    "allocation.ended": gettext_lazy("took a case out of an assessor’s hands"),
    "answer_keys.set": gettext_lazy("switched the answering by single keys on or off"),
    "answers.read": gettext_lazy("read every case’s answer to a question"),
    "case.allocated": gettext_lazy("allocated a case"),
    "case.read": gettext_lazy("opened a case"),
    "case.replaced": gettext_lazy("replaced a case of the sample"),
    "case.reopened": gettext_lazy("reopened a case"),
    "case.submitted": gettext_lazy("submitted a case"),
    "case_notes.saved": gettext_lazy("saved notes on a case"),
    "casefinding.saved": gettext_lazy("recorded case facts"),
    "caseload.confirmed": gettext_lazy("confirmed a case list"),
    "caseload.discarded": gettext_lazy("discarded an uploaded case list"),
    "caseload.downloaded": gettext_lazy("downloaded the numbered case list"),
    "caseload.mapped": gettext_lazy("said which column is which"),
    "caseload.uploaded": gettext_lazy("uploaded a case list"),
    "cases.shared_out": gettext_lazy("put on record who reads which case"),
    "conflict.recorded": gettext_lazy("entered a conflict of interest"),
    "conflict.proposed": gettext_lazy("proposed a conflict of interest"),
    "conflict.taken_up": gettext_lazy("took up a proposed conflict of interest"),
    "conflict.withdrawn": gettext_lazy("withdrew an entry of the conflict register"),
    "feedback.given": gettext_lazy("noted that a case manager had their feedback"),
    "feedback.taken_back": gettext_lazy("took back that a case manager had their feedback"),
    "discussion.continued": gettext_lazy("went on discussing an answer"),
    "discussion.opened": gettext_lazy("began to discuss an answer"),
    "discussion.read": gettext_lazy("read what was said about an answer"),
    "discussion.reopened": gettext_lazy("reopened the discussion of an answer"),
    "discussion.resolved": gettext_lazy("resolved the discussion of an answer"),
    "director.named": gettext_lazy("named the director alerts go to"),
    "fieldwork.planned": gettext_lazy("planned the fieldwork"),
    "first_plan.recorded": gettext_lazy("recorded whether the first plan was carried out"),
    "inspection.moved": gettext_lazy("took an inspection to another stage"),
    "inspection.set_up": gettext_lazy("set up an inspection"),
    "interviews.confirmed": gettext_lazy("put the interview timetable on record"),
    "interviews.time_set": gettext_lazy("set the time for interviews"),
    "invitation.accepted": gettext_lazy("accepted an invitation"),
    "invitation.withdrawn": gettext_lazy("withdrew an invitation"),
    "judgement.saved": gettext_lazy("saved judgements"),
    "judgements.imported": gettext_lazy("took over judgements from a file"),
    "letter.ended": gettext_lazy("ended a letter that is not sent any more"),
    "letter.erased": gettext_lazy("erased a letter about a password"),
    "letter.not_sent": gettext_lazy("could not send a letter"),
    "letter.sent": gettext_lazy("sent a letter"),
    "letter.tried": gettext_lazy("tried to send a letter"),
    "letter.written": gettext_lazy("wrote a letter"),
    "meeting.corrected": gettext_lazy("corrected the record of a meeting"),
    "meetings.read": gettext_lazy("read the notes of meetings"),
    "meeting.recorded": gettext_lazy("recorded a meeting"),
    "password.changed": gettext_lazy("changed a password"),
    "person.invited": gettext_lazy("invited somebody"),
    "programme.added": gettext_lazy("added a programme"),
    "quality_read.saved": gettext_lazy("recorded an early quality read"),
    "recommendation.entered": gettext_lazy("entered an earlier recommendation"),
    "recommendation.judged": gettext_lazy("recorded progress on an earlier recommendation"),
    "recovery_code.used": gettext_lazy("signed in with a recovery code"),
    "recovery_codes.given": gettext_lazy("was given recovery codes"),
    "reference.shown": gettext_lazy("was shown a case’s own reference"),
    "replacement.answered": gettext_lazy("answered a request to replace a case"),
    "replacement.asked": gettext_lazy("asked for a case to be replaced"),
    "replacement.decided": gettext_lazy("decided on replacing a case"),
    "report.added": gettext_lazy("began a committee report"),
    "report.bound": gettext_lazy("bound a committee report to the scores as they are"),
    "report.downloaded": gettext_lazy("downloaded a committee report"),
    "report.saved": gettext_lazy("saved a committee report"),
    "role.ended": gettext_lazy("took a role away"),
    "role.given": gettext_lazy("gave a role"),
    "round.closed": gettext_lazy("closed an audit round"),
    "round.opened_again": gettext_lazy("opened a closed audit round again"),
    "round.saved": gettext_lazy("set up or changed an audit round"),
    "sample.drawn": gettext_lazy("drew a sample"),
    "second_read.adjudicated": gettext_lazy("decided where two readers differ"),
    "second_read.compared": gettext_lazy("saw both reads of a case side by side"),
    "second_read.given": gettext_lazy("gave a case to a second reader"),
    "second_read.read": gettext_lazy("opened a case for a second read"),
    "second_read.submitted": gettext_lazy("handed a second read in"),
    "second_reads.chosen": gettext_lazy("chose the cases to be read twice"),
    "secondfinding.saved": gettext_lazy("saved facts of a case, in a second read"),
    "secondjudgement.saved": gettext_lazy("saved judgements, in a second read"),
    "second_factor.set_up": gettext_lazy("set up a second factor"),
    "second_factor.taken_away": gettext_lazy("took a second factor away"),
    "service.added": gettext_lazy("added the service"),
    "sessions.ended": gettext_lazy("ended sessions"),
    "signed_in": gettext_lazy("signed in"),
    "single_sign_on.linked": gettext_lazy("signed in through their organisation for the first time"),
    "supply.asked": gettext_lazy("asked the service for something"),
    "supply.saved": gettext_lazy("recorded how it stands with something asked for"),
    "team.joined": gettext_lazy("joined somebody to a team"),
    "timetable.changed": gettext_lazy("changed a step of the timetable"),
    "trail.downloaded": gettext_lazy("took the trail away as a file"),
    "user.added": gettext_lazy("added a person"),
    "draft.answered": gettext_lazy("said that the answer to the draft is complete"),
    "draft.sent": gettext_lazy("sent the draft to the service"),
    "finding.added": gettext_lazy("added a finding"),
    "finding.saved": gettext_lazy("changed or withdrew a finding"),
    "inspection.signed": gettext_lazy("signed an inspection off"),
    "override.decided": gettext_lazy("decided on another band for a score"),
    "override.proposed": gettext_lazy("proposed another band for a score"),
    "part.read": gettext_lazy("read a part before signing"),
    "point.decided": gettext_lazy("decided a point on the draft"),
    "point.made": gettext_lazy("made a point on the draft"),
    "publication.called_off": gettext_lazy("called a publication off"),
    "publication.decided": gettext_lazy("decided on publication"),
    "score.marked": gettext_lazy("withheld a score, marked it provisional or lifted that"),
    "sign_off.voided": gettext_lazy("changed something that had been signed, so that the sign-off is void"),
    "statement.saved": gettext_lazy("saved the statement"),
}

Objects = Mapping[tuple[str, str], Any]
#: what belongs to one inspection
OF_AN_INSPECTION = (
    Allocation,
    AllocationPlan,
    AuditRound,
    BandOverride,
    Case,
    Caseload,
    CaseloadUpload,
    DraftPoint,
    DraftToService,
    Draw,
    EarlierRecommendation,
    FeedbackGiven,
    FieldworkPlan,
    Finding,
    InterviewAbsence,
    InterviewPlan,
    MeetingRecord,
    PartRead,
    Publication,
    QualityRead,
    ScoreMark,
    SignOff,
    Statement,
    Supply,
    TeamRole,
    TimetableStep,
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of what changed: what one person did on one day told together."""

    when: str
    words: str
    name: str
    href: str


def verb_words(verb: str) -> str:
    """The verb in words; one that has none yet as it is stored."""
    return str(VERBS.get(verb, verb.replace(".", " ").replace("_", " ")))


def value_words(name: str) -> str:
    """What a value of an event is called; one that has no words yet as it is stored."""
    return str(VALUES.get(name, name))


def named(event: AuditEvent, objects: Objects) -> tuple[str, str]:
    """What an event's object is called and its address; both empty where there is nothing to open."""
    thing = objects.get((event.object_type, event.object_id))
    if isinstance(thing, Assessment | DrawnCase):
        thing = thing.case
    if isinstance(thing, ServiceRole):
        thing = thing.service
    if isinstance(thing, Case):
        name = _("{number}, {inspection}").format(number=thing.number, inspection=inspection_name(thing.inspection))
        return name, reverse("case", args=[thing.inspection_id, thing.number])
    if isinstance(thing, Report):
        return thing.title, reverse("reports")
    if isinstance(thing, Service):
        return thing.name, reverse("service", args=[thing.slug])
    inspection = _inspection_of(thing)
    if inspection:
        return inspection_name(inspection), reverse("inspection", args=[inspection.pk])
    return "", ""


def _inspection_of(thing: Any) -> Inspection | None:
    """The inspection that a thing is, or is part of."""
    if isinstance(thing, Assessment | DrawnCase):
        return thing.case.inspection
    if isinstance(thing, ReplacementRequest):
        return thing.drawn.case.inspection
    if isinstance(thing, OF_AN_INSPECTION):
        return thing.inspection
    return thing if isinstance(thing, Inspection) else None


def happenings(changes: Iterable[Changes], objects: Objects, limit: int) -> list[Happening]:
    """The newest of `changes` (newest first): what one person did on one day in one inspection told together."""
    runs: dict[tuple[Any, ...], list[Changes]] = {}
    for change in changes:
        event = change.newest
        inspection = _inspection_of(objects.get((event.object_type, event.object_id)))
        where = ("inspection", inspection.pk) if inspection else (event.object_type, event.object_id)
        key = (localtime(event.at).date(), event.actor_id, event.verb, *where)
        runs.setdefault(key, []).append(change)
    return [_happening(run, objects) for run in islice(runs.values(), limit)]


def _happening(run: Sequence[Changes], objects: Objects) -> Happening:
    event, total = run[0].newest, sum(change.count for change in run)
    inspection = _inspection_of(objects.get((event.object_type, event.object_id)))
    if inspection:
        name, href = inspection_name(inspection), reverse("inspection", args=[inspection.pk])
    else:
        name, href = named(event, objects)
    count = f" ({total:,})" if total > 1 else ""
    words = f"{event.actor or _('The system')} {verb_words(event.verb)}{count}"
    return Happening(_when(event), words, name, href)


def trail_table(events: Sequence[AuditEvent], objects: Objects) -> Table:
    columns = tuple(
        Column(key, heading, sortable=False)
        for key, heading in (
            ("number", _("Number")),
            ("when", _("When")),
            ("who", _("Who")),
            ("what", _("What")),
            ("object", _("On")),
            ("reason", _("Reason")),
        )
    )
    rows = []
    for event in events:
        name, href = named(event, objects)
        rows.append(
            (
                Cell(str(event.sequence)),
                Cell(_when(event)),
                Cell(str(event.actor) if event.actor else _("The system")),
                Cell(verb_words(event.verb), detail=", ".join(sorted(map(value_words, event.commitments)))),
                Cell(name or f"{event.object_type} {event.object_id}", href=href),
                Cell(event.reason or "–"),
            )
        )
    return Table("trail", _("Events, newest first"), columns, tuple(rows), caption_hidden=True)


def _when(event: AuditEvent) -> str:
    return date_format(localtime(event.at), "j F Y, H:i")
