"""The way back up from a page: home, service, inspection, criterion, question."""

from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.domain.framework import Criterion
from aboveline.records.models import Inspection, Service
from aboveline.web.components import Crumb
from aboveline.web.presenters.wording import inspection_name


def to_home() -> tuple[Crumb, ...]:
    return (Crumb(_("Home"), reverse("home")),)


def to_account() -> tuple[Crumb, ...]:
    return (*to_home(), Crumb(_("Your account"), reverse("account")))


def to_service(service: Service) -> tuple[Crumb, ...]:
    return (*to_home(), Crumb(service.name, reverse("service", args=[service.slug])))


def to_inspection(inspection: Inspection) -> tuple[Crumb, ...]:
    return (
        *to_service(inspection.service),
        Crumb(inspection_name(inspection), reverse("inspection", args=[inspection.pk])),
    )


def to_criterion(inspection: Inspection, criterion: Criterion) -> tuple[Crumb, ...]:
    address = reverse("criterion", args=[inspection.pk, criterion.id])
    return (*to_inspection(inspection), Crumb(_("Criterion {id}").format(id=criterion.id), address))


def to_cases(inspection: Inspection) -> tuple[Crumb, ...]:
    return (*to_inspection(inspection), Crumb(_("Cases"), reverse("cases", args=[inspection.pk])))


def to_alerts(inspection: Inspection) -> tuple[Crumb, ...]:
    return (*to_inspection(inspection), Crumb(_("Alerts"), reverse("alerts", args=[inspection.pk])))


def to_frameworks() -> tuple[Crumb, ...]:
    return (*to_home(), Crumb(_("Frameworks"), reverse("frameworks")))
