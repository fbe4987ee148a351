"""Inviting people and giving roles."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.roles import Role
from aboveline.jobs.outside_bodies import outside_bodies
from aboveline.records.models import Service, User
from aboveline.records.models.accounts import Place
from aboveline.records.queries.people import holder_of
from aboveline.web.forms.choices import offer
from aboveline.web.forms.keyed import KeyedForm
from aboveline.web.presenters.people import ABOUT_ROLES, ROLES


class RolesForm(KeyedForm):
    """Which roles, of those held at a kind of place, and what two of them need beside them."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one role")},
    )
    staff_code = forms.CharField(
        label=gettext_lazy("Staff code of a case manager"),
        help_text=gettext_lazy("How your case lists name them, so that they find their own cases; not a name"),
        required=False,
        max_length=60,
    )
    body = forms.ChoiceField(label=gettext_lazy("Body that a monitor is from"), required=False)

    def __init__(self, *args: Any, roles: Sequence[Role], place: Place, **options: Any) -> None:
        super().__init__(*args, **options)
        self.place = place
        offer(self, "roles", [(role.value, f"{ROLES[role]}: {ABOUT_ROLES[role]}") for role in roles])
        offer(self, "body", [("", _("None")), *((body.id, body.name) for body in outside_bodies())])
        if Role.CASE_MANAGER not in roles:
            del self.fields["staff_code"], self.fields["body"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if Role.CASE_MANAGER.value in data.get("roles", ()) and isinstance(self.place, Service):
            self._check_code(self.place, data.get("staff_code", ""))
        if Role.MONITOR.value in data.get("roles", ()) and not data.get("body"):
            self.add_error("body", _("Choose the body that the monitor is from"))
        return data

    def _check_code(self, service: Service, staff_code: str) -> None:
        if not staff_code:
            self.add_error("staff_code", _("Enter the code by which your case lists name the case manager"))
        holder = holder_of(service, staff_code)
        if holder and not self._is_meant(holder):
            words = _("Your case lists name {name} by this code. Take that role away first, or use another code")
            self.add_error("staff_code", words.format(name=holder.name))

    def _is_meant(self, person: User) -> bool:
        """Whether the roles are for this person."""
        raise NotImplementedError

    @property
    def given_roles(self) -> list[Role]:
        return [Role(value) for value in self.cleaned_data["roles"]]

    @property
    def beside(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in ("staff_code", "body")}


class InviteForm(RolesForm):
    email = forms.EmailField(
        label=gettext_lazy("Their email address at work"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Enter their email address"),
            "invalid": gettext_lazy("Enter an email address like name@example.gov.uk"),
        },
    )
    field_order = ("email", "roles", "staff_code", "body")

    def _is_meant(self, person: User) -> bool:
        return person.email == str(self.cleaned_data.get("email", "")).lower()


class GiveForm(RolesForm):
    """Roles for somebody who is here already."""

    person = forms.ChoiceField(
        label=gettext_lazy("Person"), error_messages={"required": gettext_lazy("Choose a person")}
    )
    field_order = ("person", "roles", "staff_code", "body")

    def __init__(self, *args: Any, people: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in people}
        names = Counter(one.name for one in self.people.values())
        named = [(pk, one.name if names[one.name] == 1 else one.email) for pk, one in self.people.items()]
        offer(self, "person", [("", _("Choose a person")), *named])

    def _is_meant(self, person: User) -> bool:
        return str(person.pk) == self.cleaned_data.get("person")

    @property
    def given_person(self) -> User:
        return self.people[self.cleaned_data["person"]]
