"""What the service says of a draft, point by point, and what became of each."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.records.models import DraftPoint, Inspection
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.caseloads import moment

KINDS: Mapping[str, object] = {
    DraftPoint.Kind.FACT: gettext_lazy("Point of fact"),
    DraftPoint.Kind.CHALLENGE: gettext_lazy("Challenge"),
}
OUTCOMES: Mapping[str, object] = {
    "": gettext_lazy("Not decided yet"),
    DraftPoint.Outcome.ACCEPTED: gettext_lazy("Accepted"),
    DraftPoint.Outcome.PARTLY: gettext_lazy("Partly accepted"),
    DraftPoint.Outcome.DECLINED: gettext_lazy("Not accepted"),
    DraftPoint.Outcome.NOT_A_FACT: gettext_lazy("Not a point of fact"),
}


def points_table(inspection: Inspection, points: Iterable[DraftPoint], *, linked: bool) -> Table:
    """Every point; linked for those who decide on them."""
    columns = (
        Column("where", _("Where")),
        Column("draft", _("The draft says")),
        Column("service", _("The service says")),
        Column("evidence", _("What shows it")),
        Column("outcome", _("Outcome")),
    )
    rows = tuple(
        (
            Cell(
                row.where,
                href=reverse("draft-point", args=[inspection.pk, row.pk]) if linked else "",
                detail=f"{KINDS[row.kind]}, {row.made_by.name}, {moment(row.made_at)}",
            ),
            Cell(row.draft_says),
            Cell(row.service_says),
            Cell(row.evidence),
            Cell(str(OUTCOMES[row.outcome]), detail=row.reason),
        )
        for row in points
    )
    return Table("points", _("Points on the draft"), columns, rows)
