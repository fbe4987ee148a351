"""The people of a service, of an inspection's team, or of a programme, and what may be done with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.roles import HeldAt, Role, roles_held_at
from aboveline.jobs.outside_bodies import body_name
from aboveline.records.models import Inspection, Invitation, Service, User
from aboveline.records.models.accounts import Place, held_at
from aboveline.records.queries.invitations import works
from aboveline.records.queries.people import Held
from aboveline.web.components import Crumb
from aboveline.web.presenters.crumbs import to_home, to_inspection, to_service
from aboveline.web.presenters.letters import letter_words
from aboveline.web.presenters.wording import inspection_name

ROLES = {
    Role.HEAD_OF_SERVICE: gettext_lazy("Head of service"),
    Role.QUALITY_MANAGER: gettext_lazy("Quality manager"),
    Role.CASE_MANAGER: gettext_lazy("Case manager"),
    Role.DEMOCRATIC_SERVICES: gettext_lazy("Democratic services officer"),
    Role.MONITOR: gettext_lazy("Monitor"),
    Role.LEAD_INSPECTOR: gettext_lazy("Lead inspector"),
    Role.INSPECTOR: gettext_lazy("Inspector"),
    Role.LOCAL_ASSESSOR: gettext_lazy("Local assessor"),
    Role.ANALYST: gettext_lazy("Analyst"),
    Role.ADMINISTRATOR: gettext_lazy("Administrator"),
}
#: what each role is for, beside it where it is given
ABOUT_ROLES = {
    Role.HEAD_OF_SERVICE: gettext_lazy("Answers for the service, supplies case lists, answers drafts, manages people"),
    Role.QUALITY_MANAGER: gettext_lazy("Runs the service’s own audits and reads its judgements"),
    Role.CASE_MANAGER: gettext_lazy("Sees what is said of the cases they manage, once it may be seen"),
    Role.DEMOCRATIC_SERVICES: gettext_lazy("Writes committee reports; sees no case"),
    Role.MONITOR: gettext_lazy("Follows the service for an outside body; sees no case"),
    Role.LEAD_INSPECTOR: gettext_lazy("Leads the inspection and its moderation"),
    Role.INSPECTOR: gettext_lazy("Reads all cases of the inspection and judges those allocated"),
    Role.LOCAL_ASSESSOR: gettext_lazy("Reads and judges only the cases allocated to them"),
    Role.ANALYST: gettext_lazy("Sees scores, never a case"),
    Role.ADMINISTRATOR: gettext_lazy("Manages people and settings; sees no case"),
}


def role_words(role: str) -> str:
    return str(ROLES[Role(role)])


def place_name(place: Place) -> str:
    """What a place is called in a sentence."""
    if isinstance(place, Inspection):
        return f"{inspection_name(place)}, {place.service.name}"
    return place.name


@dataclass(frozen=True, slots=True)
class Ways:
    """The addresses of one place's people, by what is done there; the same pages serve all three kinds of place."""

    place: Place

    @property
    def kind(self) -> HeldAt:
        return held_at(self.place)

    @property
    def roles(self) -> tuple[Role, ...]:
        return roles_held_at(self.kind)

    def to(self, what: str, *more: int) -> str:
        own = self.place.pk if isinstance(self.place, Inspection) else self.place.slug
        return reverse(f"{self.kind.value}-{what}", args=[own, *more])

    @property
    def people(self) -> str:
        return self.to("people")

    @property
    def invite(self) -> str:
        return self.to("invite")

    @property
    def give(self) -> str:
        return self.to("give-role")

    @property
    def letters(self) -> str:
        return self.to("letters")

    @property
    def title(self) -> str:
        if self.kind is HeldAt.INSPECTION:
            return _("The team")
        return _("People and rights")

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        if isinstance(self.place, Inspection):
            return to_inspection(self.place)
        return to_service(self.place) if isinstance(self.place, Service) else to_home()

    @property
    def crumbs_below(self) -> tuple[Crumb, ...]:
        return (*self.crumbs, Crumb(self.title, self.people))


@dataclass(frozen=True, slots=True)
class HeldRow:
    words: str
    detail: str
    since: str
    end: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person with every role they hold at a place."""

    name: str
    email: str
    disabled: bool
    roles: tuple[HeldRow, ...]


def people_rows(held: Sequence[Held], ways: Ways) -> tuple[Person, ...]:
    """Everybody who holds a role, in the order given, which keeps one person's roles together."""

    def row(one: Held) -> HeldRow:
        since = date_format(localtime(one.given_at), "j F Y")
        return HeldRow(role_words(one.role), role_detail(one), since, ways.to("end-role", one.pk))

    def person(user: User, roles: Sequence[Held]) -> Person:
        return Person(user.name, user.email, not user.is_active, tuple(map(row, roles)))

    grouped = groupby(held, key=lambda one: one.user)
    return tuple(person(user, list(roles)) for user, roles in grouped)


def role_detail(one: Held) -> str:
    """The staff code of a case manager, the body of a monitor."""
    if code := getattr(one, "staff_code", ""):
        return _("staff code {code}").format(code=code)
    return body_name(getattr(one, "body", ""))


@dataclass(frozen=True, slots=True)
class Invited:
    email: str
    letter: str
    roles: str
    by: str
    until: str
    late: bool
    withdraw: str


def invited_rows(invitations: Sequence[Invitation], ways: Ways) -> tuple[Invited, ...]:
    return tuple(
        Invited(
            one.email,
            _letter_of(one),
            ", ".join(map(role_words, one.roles)),
            one.by.name if one.by else _("the command line"),
            date_format(localtime(one.expires_at), "j F Y, H:i"),
            not works(one),
            ways.to("withdraw-invitation", one.pk),
        )
        for one in invitations
    )


def _letter_of(invitation: Invitation) -> str:
    letter = getattr(invitation, "letter", None)
    return (
        _("Letter {state}").format(state=letter_words(letter)) if letter else _("No letter: the link was handed over")
    )
