"""A case's dates, classes, facts and answers in words, as the form and the list of cases say them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from aboveline.domain.applicability import CASE_FACTS
from aboveline.domain.framework import Framework
from aboveline.domain.judgement import Flag
from aboveline.records.models.assessment import FindingFields, JudgementFields
from aboveline.web.components import SummaryRow
from aboveline.web.presenters.wording import said

AGE_BANDS = ((10, 11), (12, 13), (14, 15), (16, 17))


def moment_words(moment: datetime) -> str:
    """The time, with its day where that is not today."""
    local = localtime(moment)
    return f"{local:%H:%M}" if local.date() == localdate() else date_format(local, "j F Y, H:i")


def saved_words(row: JudgementFields | FindingFields) -> str:
    """When an answer or a fact was saved, and by whom."""
    return _("Saved %(when)s by %(author)s") % {"when": moment_words(row.saved_at), "author": row.author.name}


def given_words(framework: Framework, id: str, values: Mapping[str, str]) -> list[str]:
    """An answer in lines: what, why not applicable, note, what would have made it sufficient."""
    answer, reason = values.get("answer") or "not_answered", values.get("reason", "")
    lines = [said(framework.answers[answer])] if answer in framework.answers else []
    lines += filter(None, [reason_words(framework, reason)])
    if values.get("note"):
        lines.append(_("Note: %(note)s") % {"note": values["note"]})
    if values.get("improvement"):
        lines.append(_("What would have made it sufficient: %(text)s") % {"text": values["improvement"]})
    if values.get("evidence"):
        lines.append(_("Where it is seen: %(text)s") % {"text": values["evidence"]})
    lines += filter(None, [flag_words(values.get("flag", ""))])
    return lines


def flag_words(flag: str) -> str:
    """What an answer is put forward as; empty where it is not."""
    return {Flag.GOOD_PRACTICE.value: _("Good practice"), Flag.CONCERN.value: _("A concern")}.get(flag, "")


def reason_words(framework: Framework, reason: str) -> str:
    """Why not applicable, in words."""
    if reason == CASE_FACTS:
        return _("The case facts rule it out")
    return next((said(one.name) for one in framework.not_applicable_reasons if one.id == reason), "")


def option_words(framework: Framework, id: str, values: Mapping[str, str]) -> list[str]:
    """A case fact's option."""
    options = next(fact.options for fact in framework.case_facts if fact.id == id)
    names = (said(option.name) for option in options if option.id == values.get("option"))
    return [next(names, _("Not known yet"))]


def attribute_rows(attributes: Mapping[str, Any], framework: Framework) -> list[SummaryRow]:
    """What the case list says of a case: never a name, nor the service's own reference. Only what is known."""
    order = framework.order_type_by_id.get(attributes.get("order_type", ""))
    rows = (
        (_("Order"), said(order.name) if order else ""),
        (_("From"), _day(attributes.get("order_start"))),
        (_("To"), _day(attributes.get("order_end"))),
        (_("Age at the start"), _age_band(attributes.get("age"))),
        (_("Risk of serious harm, as the case list says"), _class(attributes.get("risk_of_harm"))),
        (_("Safety, as the case list says"), _class(attributes.get("safety"))),
    )
    return [SummaryRow(key, value) for key, value in rows if value]


def _day(value: Any) -> str:
    try:
        return date_format(date.fromisoformat(str(value or "")), "j F Y")
    except ValueError:
        return ""


def _age_band(value: Any) -> str:
    if not str(value or "").isdecimal():
        return ""
    age = int(value)
    if age > AGE_BANDS[-1][1]:
        return _("18 or over")
    return next((f"{low}–{high}" for low, high in AGE_BANDS if low <= age <= high), "")


def _class(value: Any) -> str:
    names = {
        "low": _("Low"),
        "medium": _("Medium"),
        "high": _("High"),
        "very_high": _("Very high"),
        "not_assessed": _("Not assessed"),
    }
    return names.get(str(value or ""), "")
