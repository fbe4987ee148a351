"""Moderation: every score as computed, the cases far from the rest, and what is decided of a score."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.jobs.inspections import computed_scores_of, scores_of
from aboveline.records.actions.moderation import (
    AlreadyOpen,
    Lapsed,
    SamePerson,
    decide_override,
    mark_score,
    propose_override,
)
from aboveline.records.actions.reading import note_answers_read, note_case_read
from aboveline.records.models import BandOverride, Inspection, ScoreMark
from aboveline.records.queries.casework import not_kept_in_time
from aboveline.records.queries.inspections import judgements_of
from aboveline.records.queries.moderation import override_in, overrides_of, score_marks
from aboveline.web.forms.concluding import BandForm, DecideBandForm, MarkForm
from aboveline.web.policies import Action, inspection_page, may, within_reach
from aboveline.web.presenters import concluding as words
from aboveline.web.presenters import moderation as page_of
from aboveline.web.presenters.crumbs import to_inspection
from aboveline.web.presenters.gathered import integrity_table
from aboveline.web.presenters.wording import said
from aboveline.web.views.concluding import below, show
from aboveline.web.views.kept import FormPage, page_in, show_or_save
from aboveline.web.views.requests import SignedInRequest


@inspection_page(Action.MODERATE)
def moderation(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Every score, and the cases whose record was not kept in time. Reading of these is on record."""
    scored = computed_scores_of(inspection)
    sees = within_reach(request.user, inspection, Action.SEE_CASES)
    noted = [one for one in not_kept_in_time(inspection) if sees(one.case.number)]
    for one in noted:
        note_case_read(case=one.case, by=request.user)
    marks, overrides = score_marks(inspection), list(overrides_of(inspection))
    return show(
        request,
        inspection,
        "moderation",
        tables=page_of.moderation_tables(scored, scores_of(inspection), marks, overrides),
        integrity=integrity_table(noted),
        overrides=page_of.overrides_table(scored, overrides),
        signature=words.signature(inspection),
    )


@inspection_page(Action.MODERATE)
def moderated_score(request: SignedInRequest, inspection: Inspection, target: str) -> HttpResponse:
    """One score: its cases, those far from the rest marked, and how it is shown. Reading it is on record."""
    scored = computed_scores_of(inspection)
    score = page_of.score_by_id(scored, target)
    if score is None:
        raise Http404
    mark = score_marks(inspection).get(target)
    sees = within_reach(request.user, inspection, Action.SEE_CASES)
    more = {
        "cases": page_of.cases_table(scored, target, judgements_of(inspection), sees),
        "target": target,
        "kept_back": page_of.kept_back_words(scored, target),
        "inspection": inspection,
    }
    page = _page(inspection, said(score.name), _("How the score is shown is saved"), more=more)
    form = MarkForm(request.POST or None, initial=MarkForm.initial_of(mark))

    def act(data: dict[str, Any]) -> object:
        state, version = ScoreMark.State(data["state"]), data["version"]
        return mark_score(
            inspection=inspection, target=target, state=state, reason=data["reason"], expected_version=version,
            by=request.user,
        )  # fmt: skip

    shown = show_or_save(request, form, page, act)
    if not isinstance(shown, HttpResponseRedirect):
        note_answers_read(inspection=inspection, question=target, by=request.user)
    return shown


def _page(
    inspection: Inspection,
    heading: str,
    saved: str,
    template: str = "web/concluding/score.html",
    more: dict[str, Any] | None = None,
) -> FormPage:
    return page_in(
        inspection,
        heading=heading,
        crumbs=below(inspection, "moderation", _("Moderation")),
        back=reverse("moderation", args=[inspection.pk]),
        saved=saved,
        intro=words.voids(inspection),
        template=template,
        more=more or {},
    )


@inspection_page(Action.MODERATE)
def propose_band(request: SignedInRequest, inspection: Inspection, target: str) -> HttpResponse:
    """Propose another band; it changes nothing until a second person confirms it."""
    scored = computed_scores_of(inspection)
    score = page_of.score_by_id(scored, target)
    if score is None:
        raise Http404
    computed = score.band.id if score.band else ""
    form = BandForm(request.POST or None, framework=scored.framework, computed=computed)
    page = _page(inspection, _("Another band"), _("Proposed. It waits for a second person"), "web/week/form.html")

    def act(data: dict[str, Any]) -> object:
        return propose_override(
            inspection=inspection, target=target, computed=computed, band=data["band"], reason=data["reason"],
            by=request.user,
        )  # fmt: skip

    try:
        return show_or_save(request, form, page, act)
    except AlreadyOpen:
        form.add_error(None, _("Another band for this score is proposed or in force already"))
        return show_or_save(request, form, page, act)


@inspection_page(Action.DECIDE_BAND)
def decide_band(request: SignedInRequest, inspection: Inspection, override_id: int) -> HttpResponse:
    found = override_in(inspection, override_id)
    if found is None:
        raise Http404
    form = DecideBandForm(
        request.POST or None,
        own=found.proposed_by_id == request.user.pk,
        confirmed=found.outcome == BandOverride.Outcome.CONFIRMED,
        initial={"version": found.version},
    )
    scored = computed_scores_of(inspection)
    score = page_of.score_by_id(scored, found.target)
    computed = score.band.id if score and score.band else ""
    more = {"summary": page_of.override_rows(scored, found, computed)}
    page = _page(inspection, _("Decide on another band"), _("Decided"), "web/concluding/band.html", more)
    if not may(request.standing, Action.MODERATE):
        page = replace(page, crumbs=to_inspection(inspection), back=reverse("inspection", args=[inspection.pk]))

    def act(data: dict[str, Any]) -> object:
        outcome = BandOverride.Outcome(data["outcome"])
        return decide_override(
            override=found, outcome=outcome, computed=computed, expected_version=data["version"], by=request.user
        )

    try:
        return show_or_save(request, form, page, act)
    except SamePerson:
        form.add_error("outcome", _("A second person confirms it, not the one who proposed it"))
    except Lapsed:
        form.add_error("outcome", _("The computed band is another one now, so this cannot be confirmed: decline it"))
    return show_or_save(request, form, page, act)
