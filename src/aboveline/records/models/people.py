"""People, services and who is what: a role is always held at one service or in one inspection, never everywhere."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class Role(models.TextChoices):
    HEAD_OF_SERVICE = "head_of_service", "Head of service"
    QUALITY_MANAGER = "quality_manager", "Quality manager"
    DEMOCRATIC_SERVICES = "democratic_services", "Democratic services officer"
    LEAD_INSPECTOR = "lead_inspector", "Lead inspector"
    ASSESSOR = "assessor", "Assessor"


SERVICE_ROLES = (Role.HEAD_OF_SERVICE, Role.QUALITY_MANAGER, Role.DEMOCRATIC_SERVICES)
TEAM_ROLES = (Role.LEAD_INSPECTOR, Role.ASSESSOR)


class User(AbstractBaseUser):
    """Someone who signs in, known by an e-mail address."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

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


class ServiceRole(models.Model):
    """One person's role at one service."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="service_roles")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=40, choices=[(r.value, r.label) for r in SERVICE_ROLES])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "service", "role"], name="one_service_role")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} at service {self.service_id}"


class TeamRole(models.Model):
    """One person's role in the team of one inspection."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="team_roles")
    inspection = models.ForeignKey("records.Inspection", on_delete=models.PROTECT, related_name="team")
    role = models.CharField(max_length=40, choices=[(r.value, r.label) for r in TEAM_ROLES])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "inspection", "role"], name="one_team_role")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} in inspection {self.inspection_id}"
