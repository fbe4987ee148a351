"""What pages say from findings to publication: who signed, what has changed since, and what is to be done next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.signing import Part
from aboveline.domain.workflow import MoveRefused, Stage
from aboveline.jobs.publishing import moves_open, waits_for
from aboveline.records.actions.publishing import NeedsReason, NotSigned, OutAlready
from aboveline.records.actions.saving import Stale
from aboveline.records.actions.signing import MayNotSign, NotRead
from aboveline.records.models import Finding, Inspection, Publication, Statement, User
from aboveline.records.queries.publishing import stage_now
from aboveline.records.queries.signing import (
    authored_parts,
    digests_of_parts,
    parts_read_by,
    sign_off_of,
    sign_offs_of,
)
from aboveline.web.components import Cell, Column, SummaryRow, Table
from aboveline.web.presenters.caseloads import moment
from aboveline.web.presenters.published import FINDING_KINDS, TO
from aboveline.web.presenters.wording import listed, said, sentence_case
from aboveline.web.presenters.work import Link

PARTS: Mapping[Part, object] = {
    Part.JUDGEMENTS: gettext_lazy("Scores from the judgements"),
    Part.MODERATION: gettext_lazy("What moderation decided"),
    Part.FINDINGS: gettext_lazy("Findings"),
    Part.STATEMENT: gettext_lazy("Verdict and statement"),
}
STAGES: Mapping[Stage, object] = {
    Stage.SET_UP: gettext_lazy("It is being set up."),
    Stage.FIELDWORK: gettext_lazy("Fieldwork is going on."),
    Stage.MODERATION: gettext_lazy("It is in moderation."),
    Stage.SIGNED: gettext_lazy("It was signed off."),
    Stage.WITH_SERVICE: gettext_lazy("The draft is with the service."),
    Stage.PUBLISHED: gettext_lazy("It is published."),
}


@dataclass(frozen=True)
class Signature:
    """Whether a sign-off stands, in a sentence; `void` where there was one that does not."""

    sentence: str
    stands: bool
    void: bool


def signature(inspection: Inspection) -> Signature:
    now = sign_off_of(inspection)
    if now.row is None:
        return Signature(_("Nobody has signed it off yet."), stands=False, void=False)
    who, when = now.row.signed_by.name, moment(now.row.signed_at)
    if now.stands:
        words = _("{who} signed it off as it stands, on {when}.").format(who=who, when=when)
        return Signature(words, stands=True, void=False)
    why = now.row.voided_why or _("these parts were changed: {parts}").format(parts=part_names(now.changed))
    words = _("The sign-off of {who} on {when} is void: {why}.").format(who=who, when=when, why=why)
    return Signature(words, stands=False, void=True)


def part_names(parts: Iterable[Part]) -> str:
    return listed([str(PARTS[part]) for part in parts])


def voids(inspection: Inspection) -> str:
    """What a person is told before they change what was signed."""
    return _("It is signed off: saving a change voids that.") if sign_off_of(inspection).stands else ""


def refusal(refused: Exception) -> str:
    """Why a step was refused, in words."""
    if isinstance(refused, MayNotSign):
        words = _("You cannot sign it off: you had a hand in {parts}. Somebody who wrote none of it signs.")
        return words.format(parts=part_names(sorted(refused.parts, key=list(Part).index)))
    if isinstance(refused, NotRead):
        return _("Read these parts first, as they stand now: {parts}").format(parts=part_names(refused.parts))
    if isinstance(refused, Stale):
        return _("It was changed meanwhile, or done already. Go back, look at it as it is now, and do it again")
    told: dict[type[Exception], str] = {
        NotSigned: _("It is not signed off as it stands"),
        NeedsReason: _("Say what is corrected, and why"),
        OutAlready: _("It is public already: correct it instead"),
    }
    if isinstance(refused, MoveRefused):
        return said(refused.reason)
    return told.get(type(refused), str(refused))


def finding_groups(inspection: Inspection, rows: Iterable[Finding]) -> tuple[Table, ...]:
    """A table for each kind of finding there is."""
    found = list(rows)
    columns = (
        Column("text", _("Finding")),
        Column("to", _("To whom")),
        Column("by", _("Last changed by")),
    )
    tables = []
    for kind, heading in FINDING_KINDS.items():
        cells = tuple(_finding_row(inspection, row) for row in found if row.kind == kind)
        if cells:
            tables.append(Table(f"findings-{kind}", str(heading), columns, cells))
    return tuple(tables)


def _finding_row(inspection: Inspection, row: Finding) -> tuple[Cell, ...]:
    href = reverse("finding", args=[inspection.pk, row.pk])
    to = str(TO.get(row.to, "–"))
    return Cell(row.text, href=href), Cell(to), Cell(row.changed_by.name, detail=moment(row.changed_at))


def statement_rows(inspection: Inspection, row: Statement | None) -> tuple[SummaryRow, ...]:
    change = reverse("statement", args=[inspection.pk])
    parts = (
        (_("Verdict"), "verdict"),
        (_("Statement"), "statement"),
        (_("Method"), "method"),
        (_("Quality of these results"), "quality"),
    )
    nothing = _("Not written yet")
    return tuple(SummaryRow(key, (getattr(row, name) if row else "") or nothing, change) for key, name in parts)


@dataclass(frozen=True)
class SigningPage:
    """What keeps a person from signing, the parts with whether they read them, and earlier sign-offs."""

    wrote: str
    parts: Table
    ready: bool
    history: Table


def signing_page(inspection: Inspection, user: User) -> SigningPage:
    now = digests_of_parts(inspection)
    read, wrote = parts_read_by(user, inspection, now), authored_parts(user, inspection)
    columns = (Column("part", _("Part")), Column("read", _("Read by you as it stands")))
    rows = tuple(
        (
            Cell(str(PARTS[part]), href=reverse("sign-off-part", args=[inspection.pk, part.value])),
            Cell(_("Yes") if part in read else _("Not yet")),
        )
        for part in Part
    )
    return SigningPage(
        wrote=part_names(part for part in Part if part in wrote),
        parts=Table("parts", _("What is signed"), columns, rows),
        ready=not wrote and len(read) == len(Part),
        history=_history(inspection),
    )


def _history(inspection: Inspection) -> Table:
    columns = (Column("who", _("Signed by")), Column("when", _("When")), Column("void", _("Void since")))
    rows = tuple(
        (
            Cell(row.signed_by.name),
            Cell(moment(row.signed_at)),
            Cell(moment(row.voided_at), detail=row.voided_why) if row.voided_at else Cell("–"),
        )
        for row in sign_offs_of(inspection)
    )
    return Table("sign-offs", _("Every sign-off"), columns, rows)


@dataclass(frozen=True)
class PublicationPage:
    sentence: str
    steps: tuple[Link, ...]
    versions: Table
    waits: str = ""


def coming(publication: Publication) -> bool:
    """Whether it is still to come out."""
    return publication.called_off_at is None and publication.publish_at > timezone.now()


def publication_page(inspection: Inspection, publications: Sequence[Publication]) -> PublicationPage:
    stage = stage_now(inspection)
    waiting = any(coming(one) for one in publications)
    sentence = str(STAGES[stage])
    if waiting:
        sentence = _("It comes out at its moment, unless it is called off or changed before.")
    waits = "" if waiting else sentence_case(said(waits_for(inspection)))
    return PublicationPage(sentence, _steps(inspection, stage, waiting), _versions(publications), waits)


def _steps(inspection: Inspection, stage: Stage, waiting: bool) -> tuple[Link, ...]:
    """What can be done now, the way forward first."""
    if waiting:
        return (_link(inspection, _("Call the publication off"), "call-off"),)
    if stage is Stage.PUBLISHED:
        return (_link(inspection, _("Begin a correction"), "correct"),)
    to = moves_open(inspection)
    steps = []
    if stage is Stage.FIELDWORK and Stage.MODERATION in to:
        steps.append(_link(inspection, _("Close the fieldwork and moderate"), "moderate-now"))
    if stage in (Stage.MODERATION, Stage.SIGNED):
        steps.append(_link(inspection, _("Sign-off"), "sign-off"))
    if Stage.WITH_SERVICE in to:
        steps.append(_link(inspection, _("Send the draft to the service"), "send-draft"))
    if stage is Stage.WITH_SERVICE:
        steps.append(_link(inspection, _("The draft, and what the service says of it"), "draft"))
    if Stage.PUBLISHED in to:
        steps.append(_link(inspection, _("Publish"), "publish"))
    if stage in (Stage.SIGNED, Stage.WITH_SERVICE):
        steps.append(_link(inspection, _("Back to moderation"), "moderate-now"))
    return tuple(steps)


def _link(inspection: Inspection, text: str, name: str) -> Link:
    return Link(text, reverse(name, args=[inspection.pk]))


def _versions(publications: Sequence[Publication]) -> Table:
    columns = (
        Column("version", _("Version")),
        Column("moment", _("Public from")),
        Column("state", _("State")),
        Column("by", _("Decided by")),
    )
    rows = tuple(
        (_version(one), Cell(moment(one.publish_at)), _state(one), Cell(one.decided_by.name)) for one in publications
    )
    return Table("versions", _("Versions"), columns, rows)


def _version(one: Publication) -> Cell:
    public = one.called_off_at is None and not coming(one)
    href = reverse("published-version", args=[one.inspection_id, one.ordinal]) if public else ""
    return Cell(str(one.ordinal), href=href, detail=one.reason)


def _state(one: Publication) -> Cell:
    if one.called_off_at:
        return Cell(_("Called off"), detail=one.called_off_why)
    return Cell(_("Waits for its moment") if coming(one) else _("Public"))
