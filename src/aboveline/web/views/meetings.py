"""The meetings of a week, and the progress on the recommendations of the inspection before."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aboveline.records.actions.meetings import (
    MeetingValues,
    add_recommendation,
    correct_meeting,
    record_meeting,
    save_progress,
)
from aboveline.records.actions.reading import note_meetings_read
from aboveline.records.models import EarlierRecommendation, Inspection, MeetingRecord
from aboveline.records.queries.planning import meeting_in, meetings_of, recommendation_in, recommendations_of
from aboveline.web.components import Crumb
from aboveline.web.forms.week import MeetingForm, ProgressForm, RecommendationForm
from aboveline.web.policies import Action, inspection_page, may
from aboveline.web.presenters.crumbs import to_inspection
from aboveline.web.presenters.week import meetings_table, recommendations_table
from aboveline.web.presenters.week_words import MEETING_WORDS
from aboveline.web.presenters.wording import inspection_name
from aboveline.web.views.kept import page_in, show_or_save
from aboveline.web.views.requests import SignedInRequest


def list_page(request: SignedInRequest, inspection: Inspection, **more: Any) -> HttpResponse:
    """A page of an inspection with one table on it, or why there is nothing in it yet."""
    own = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "caption": inspection_name(inspection),
        "crumbs": to_inspection(inspection),
    }
    return render(request, "web/week/list.html", own | more)


@inspection_page(Action.TEAM_MEETINGS)
def meetings(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    note_meetings_read(inspection=inspection, by=request.user)
    return list_page(
        request,
        inspection,
        heading=_("Meetings"),
        table=meetings_table(inspection, list(meetings_of(inspection)), linked=True),
        add_href=reverse("new-meeting", args=[inspection.pk]),
        add_text=_("Record a meeting"),
        empty_title=_("No meeting is recorded yet"),
        empty_text=_("The team's daily meeting and the feedback to the service are recorded here."),
    )


@inspection_page(Action.SEE_DRAFT)
def feedback(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """What was said at the feedback meeting, for the service once the draft is with it."""
    note_meetings_read(inspection=inspection, by=request.user)
    found = [one for one in meetings_of(inspection) if one.kind == MeetingRecord.Kind.FEEDBACK]
    return list_page(
        request,
        inspection,
        heading=_("Feedback meeting"),
        table=meetings_table(inspection, found, linked=False),
        empty_title=_("No feedback meeting is recorded yet"),
        empty_text=_("The lead inspector records it."),
    )


def _to_meetings(inspection: Inspection) -> tuple[Crumb, ...]:
    return (*to_inspection(inspection), Crumb(_("Meetings"), reverse("meetings", args=[inspection.pk])))


def _values(data: dict[str, Any]) -> MeetingValues:
    return MeetingValues(data["held_on"], data["began"], data["present"], data["notes"])


@inspection_page(Action.TEAM_MEETINGS)
def new_meeting(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    initial = {"held_on": timezone.localdate(), "kind": MeetingRecord.Kind.DAILY}
    form = MeetingForm(request.POST or None, meeting=None, initial=initial)
    page = page_in(
        inspection,
        heading=_("Record a meeting"),
        crumbs=_to_meetings(inspection),
        back=reverse("meetings", args=[inspection.pk]),
        saved=_("The meeting is on record"),
    )

    def act(data: dict[str, Any]) -> object:
        kind = MeetingRecord.Kind(data["kind"])
        return record_meeting(inspection=inspection, kind=kind, values=_values(data), by=request.user)

    return show_or_save(request, form, page, act)


@inspection_page(Action.TEAM_MEETINGS)
def meeting(request: SignedInRequest, inspection: Inspection, meeting_id: int) -> HttpResponse:
    found = meeting_in(inspection, meeting_id)
    if found is None:
        raise Http404
    form = MeetingForm(request.POST or None, meeting=found, initial=MeetingForm.initial_of(found))
    page = page_in(
        inspection,
        heading=str(MEETING_WORDS[found.kind]),
        crumbs=_to_meetings(inspection),
        back=reverse("meetings", args=[inspection.pk]),
        saved=_("The record is corrected; what it said before stays in the trail"),
    )

    def act(data: dict[str, Any]) -> object:
        return correct_meeting(meeting=found, values=_values(data), expected_version=data["version"], by=request.user)

    shown = show_or_save(request, form, page, act)
    if not isinstance(shown, HttpResponseRedirect):
        note_meetings_read(inspection=inspection, by=request.user)
    return shown


@inspection_page(Action.SEE_SCORES)
def recommendations(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    may_judge = may(request.standing, Action.RECORD_FIRST_PLAN)
    return list_page(
        request,
        inspection,
        heading=_("Earlier recommendations"),
        intro=_("What the inspection before recommended, and how far a re-inspection found it carried out."),
        table=recommendations_table(inspection, recommendations_of(inspection), linked=may_judge),
        add_href=reverse("new-recommendation", args=[inspection.pk]) if may_judge else "",
        add_text=_("Enter a recommendation"),
        empty_title=_("No recommendation is entered yet"),
        empty_text=_("Each recommendation of the inspection before stands here with its progress."),
    )


def _to_recommendations(inspection: Inspection) -> tuple[Crumb, ...]:
    own = Crumb(_("Earlier recommendations"), reverse("recommendations", args=[inspection.pk]))
    return (*to_inspection(inspection), own)


@inspection_page(Action.RECORD_FIRST_PLAN)
def new_recommendation(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    page = page_in(
        inspection,
        heading=_("Enter a recommendation"),
        crumbs=_to_recommendations(inspection),
        back=reverse("recommendations", args=[inspection.pk]),
        saved=_("The recommendation is entered"),
    )

    def act(data: dict[str, Any]) -> object:
        to = EarlierRecommendation.To(data["to"])
        return add_recommendation(inspection=inspection, text=data["text"], to=to, by=request.user)

    return show_or_save(request, RecommendationForm(request.POST or None), page, act)


@inspection_page(Action.RECORD_FIRST_PLAN)
def recommendation(request: SignedInRequest, inspection: Inspection, recommendation_id: int) -> HttpResponse:
    found = recommendation_in(inspection, recommendation_id)
    if found is None:
        raise Http404
    form = ProgressForm(request.POST or None, initial=ProgressForm.initial_of(found))
    page = page_in(
        inspection,
        heading=_("Progress on a recommendation"),
        crumbs=_to_recommendations(inspection),
        back=reverse("recommendations", args=[inspection.pk]),
        saved=_("The progress is saved"),
        intro=found.wording,
    )

    def act(data: dict[str, Any]) -> object:
        progress = EarlierRecommendation.Progress(data["progress"])
        return save_progress(
            recommendation=found, progress=progress, note=data["note"], expected_version=data["version"],
            by=request.user,
        )  # fmt: skip

    return show_or_save(request, form, page, act)
