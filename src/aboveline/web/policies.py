"""Who may do what: one table, deny by default.

A role is held at one service or in one inspection, so what a person may do is looked up for the thing in hand. What
one may not do answers 404, as if it were not there. Every view is made by one of the decorators here; a view without
a policy is refused by the middleware and fails the build.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern

from aboveline.records.models import Inspection, Report, Role, Service
from aboveline.records.queries.inspections import inspection_by_id
from aboveline.records.queries.people import roles_around, roles_at, roles_in
from aboveline.records.queries.services import report_by_id, service_by_slug

View = Callable[..., HttpResponse]


class Action(StrEnum):
    PUBLIC = "open a page that needs no sign-in"
    SIGNED_IN = "open a page of one's own"
    SEE_SERVICE = "see a service and its story"
    SEE_TRAIL = "read the audit trail of a service"
    SET_UP = "set up an inspection"
    SEE_SCORES = "see scores, comparison and re-inspection"
    SEE_SAMPLE = "see the case list's shape, the draws and the certificate"
    SUPPLY_CASELOAD = "upload, correct and confirm a case list"
    DRAW = "draw a sample and replace a case"
    SEE_CASES = "open a case's judgements"
    JUDGE = "judge a case and import judgements"
    RECORD_FIRST_PLAN = "record whether the first plan was carried out"
    SEE_REPORT = "read and download a committee report"
    EDIT_REPORT = "write a committee report"


_HEAD, _QUALITY, _DEMOCRATIC = Role.HEAD_OF_SERVICE, Role.QUALITY_MANAGER, Role.DEMOCRATIC_SERVICES
_LEAD, _ASSESSOR = Role.LEAD_INSPECTOR, Role.ASSESSOR
EVERYONE = frozenset(Role)

POLICY: Mapping[Action, frozenset[Role]] = {
    Action.SEE_SERVICE: EVERYONE,
    Action.SEE_TRAIL: frozenset({_HEAD, _QUALITY}),
    Action.SET_UP: frozenset({_HEAD, _QUALITY}),
    Action.SEE_SCORES: EVERYONE,
    Action.SEE_SAMPLE: frozenset({_HEAD, _QUALITY, _LEAD, _ASSESSOR}),
    Action.SUPPLY_CASELOAD: frozenset({_HEAD, _QUALITY}),
    Action.DRAW: frozenset({_QUALITY, _LEAD}),
    Action.SEE_CASES: frozenset({_HEAD, _QUALITY, _LEAD, _ASSESSOR}),
    Action.JUDGE: frozenset({_QUALITY, _LEAD, _ASSESSOR}),
    Action.RECORD_FIRST_PLAN: frozenset({_QUALITY, _LEAD}),
    Action.SEE_REPORT: frozenset({_HEAD, _QUALITY, _DEMOCRATIC}),
    Action.EDIT_REPORT: frozenset({_HEAD, _QUALITY, _DEMOCRATIC}),
}


def may(roles: frozenset[Role], action: Action) -> bool:
    """True where one of these roles allows the action. An action without a row is allowed to nobody."""
    return bool(roles & POLICY.get(action, frozenset()))


def public(view: View) -> View:
    """A page anyone may open."""
    view.policy = Action.PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """A page every signed-in person has for themselves; it must show only what is theirs."""
    view.policy = Action.SIGNED_IN  # type: ignore[attr-defined]
    return view


def inspection_page(action: Action) -> Callable[[View], View]:
    """A page of one inspection: the view gets the inspection in place of its number, and `request.roles`."""

    def find(pk: int) -> tuple[Inspection | None, Callable[[Any], frozenset[Role]]]:
        inspection = inspection_by_id(pk)
        return inspection, lambda user: roles_in(user, inspection) if inspection else frozenset()

    return _guarded(action, find, "inspection_id")


def service_page(action: Action) -> Callable[[View], View]:
    """A page of one service: the view gets the service in place of its slug, and `request.roles`."""

    def find(slug: str) -> tuple[Service | None, Callable[[Any], frozenset[Role]]]:
        service = service_by_slug(slug)
        return service, lambda user: roles_around(user, service) if service else frozenset()

    return _guarded(action, find, "slug")


def report_page(action: Action) -> Callable[[View], View]:
    """A page of one report: the view gets the report in place of its number, and `request.roles`."""

    def find(pk: int) -> tuple[Report | None, Callable[[Any], frozenset[Role]]]:
        report = report_by_id(pk)
        return report, lambda user: roles_at(user, report.service) if report else frozenset()

    return _guarded(action, find, "report_id")


def _guarded(action: Action, find: Callable[[Any], Any], argument: str) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            thing, roles_of = find(kwargs.pop(argument))
            roles = roles_of(request.user) if thing else frozenset()
            if not may(roles, action):
                raise Http404
            request.roles = roles  # type: ignore[attr-defined]
            return view(request, thing, *args, **kwargs)

        guarded.policy = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def policy_of(pattern: URLPattern) -> Action | None:
    """The policy of a route, or None where its view was made without one."""
    return getattr(pattern.callback, "policy", None)
