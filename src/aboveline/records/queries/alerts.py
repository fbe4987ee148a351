"""Alerts: who is told, which are open, and which one person may see."""

from collections.abc import Sequence

from django.db.models import QuerySet

from aboveline.domain.access import RunBy
from aboveline.domain.alerts import Told, ToldAs, address, may_see, to_tell
from aboveline.domain.roles import Role
from aboveline.records.models import (
    Alert,
    AlertStep,
    AlertTold,
    Case,
    Director,
    Inspection,
    ServiceRole,
    TeamRole,
    User,
)
from aboveline.records.queries.conflicts import conflicted_with
from aboveline.records.queries.inspections import inspections_of
from aboveline.records.queries.people import roles_in

_BESIDE = ("case__inspection__service", "case__inspection__programme", "raised_by", "acknowledged_by", "closed_by")


def director_of(inspection: Inspection) -> Director | None:
    return Director.objects.filter(inspection=inspection).select_related("changed_by").first()


def around(inspection: Inspection, director: tuple[str, str] | None = None) -> list[Told]:
    """Everybody an alert may go to: lead inspectors, heads of service, the quality manager where the service runs the
    exercise itself, and the director; `director` (name, address) stands for the one on record, without an address for
    nobody."""
    at = {"service": inspection.service_id, "ended_at": None, "user__is_active": True}
    found = _each(ToldAs.LEAD, TeamRole.objects.filter(
        inspection=inspection, role=Role.LEAD_INSPECTOR, ended_at=None, user__is_active=True
    ))  # fmt: skip
    if inspection.run_by is RunBy.SERVICE:
        found += _each(ToldAs.QUALITY, ServiceRole.objects.filter(role=Role.QUALITY_MANAGER, **at))
    found += _each(ToldAs.HEAD, ServiceRole.objects.filter(role=Role.HEAD_OF_SERVICE, **at))
    kept = director_of(inspection)
    named = director or ((kept.name, kept.email) if kept else None)
    return [*found, Told(ToldAs.DIRECTOR, *named)] if named and named[1] else found


def head_addresses(inspection: Inspection) -> frozenset[str]:
    """The addresses of whoever is a head of the inspected service: none of them is the director's."""
    return frozenset(address(one.email) for one in around(inspection) if one.told_as is ToldAs.HEAD)


def has_no_director(alert: Alert) -> bool:
    """Whether an alert past the head of service is on record without a director to tell of it."""
    return alert.past_head and not alert.told.filter(told_as=ToldAs.DIRECTOR).exists()


def _each(told_as: ToldAs, held: QuerySet[TeamRole] | QuerySet[ServiceRole]) -> list[Told]:
    people = [one.user for one in held.select_related("user").order_by("user__name", "user_id")]
    return [Told(told_as, person.name, person.email, person.pk) for person in people]


def alerts_in(inspection: Inspection, user: User) -> list[Alert]:
    """The alerts of an inspection that a person who follows them may see, newest first."""
    roles = roles_in(user, inspection)
    found = Alert.objects.filter(case__inspection=inspection).select_related(*_BESIDE)
    return [one for one in found if may_see(roles, past_head=one.past_head) and not left_to_others(one, user)]


def left_to_others(alert: Alert, user: User) -> bool:
    """Whether a conflict of interest keeps a person from an alert: somebody else can follow it. Where nobody else can,
    a child's safety comes first."""
    return _kept(user, alert) and _others(alert, user)


def followed_despite_conflict(alert: Alert, user: User) -> bool:
    """Whether a person follows an alert from which a conflict would keep them, because nobody else can."""
    return _kept(user, alert) and not _others(alert, user)


def _kept(user: User, alert: Alert) -> bool:
    return conflicted_with(user, alert.case.inspection, alert.case)


def _others(alert: Alert, user: User) -> bool:
    told = to_tell(around(alert.case.inspection), past_head=alert.past_head)
    others = User.objects.filter(pk__in=[one.user for one in told if one.user not in (None, user.pk)])
    return any(not _kept(other, alert) for other in others)


def alert_in(inspection: Inspection, pk: int, user: User) -> Alert | None:
    return next((one for one in alerts_in(inspection, user) if one.pk == pk), None)


def raised_on(case: Case, user: User) -> QuerySet[Alert]:
    """The alerts that a person raised on a case themselves, newest first."""
    return Alert.objects.filter(case=case, raised_by=user).select_related(*_BESIDE)


def open_alerts_around(user: User) -> list[Alert]:
    """Every alert not closed in the inspections a person has to do with, that they may see if they follow alerts."""
    found = Alert.objects.filter(case__inspection__in=inspections_of(user).values("pk").order_by(), closed_at=None)
    return [
        one
        for one in found.select_related(*_BESIDE)
        if may_see(roles_in(user, one.case.inspection), past_head=one.past_head) and not left_to_others(one, user)
    ]


def open_alerts_in(inspection: Inspection) -> int:
    """How many alerts of an inspection its sign-off waits for: every open one but, where the service runs the exercise
    itself, one past its head. There the head signs, and to be kept waiting would tell them of it."""
    waited_for = Alert.objects.filter(case__inspection=inspection, closed_at=None)
    return (waited_for.filter(past_head=False) if inspection.run_by is RunBy.SERVICE else waited_for).count()


def told_of(alert: Alert) -> Sequence[AlertTold]:
    return list(alert.told.select_related("user", "letter"))


def steps_of(alert: Alert) -> Sequence[AlertStep]:
    return list(alert.steps.select_related("by"))
