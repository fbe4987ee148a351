"""An alert: a child or the public at risk now, found while reading a case. Who is told, who may see it, what is late.

The times and the ways are our own rules; an alert never takes the place of a safeguarding referral.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from aboveline.domain.roles import Role

#: how soon somebody must say that they have taken an alert up
ACKNOWLEDGE_WITHIN = timedelta(hours=1)


class ToldAs(StrEnum):
    """In what capacity somebody is told."""

    LEAD = "lead"
    HEAD = "head"
    QUALITY = "quality"
    DIRECTOR = "director"


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody an alert goes to; `user` is their account's number, None where they have none."""

    told_as: ToldAs
    name: str
    email: str
    user: int | None = None


def to_tell(around: Collection[Told], *, past_head: bool) -> tuple[Told, ...]:
    """Who is told of an alert: all `around` or, where the head of service is the concern, all but any head and the
    director instead. Somebody told in two capacities is told once, as the director where that is one of them; a head is
    never told of an alert past the head."""
    heads = {address(one.email) for one in around if one.told_as is ToldAs.HEAD}
    left_out = ToldAs.HEAD if past_head else ToldAs.DIRECTOR
    found: dict[str, Told] = {}
    for one in around:
        at = address(one.email)
        if one.told_as is left_out or (past_head and at in heads):
            continue
        earlier = found.setdefault(at, one)
        if one.told_as is ToldAs.DIRECTOR:
            found[at] = replace(one, user=earlier.user)
    return tuple(found.values())


def address(email: str) -> str:
    """An e-mail address as two are compared."""
    return email.strip().lower()


def may_see(roles: Collection[Role], *, past_head: bool) -> bool:
    """Whether somebody who follows alerts may see this one: one past the head is hidden from whoever is a head."""
    return not (past_head and Role.HEAD_OF_SERVICE in roles)


def overdue(raised: datetime, acknowledged: datetime | None, now: datetime) -> bool:
    """Whether nobody took it up in time, whether or not somebody has since."""
    return (acknowledged or now) - raised > ACKNOWLEDGE_WITHIN
