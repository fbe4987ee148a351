"""Alerts: raised, told, taken up, followed and closed."""

from hashlib import sha256

from aboveline.records.actions.alerts import (
    acknowledge_alert,
    add_alert_step,
    close_alert,
    name_director,
    note_alert_read,
    raise_alert,
    tell_director,
)
from aboveline.records.actions.conflicts import record_conflict
from aboveline.records.models import Alert, Conflict, Director, Role
from aboveline.records.queries import alerts
from tests.integration.records.parts import Act, Edit
from tests.integration.records.world import World
from tests.records_builders import a_user, with_role


def raised(w: World) -> Alert:
    found = Alert.objects.filter(case=w.case).first()
    risk = Alert.Risk.CHILD
    return found or raise_alert(case=w.case, risk=risk, danger="No safe place tonight", done="Rang the duty", by=w.by)


def closed(w: World, seen: int, text: str) -> Alert:
    return close_alert(alert=raised(w), outcome=text, expected_version=seen, by=w.by)


def followed(w: World) -> object:
    return raised(w).steps.first() or add_alert_step(alert=raised(w), words="Visited", by=w.by)


def named(w: World, seen: int, text: str) -> Director:
    email = f"{text}@example.org"
    return name_director(inspection=w.drawn, name=text, email=email, expected_version=seen, by=w.by)


def director(w: World) -> Director:
    return Director.objects.filter(inspection=w.drawn).first() or named(w, 0, "first")


def named_after(w: World, seen: int, text: str) -> Director:
    director(w)
    return named(w, seen, text)


def past_head(w: World) -> Alert:
    """Kept out of the service's own trail."""
    return raise_alert(
        case=w.case, risk=Alert.Risk.CHILD, danger="The head knows", done="Nothing yet", by=w.by, past_head=True
    )


ACTS = {
    "alerts.tell_director": Act(
        lambda w: tell_director(alert=past_head(w), name="Dee", email="dee@example.org", by=w.by),
        ("alert.raised", "alert.director_given"), at_service=False,
    ),
    "alerts.raise_alert": Act(raised, ("alert.raised",), {"risk": "child", "told": "quality"}),
    "alerts.acknowledge_alert": Act(
        lambda w: acknowledge_alert(alert=raised(w), expected_version=1, by=w.by),
        ("alert.raised", "alert.acknowledged"),
    ),
    "alerts.add_alert_step": Act(
        followed, ("alert.raised", "alert.followed"),
        {"words": sha256(b"Visited").hexdigest()},
    ),
    "alerts.close_alert": Act(
        lambda w: closed(w, 1, "Safe"), ("alert.raised", "alert.closed"),
        {"words": sha256(b"Safe").hexdigest()},
    ),
    "alerts.note_alert_read": Act(
        lambda w: note_alert_read(alert=raised(w), by=w.by), ("alert.raised", "alert.read")
    ),
    "alerts.name_director": Act(
        lambda w: named(w, 0, "Sam"), ("director.named",), {"name": "Sam", "email": "sam@example.org"}
    ),
}  # fmt: skip
EDITS = {"Alert": Edit("Alert", closed, raised), "Director": Edit("Director", named_after, director)}


def without_director(w: World) -> Alert:
    """An alert past the head while nobody is named as director."""
    kept = Alert.objects.filter(case=w.case, past_head=True).first()
    risk = Alert.Risk.CHILD
    return kept or raise_alert(case=w.case, risk=risk, danger="x", done="y", past_head=True, by=w.by)


def head(w: World) -> object:
    kept = w.service.roles.filter(role=Role.HEAD_OF_SERVICE).first()
    return kept or with_role(a_user("Head"), w.service, Role.HEAD_OF_SERVICE)


def some(w: World):
    """Asked where there is an alert to be found."""
    return raised(w), director(w)


def kept_from_it(w: World, *, beside: bool = False) -> World:
    """The world once its person has a tie with the case; `beside`, once there is a head who could follow instead."""
    if not Conflict.objects.filter(case=w.case).exists():
        record_conflict(user=w.by, tie=Conflict.Tie.MANAGED, case=w.case, by=w.by)
        if beside:
            with_role(a_user("Head"), w.service, Role.HEAD_OF_SERVICE)
    return w


OF_INSPECTION = {
    "alerts.director_of": lambda w: some(w) and alerts.director_of(w.drawn),
    "alerts.alerts_in": lambda w: some(w) and alerts.alerts_in(w.drawn, w.by),
    "alerts.alert_in": lambda w: alerts.alert_in(w.drawn, raised(w).pk, w.by),
    "alerts.raised_on": lambda w: some(w) and alerts.raised_on(w.case, w.by),
    "alerts.open_alerts_in": lambda w: some(w) and alerts.open_alerts_in(w.drawn),
    "alerts.has_no_director": lambda w: alerts.has_no_director(without_director(w)),
    "alerts.steps_of": lambda w: followed(w) and alerts.steps_of(raised(w)),
    "alerts.told_of": lambda w: alerts.told_of(raised(w)),
}
OF_SERVICE = {
    "alerts.left_to_others": lambda w: alerts.left_to_others(raised(kept_from_it(w, beside=True)), w.by),
    "alerts.followed_despite_conflict": lambda w: alerts.followed_despite_conflict(raised(kept_from_it(w)), w.by),
    "alerts.around": lambda w: some(w) and alerts.around(w.drawn),
    "alerts.head_addresses": lambda w: head(w) and alerts.head_addresses(w.drawn),
    "alerts.open_alerts_around": lambda w: some(w) and alerts.open_alerts_around(w.by),
}
