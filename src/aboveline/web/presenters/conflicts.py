"""The conflict register in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.records.models import Conflict
from aboveline.web.presenters.wording import inspection_name

TIE_WORDS = {
    Conflict.Tie.EMPLOYED: gettext_lazy("employed by the service"),
    Conflict.Tie.SECONDED: gettext_lazy("seconded to the service"),
    Conflict.Tie.MANAGED: gettext_lazy("managed the case"),
    Conflict.Tie.DECLARED: gettext_lazy("another tie"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    person: str
    tie: str
    with_what: str
    dates: str
    note: str
    withdrawn: str
    proposed: bool
    withdraw: str
    take_up: str


def nowhere(entry: Conflict) -> str:
    return ""


def register_rows(
    entries: Iterable[Conflict],
    withdraw: Callable[[Conflict], str] = nowhere,
    take_up: Callable[[Conflict], str] = nowhere,
) -> tuple[Entry, ...]:
    """Each entry; `withdraw` and `take_up` give the address at which it can be, empty where it cannot."""
    return tuple(
        Entry(
            one.user.name,
            str(TIE_WORDS[Conflict.Tie(one.tie)]),
            with_what(one),
            dates(one),
            one.note,
            withdrawn(one),
            one.proposed and one.withdrawn_at is None,
            "" if one.withdrawn_at else withdraw(one),
            take_up(one) if one.proposed and one.withdrawn_at is None else "",
        )
        for one in entries
    )


def with_what(entry: Conflict) -> str:
    if entry.case:
        where = inspection_name(entry.case.inspection)
        return _("case {number}, {inspection}").format(number=entry.case.number, inspection=where)
    return entry.service.name if entry.service else ""


def dates(entry: Conflict) -> str:
    starts = date_format(entry.starts, "j F Y") if entry.starts else ""
    ends = date_format(entry.ends, "j F Y") if entry.ends else ""
    if starts and ends:
        return _("{starts} to {ends}").format(starts=starts, ends=ends)
    if ends:
        return _("until {ends}").format(ends=ends)
    return _("since {starts}").format(starts=starts) if starts else _("no dates given")


def withdrawn(entry: Conflict) -> str:
    if entry.withdrawn_at is None:
        return ""
    day = date_format(localtime(entry.withdrawn_at), "j F Y")
    return _("Withdrawn on {day}: {why}").format(day=day, why=entry.withdrawn_why)
