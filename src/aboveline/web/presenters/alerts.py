"""Alerts in words: who was told and when, whether somebody took it up in time, and what waits for whom."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.access import Action, Standing, may
from aboveline.domain.alerts import ACKNOWLEDGE_WITHIN, ToldAs, overdue
from aboveline.domain.letters import RING_AFTER, LetterState
from aboveline.records.models import Alert, AlertTold, Inspection, Letter
from aboveline.records.queries.alerts import told_of
from aboveline.web.presenters.case_form_words import moment_words
from aboveline.web.presenters.letters import letter_words
from aboveline.web.presenters.wording import inspection_name
from aboveline.web.presenters.work import Task

RISK_WORDS = {
    Alert.Risk.CHILD: gettext_lazy("Risk to the child"),
    Alert.Risk.PUBLIC: gettext_lazy("Risk to other people"),
    Alert.Risk.BOTH: gettext_lazy("Risk to the child and to other people"),
}
TOLD_AS = {
    ToldAs.LEAD: gettext_lazy("lead inspector"),
    ToldAs.HEAD: gettext_lazy("head of service"),
    ToldAs.QUALITY: gettext_lazy("quality manager"),
    ToldAs.DIRECTOR: gettext_lazy("director"),
}


@dataclass(frozen=True, slots=True)
class TellLine:
    """One person who was told: by which ways, and when."""

    person: str
    ways: str
    waits: bool


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert as a page shows it. `state` is what waits; `late` where nobody took it up in time."""

    number: str
    href: str
    risk: str
    raised: str
    state: str
    late: bool
    open: bool
    told: tuple[TellLine, ...]

    @property
    def waits(self) -> bool:
        """Whether a letter is still to leave."""
        return any(one.waits for one in self.told)


def alert_view(alert: Alert) -> AlertView:
    inspection = alert.case.inspection
    return AlertView(
        alert.case.number,
        reverse("alert", args=[inspection.pk, alert.pk]),
        str(RISK_WORDS[Alert.Risk(alert.risk)]),
        _("Raised {when} by {who}").format(when=moment_words(alert.raised_at), who=alert.raised_by.name),
        state_words(alert),
        overdue(alert.raised_at, alert.acknowledged_at, timezone.now()),
        alert.closed_at is None,
        tuple(tell_line(one, alert) for one in told_of(alert)),
    )


def state_words(alert: Alert) -> str:
    if alert.closed_at and alert.closed_by:
        return _("Closed {when} by {who}").format(when=moment_words(alert.closed_at), who=alert.closed_by.name)
    if alert.acknowledged_at and alert.acknowledged_by:
        words = _("Taken up {when} by {who}")
        return words.format(when=moment_words(alert.acknowledged_at), who=alert.acknowledged_by.name)
    if overdue(alert.raised_at, None, timezone.now()):
        hours = int(ACKNOWLEDGE_WITHIN.total_seconds() // 3600)
        return _("Overdue: nobody has taken it up within {hours} hour").format(hours=hours)
    return _("Nobody has taken it up yet")


def tell_line(told: AlertTold, alert: Alert) -> TellLine:
    person = _("{name}, {role}").format(name=told.name, role=TOLD_AS[ToldAs(told.told_as)])
    shown = _("on their home page since {when}").format(when=moment_words(alert.raised_at)) if told.user_id else ""
    letter = getattr(told, "letter", None)
    words = _("letter {state}").format(state=letter_words(letter)) if letter else _("no letter")
    if letter is None or _ring(letter):
        words = _("{letter}. Ring them").format(letter=words)
    waits = letter is not None and letter.state == LetterState.WAITS
    return TellLine(person, "; ".join(way for way in (words, shown) if way), waits)


def _ring(letter: Letter) -> bool:
    """Whether a letter has not left and should have: it was refused or given up, or nobody works the letters off."""
    if letter.state != LetterState.WAITS:
        return letter.state != LetterState.SENT
    return letter.tried > 0 or timezone.now() - letter.written_at > RING_AFTER


def not_told(told: Iterable[AlertTold], *, past_head: bool) -> tuple[str, ...]:
    """Who should have been told and could not be named: they must be told in person."""
    rows = list(told)
    known = {one.told_as for one in rows}
    lead = any(one.user_id and one.told_as != ToldAs.HEAD for one in rows)
    missing = () if lead else (_("No lead inspector has an account here: tell them in person."),)
    if not past_head and ToldAs.HEAD not in known:
        missing = (*missing, _("No head of service has an account here: tell them in person."))
    if past_head and ToldAs.DIRECTOR not in known:
        missing = (*missing, _("The director is not told yet: who raised it says who that is, or tell them in person."))
    return missing


def alert_tasks(alerts: Iterable[Alert], standing_of: Callable[[Inspection], Standing]) -> tuple[Task, ...]:
    """Each open alert that waits for this person to take it up or to follow it."""
    return tuple(
        Task(
            _("Alert on case {number}: take it up").format(number=alert.case.number)
            if alert.acknowledged_at is None
            else _("Alert on case {number}: follow it to its close").format(number=alert.case.number),
            reverse("alert", args=[alert.case.inspection_id, alert.pk]),
            ". ".join((state_words(alert), inspection_name(alert.case.inspection))),
        )
        for alert in alerts
        if may(standing_of(alert.case.inspection), Action.FOLLOW_ALERT)
    )
