"""People, services and who is what: a role is always held at one service or in one inspection, never everywhere."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from aboveline.domain.roles import HeldAt, Role, roles_held_at

#: words for the roles, as people read them
ROLE_WORDS: Mapping[Role, str] = {
    Role.HEAD_OF_SERVICE: "Head of service",
    Role.QUALITY_MANAGER: "Quality manager",
    Role.CASE_MANAGER: "Case manager",
    Role.DEMOCRATIC_SERVICES: "Democratic services officer",
    Role.MONITOR: "Monitor",
    Role.LEAD_INSPECTOR: "Lead inspector",
    Role.INSPECTOR: "Inspector",
    Role.LOCAL_ASSESSOR: "Local assessor",
    Role.ANALYST: "Analyst",
    Role.ADMINISTRATOR: "Administrator",
}
SERVICE_ROLES = roles_held_at(HeldAt.SERVICE)
TEAM_ROLES = roles_held_at(HeldAt.INSPECTION)
PROGRAMME_ROLES = roles_held_at(HeldAt.PROGRAMME)


def _choices(roles: Iterable[Role]) -> list[tuple[str, str]]:
    return [(role.value, ROLE_WORDS[role]) for role in roles]


class User(AbstractBaseUser):
    """Someone who signs in, known by an e-mail address."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    answer_keys = models.BooleanField(default=True, help_text="Single keys give answers on the case form")

    objects = BaseUserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """The youth justice service of one or more local authorities; what is inspected.

    `area` is the name under which published results list it, where that differs from the service's own name.
    """

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    area = models.CharField(max_length=200)
    region = models.CharField(max_length=100, blank=True)
    synthetic = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class HeldRole(models.Model):
    """A role as it is held at one place from when it is given until it is taken away; the row stays on record."""

    given_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class ServiceRole(HeldRole):
    """One person's role at one service.

    `staff_code` is how a case list names a case manager; `body` is the outside body a monitor comes from.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="service_roles")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=40, choices=_choices(SERVICE_ROLES))
    staff_code = models.CharField(max_length=60, blank=True)
    body = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "service", "role"], condition=models.Q(ended_at=None), name="one_service_role"
            ),
            models.UniqueConstraint(
                fields=["service", "staff_code"],
                condition=models.Q(ended_at=None) & ~models.Q(staff_code=""),
                name="one_person_per_staff_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} at service {self.service_id}"


class TeamRole(HeldRole):
    """One person's role in the team of one inspection."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="team_roles")
    inspection = models.ForeignKey("records.Inspection", on_delete=models.PROTECT, related_name="team")
    role = models.CharField(max_length=40, choices=_choices(TEAM_ROLES))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "inspection", "role"], condition=models.Q(ended_at=None), name="one_team_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} in inspection {self.inspection_id}"


class Programme(models.Model):
    """The inspections of one inspectorate that are compared with each other, under one framework."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    framework_id = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name


class ProgrammeRole(HeldRole):
    """One person's role in one programme."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="programme_roles")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=40, choices=_choices(PROGRAMME_ROLES))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "programme", "role"], condition=models.Q(ended_at=None), name="one_programme_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} in programme {self.programme_id}"
