"""The certificate of a draw on a page that prints well: all that anyone needs to draw it again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from aboveline.domain.certificate import VERSION
from aboveline.domain.framework import Framework
from aboveline.domain.problems import Checked, Problem
from aboveline.domain.sampling import BalanceRow
from aboveline.domain.sampling import Draw as DrawValue
from aboveline.records.models import AuditEvent, Draw, DrawnCase
from aboveline.web.components import SummaryRow, Table
from aboveline.web.presenters.case_words import breakable, exclusion_words, field_words, method_words, reason_words
from aboveline.web.presenters.caseloads import moment
from aboveline.web.presenters.samples import balance_as_table, balance_sentence
from aboveline.web.presenters.wording import day_of, inspection_name, listed, said


@dataclass(frozen=True, slots=True)
class Outcome:
    """What drawing again gave."""

    same: bool
    sentence: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """`command` draws again on another machine from the two files."""

    about: tuple[SummaryRow, ...]
    made_from: tuple[SummaryRow, ...]
    how: tuple[SummaryRow, ...]
    sample: tuple[str, ...]
    reserves: tuple[str, ...]
    replaced: tuple[str, ...]
    balance_sentence: str
    balance: Table
    command: str


def certificate_page(
    draw: Draw, framework: Framework, replaced: Iterable[DrawnCase], event: AuditEvent | None = None
) -> CertificatePage | None:
    """None where what is on record is no certificate of the kind that can be read here. `event` put it on the trail."""
    certificate = draw.certificate
    if certificate.get("version") != VERSION:
        return None
    balance = [BalanceRow(**row) for row in certificate["balance"]]
    return CertificatePage(
        about=_about(draw, framework, event),
        made_from=_made_from(draw, framework, certificate),
        how=_how(draw, certificate),
        sample=tuple(certificate["sample"]),
        reserves=tuple(certificate["reserves"]),
        replaced=tuple(_replaced(one) for one in replaced),
        balance_sentence=balance_sentence(framework, balance),
        balance=balance_as_table(framework, balance),
        command=f".venv/bin/aboveline sample caseload.csv --framework {framework.id} --verify certificate.json",
    )


def _about(draw: Draw, framework: Framework, event: AuditEvent | None) -> tuple[SummaryRow, ...]:
    inspection = draw.inspection
    rows = [
        SummaryRow(_("Service"), inspection.service.name),
        SummaryRow(_("Inspection"), inspection_name(inspection)),
        SummaryRow(_("Framework"), said(framework.title)),
        SummaryRow(_("Drawn"), _("{when} by {who}").format(when=moment(draw.drawn_at), who=draw.drawn_by)),
        SummaryRow(_("Draw"), _("number {ordinal} of this inspection").format(ordinal=draw.ordinal)),
    ]
    if event:
        words = _("event {number}, chain head {hash}").format(number=event.sequence, hash=event.hash)
        rows.append(SummaryRow(_("On the audit trail"), breakable(words)))
    if draw.reason:
        rows.append(SummaryRow(_("Why it was drawn again"), draw.reason))
    return tuple(rows)


def _made_from(draw: Draw, framework: Framework, certificate: Mapping[str, Any]) -> tuple[SummaryRow, ...]:
    rule = certificate["eligibility"]
    as_at = parse_date(certificate["as_at"]) or draw.inspection.held_on
    left_out = [f"{exclusion_words(framework, as_at, one['reason'])}: {one['count']:,}" for one in rule["exclusions"]]
    window = _("orders that started from {first} to {last}").format(
        first=_day(rule["earliest_start"]), last=_day(rule["latest_start"])
    )
    return (
        SummaryRow(_("Cases listed"), f"{certificate['caseload']['cases']:,}"),
        SummaryRow(
            _("Eligible"),
            _("{count} as at {day}: {window}").format(count=f"{rule['eligible']:,}", day=day_of(as_at), window=window),
        ),
        SummaryRow(_("Not eligible"), "; ".join(left_out) or _("none")),
        SummaryRow(_("Digest of the list"), breakable(certificate["caseload"]["digest"])),
        SummaryRow(_("Digest of the eligible cases"), breakable(certificate["draw"]["frame_digest"])),
        SummaryRow(_("Digest of the framework"), breakable(certificate["framework"]["digest"])),
    )


def _how(draw: Draw, certificate: Mapping[str, Any]) -> tuple[SummaryRow, ...]:
    made = certificate["draw"]
    rows = [
        SummaryRow(_("Method"), method_words(made["method"])),
        SummaryRow(_("Size"), _("{size} of {population}").format(size=made["size"], population=made["population"])),
        SummaryRow(_("Each case's chance"), f"{made['inclusion_probability']:.4f}"),
        SummaryRow(_("Seed"), breakable(made["seed"])),
        SummaryRow(_("Generator"), made["generator"]),
    ]
    if made["balance_on"]:
        rows.append(SummaryRow(_("Balanced on"), listed([field_words(name).lower() for name in made["balance_on"]])))
    if made["stratify_by"]:
        rows.append(SummaryRow(_("Stratified by"), field_words(made["stratify_by"]).lower()))
    versions = ", ".join(f"{name} {number}" for name, number in certificate["versions"].items())
    return (*rows, SummaryRow(_("Made with"), versions))


def _day(text: str) -> str:
    day = parse_date(text)
    return day_of(day) if day else text


def _replaced(drawn: DrawnCase) -> str:
    by = drawn.replaced_by.case.number if drawn.replaced_by else "–"
    return _("{out} by {reserve}: {reason}").format(
        out=drawn.case.number, reserve=by, reason=reason_words(drawn.reason)
    )


def outcome_of(checked: Checked[DrawValue]) -> Outcome:
    """What to say of a check."""
    if checked.ok:
        return Outcome(True, _("The draw was made again just now: the same cases and the same reserves came out."))
    return Outcome(False, _("Drawing again does not give this certificate."), checked.problems)
