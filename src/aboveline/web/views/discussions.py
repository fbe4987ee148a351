"""The discussion of one answer, and the open ones of an inspection."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aboveline.domain.access import reach_of
from aboveline.domain.framework import Framework
from aboveline.jobs.inspections import framework_asked, framework_of
from aboveline.records.actions.discussions import comment, note_discussion_read
from aboveline.records.actions.saving import KeyReused, Stale, once
from aboveline.records.models import Case, Comment, Discussion, Inspection
from aboveline.records.queries.assessing import under_assessment
from aboveline.records.queries.casework import submission_of
from aboveline.records.queries.discussions import comments_of, discussed_in, discussion_on, discussions_in
from aboveline.records.queries.second_reads import agreed_answers_of, first_readers
from aboveline.web.forms.case_form import ANSWER_FIELDS
from aboveline.web.forms.discussions import CommentForm
from aboveline.web.policies import Action, case_page, may, own_cases_page, within_reach
from aboveline.web.presenters.case_form_words import given_words, saved_words
from aboveline.web.presenters.crumbs import to_cases, to_inspection
from aboveline.web.presenters.discussions import Mark, comment_lines, discussions_table, marks_of, state_words
from aboveline.web.presenters.wording import inspection_name
from aboveline.web.views.requests import SignedInRequest

DISCUSSIONS_ON_A_PAGE = 100


def open_discussions(request: SignedInRequest, inspection: Inspection) -> Sequence[Discussion]:
    """The open discussions of an inspection, as far as this person may discuss their cases."""
    return _within_reach(request, inspection, resolved=False)


def _within_reach(request: SignedInRequest, inspection: Inspection, *, resolved: bool) -> Sequence[Discussion]:
    if reach_of(request.standing, Action.COMMENT) is None:
        return ()
    shown = within_reach(request.user, inspection, Action.COMMENT)
    return [row for row in discussions_in(inspection, resolved=resolved) if shown(row.case.number)]


def marks_beside(request: HttpRequest, case: Case, framework: Framework) -> Mapping[str, Mark]:
    """What stands beside the answers of a case for a person who may discuss them; nothing for anybody else. No
    discussion begins on a case that is not under assessment."""
    if not may(request.standing, Action.COMMENT):  # type: ignore[attr-defined]
        return {}
    discussed = discussed_in(case)
    begins = under_assessment(case)
    return {q: mark for q, mark in marks_of(case, framework, discussed).items() if begins or q in discussed}


@own_cases_page(Action.COMMENT)
@require_safe
def discussions(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """The discussions of an inspection; which of them, open or resolved, is in the address."""
    resolved = request.GET.get("state") == "resolved"
    rows = _within_reach(request, inspection, resolved=resolved)
    page = Paginator(rows, DISCUSSIONS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "caption": inspection_name(inspection),
        "crumbs": to_inspection(inspection),
        "resolved": resolved,
        "page": page,
        "table": discussions_table(
            framework_of(inspection), page.object_list, first_readers(inspection), resolved=resolved
        ),
    }
    return render(request, "web/discussions/list.html", context)


@case_page(Action.COMMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def discussion(request: SignedInRequest, case: Case, question: str) -> HttpResponse:
    """All that was said about one answer; a post adds a comment, which may resolve or reopen it."""
    framework, found = framework_asked(case.inspection), discussion_on(case, question)
    if question not in framework.question_by_id or not (found or under_assessment(case)):
        raise Http404
    form = CommentForm(request.POST or None, found=found)
    seen, status = None, HTTPStatus.OK
    if form.is_valid():
        try:
            _comment(request, case, question, form)
        except KeyReused:
            form.renew_key()
        except Stale as stale:
            found, seen, status = stale.current, form.given["version"], HTTPStatus.CONFLICT
            form = CommentForm(found=found, initial={"words": form.given["words"]})
        else:
            messages.success(request, DONE[form.did]())
            return redirect("discussion", case.inspection_id, case.number, question)
    note_discussion_read(case=case, question=question, by=request.user)
    context = _shown(request, case, framework, question) | {
        "found": found,
        "state": state_words(found),
        "comments": comment_lines(comments_of(found), seen) if found else (),
        "form": form,
        "conflict": status == HTTPStatus.CONFLICT,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else status
    return render(request, "web/discussions/discussion.html", context, status=status)


def _comment(request: SignedInRequest, case: Case, question: str, form: CommentForm) -> None:
    given, did = form.given, form.did

    def act() -> dict[str, Any]:
        row = comment(
            case=case,
            question=question,
            did=did,
            words=given["words"],
            expected_version=given["version"],
            by=request.user,
        )
        return {"version": row.version}

    body = given | {"case": case.pk, "question": question, "did": did}
    once(by=request.user, key=form.cleaned_data["key"], body=body, act=act)


DONE = {
    Comment.Did.SAID: lambda: _("Your comment is on record"),
    Comment.Did.RESOLVED: lambda: _("The discussion is resolved"),
    Comment.Did.REOPENED: lambda: _("The discussion is open again"),
}


def _shown(request: SignedInRequest, case: Case, framework: Framework, question: str) -> dict[str, Any]:
    """What stands around a discussion: the question, and its answer as it is now."""
    inspection, answer = case.inspection, agreed_answers_of(case).get(question)
    values = {name: getattr(answer, name) for name in ANSWER_FIELDS} if answer else {}
    return {
        "case": case,
        "inspection": inspection,
        "name": inspection_name(inspection),
        "service_name": inspection.service.name,
        "crumbs": to_cases(inspection),
        "question": framework.question_by_id[question],
        "answer": given_words(framework, question, values),
        "answered": saved_words(answer) if answer else "",
        "may_judge": may(request.standing, Action.JUDGE) and submission_of(case) is None,
    }
