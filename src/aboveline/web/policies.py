"""The policy of every page, by the one table in domain/access; deny by default.

What one may not do answers 404, as if it were not there. Every view is made by one of the decorators here; a view
without a policy is refused by the middleware and fails the build. The view gets the thing itself in place of its
number, and `request.standing`: what this person is to it, looked up anew for each request.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern

from aboveline.domain.access import NOBODY, Action, Standing, may, reach_of
from aboveline.domain.roles import Role
from aboveline.domain.workflow import Stage
from aboveline.records.models import Allocation, Inspection, User
from aboveline.records.queries.cases import case_by_number
from aboveline.records.queries.conflicts import conflicted_case_numbers
from aboveline.records.queries.inspections import inspection_by_id
from aboveline.records.queries.people import (
    managed_case_numbers,
    readings_in,
    standing_around,
    standing_at,
    standing_in,
    standing_to_programme,
    standing_to_report,
)
from aboveline.records.queries.programmes import programme_by_slug
from aboveline.records.queries.publishing import stage_now
from aboveline.records.queries.services import report_by_id, service_by_slug

View = Callable[..., HttpResponse]
Allows = Callable[[Standing, Action], bool]

__all__ = [
    "Action",
    "allowed",
    "case_page",
    "first_seen",
    "inspection_page",
    "may",
    "own_cases_page",
    "policy_of",
    "programme_page",
    "public",
    "report_page",
    "service_page",
    "signed_in",
    "within_reach",
]


def public(view: View) -> View:
    """A page anyone may open."""
    view.policy = Action.PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """A page every signed-in person has for themselves; it must show only what is theirs."""
    view.policy = Action.SIGNED_IN  # type: ignore[attr-defined]
    return view


def inspection_page(action: Action) -> Callable[[View], View]:
    """A page of one inspection as a whole."""
    return _guarded(action, _inspection, may)


def own_cases_page(action: Action) -> Callable[[View], View]:
    """A page of one inspection that shows each person no more than the cases their reach allows; the view narrows."""
    return _guarded(action, _inspection, lambda standing, asked: reach_of(standing, asked) is not None)


def case_page(action: Action) -> Callable[[View], View]:
    """A page of one case: the view gets the case in place of `inspection_id` and `number`."""
    return _guarded(action, _case, may)


def service_page(action: Action) -> Callable[[View], View]:
    """A page of one service, by its slug.

    A role in an inspection or programme of the service opens the service's own story and nothing else of it.
    """
    return _guarded(action, _around_service if action is Action.SEE_SERVICE else _service, may)


def report_page(action: Action) -> Callable[[View], View]:
    """A page of one committee report, by its number."""
    return _guarded(action, _report, may)


def programme_page(action: Action) -> Callable[[View], View]:
    """A page of one programme, by its slug."""
    return _guarded(action, _programme, may)


Found = tuple[Any, Standing]


def _inspection(user: User, where: dict[str, Any]) -> Found:
    inspection = inspection_by_id(where.pop("inspection_id"))
    return inspection, standing_in(user, inspection) if inspection else NOBODY


def _case(user: User, where: dict[str, Any]) -> Found:
    case = case_by_number(where.pop("inspection_id"), where.pop("number"))
    return case, standing_in(user, case.inspection, case) if case else NOBODY


def _around_service(user: User, where: dict[str, Any]) -> Found:
    service = service_by_slug(where.pop("slug"))
    return service, standing_around(user, service) if service else NOBODY


def _service(user: User, where: dict[str, Any]) -> Found:
    service = service_by_slug(where.pop("slug"))
    return service, standing_at(user, service) if service else NOBODY


def _report(user: User, where: dict[str, Any]) -> Found:
    report = report_by_id(where.pop("report_id"))
    return report, standing_to_report(user, report) if report else NOBODY


def _programme(user: User, where: dict[str, Any]) -> Found:
    programme = programme_by_slug(where.pop("programme"))
    return programme, standing_to_programme(user, programme) if programme else NOBODY


def _guarded(action: Action, find: Callable[[User, dict[str, Any]], Found], allows: Allows) -> Callable[[View], View]:
    def admit(user: User, where: dict[str, Any]) -> Found:
        """The thing that `where` names, taken out of it, and what this person is to it; Http404 where not allowed."""
        thing, standing = find(user, where)
        if thing is None or not allows(standing, action):
            raise Http404
        return thing, standing

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            thing, request.standing = admit(request.user, kwargs)  # type: ignore[attr-defined, arg-type]
            return view(request, thing, *args, **kwargs)

        guarded.policy = action  # type: ignore[attr-defined]
        guarded.admit = admit  # type: ignore[attr-defined]
        guarded.reaches_own = allows is not may  # type: ignore[attr-defined]
        return guarded

    return decorate


def allowed(user: User, inspections: Iterable[Inspection], action: Action) -> list[Inspection]:
    """Those of the inspections on which this person may do it."""
    return [one for one in inspections if may(standing_in(user, one), action)]


def first_seen(user: User, inspection: Inspection) -> Inspection | None:
    """The first inspection of a re-inspection, where this person may see its scores: they may not be out yet."""
    first = inspection.original
    if first is None or not (stage_now(first) is Stage.PUBLISHED or allowed(user, [first], Action.SEE_SCORES)):
        return None
    return first


def within_reach(
    user: User, inspection: Inspection, action: Action, standing: Standing | None = None
) -> Callable[[str], bool]:
    """Which cases of an inspection, by number, this person may do it to; for pages that show several at once."""
    return reaches(user, inspection, standing)(action)


def reaches(
    user: User, inspection: Inspection, standing: Standing | None = None
) -> Callable[[Action], Callable[[str], bool]]:
    """`within_reach` of any action, with what this person is to each case looked up once. What they are to the
    inspection is looked up where it is not given."""
    to_all = standing or standing_in(user, inspection)
    conflicted, given = conflicted_case_numbers(user, inspection), readings_in(user, inspection)
    manager = Role.CASE_MANAGER in to_all.roles
    managed = managed_case_numbers(user, inspection) if manager else frozenset()

    def to_case(number: str) -> Standing:
        held = given.get(number, {})
        return replace(
            to_all,
            allocated=bool(held),
            manages=number in managed,
            conflicted=to_all.conflicted or number in conflicted,
            second_reader=Allocation.Reading.SECOND in held,
            blind=held.get(Allocation.Reading.SECOND, False),
        )

    def of(action: Action) -> Callable[[str], bool]:
        # Many cases, but few standings: the table is asked once for each.
        asked = cache(lambda standing: may(standing, action))
        return lambda number: asked(to_case(number))

    return of


def policy_of(pattern: URLPattern) -> Action | None:
    """The policy of a route, or None where its view was made without one."""
    return getattr(pattern.callback, "policy", None)
