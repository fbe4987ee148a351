"""The words of a case list on screen: its fields, their codes, the reasons for leaving a case out or replacing it."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aboveline.domain.caseload import start_windows
from aboveline.domain.framework import Framework
from aboveline.domain.sampling import Method
from aboveline.web.presenters.wording import day_of, said

FIELD_WORDS: Mapping[str, object] = {
    "case_ref": gettext_lazy("Case reference"),
    "order_type": gettext_lazy("Order type"),
    "order_start": gettext_lazy("Start of the order"),
    "order_end": gettext_lazy("End of the order"),
    "age": gettext_lazy("Age at the start"),
    "sex": gettext_lazy("Sex"),
    "ethnicity": gettext_lazy("Ethnicity"),
    "risk_of_harm": gettext_lazy("Risk of harm to others"),
    "safety": gettext_lazy("Vulnerability or safety"),
    "looked_after": gettext_lazy("Looked-after child"),
    "team": gettext_lazy("Team"),
    "case_manager": gettext_lazy("Case manager"),
}
CODE_WORDS: Mapping[str, object] = {
    "male": gettext_lazy("Male"),
    "female": gettext_lazy("Female"),
    "other": gettext_lazy("Other"),
    "not_known": gettext_lazy("Not known"),
    "white": gettext_lazy("White"),
    "mixed": gettext_lazy("Mixed"),
    "asian": gettext_lazy("Asian"),
    "black": gettext_lazy("Black"),
    "low": gettext_lazy("Low"),
    "medium": gettext_lazy("Medium"),
    "high": gettext_lazy("High"),
    "very_high": gettext_lazy("Very high"),
    "not_assessed": gettext_lazy("Not assessed"),
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
}
METHOD_WORDS: Mapping[str, object] = {
    Method.CUBE: gettext_lazy("Cube"),
    Method.STRATIFIED: gettext_lazy("Stratified"),
    Method.SIMPLE: gettext_lazy("Simple"),
}
METHOD_SENTENCES: Mapping[str, object] = {
    Method.CUBE: gettext_lazy(
        "Cube (the usual choice): the sample resembles the caseload in many ways at once, and every case has the same "
        "chance"
    ),
    Method.STRATIFIED: gettext_lazy("Stratified: each order type has its share of the sample; chance decides the rest"),
    Method.SIMPLE: gettext_lazy("Simple: chance alone decides, as in drawing lots"),
}
REASON_WORDS: Mapping[str, object] = {
    "not_eligible": gettext_lazy("The case turned out not to be eligible"),
    "transferred": gettext_lazy("The case was transferred to another area"),
    "file_not_available": gettext_lazy("The case file cannot be had in time"),
    "conflict_of_interest": gettext_lazy("No assessor without an interest in the case is available"),
    "sensitive": gettext_lazy("Reading the case now could do harm (for example, a live trial or a death)"),
    "other": gettext_lazy("Another reason"),
}


def field_words(name: str) -> str:
    return str(FIELD_WORDS.get(name, name))


def order_words(framework: Framework, order_type: str) -> str:
    order = framework.order_type_by_id.get(order_type)
    return said(order.name) if order else order_type


def code_words(framework: Framework, field: str, code: str) -> str:
    """A value of a case list in words; a team or a group of ages is its own."""
    if field == "order_type":
        return order_words(framework, code)
    return str(CODE_WORDS.get(code, code))


def exclusion_words(framework: Framework, as_at: date, reason: str) -> str:
    """Why cases could not be drawn."""
    windows = start_windows(framework, as_at)
    if reason == "order_type":
        return _("The framework does not inspect this type of order")
    if reason == "started_too_early":
        before = _("The order started before {day}").format(day=day_of(windows[0][0]))
        return before if len(windows) == 1 else _("The order started longer ago than the framework takes for its type")
    if reason == "started_too_late":
        after = _("The order started after {day}").format(day=day_of(windows[0][1]))
        return (
            after if len(windows) == 1 else _("The order started more recently than the framework takes for its type")
        )
    return reason


def method_words(method: str) -> str:
    return str(METHOD_WORDS.get(method, method))


def reason_words(reason: str) -> str:
    return str(REASON_WORDS.get(reason, reason))


def whole_percent(share: float) -> str:
    """A share as a whole percent, rounded half up."""
    return f"{int(100 * share + 0.5)}%"


def cases_words(count: int) -> str:
    return ngettext("{count} case", "{count} cases", count).format(count=f"{count:,}")


def breakable(text: str) -> SafeString:
    """Escaped, with places inside its long words where a narrow screen may break them; it copies as it is."""
    words = (re.findall(r"[^_]{1,16}_?|_", word) if len(word) > 16 else [word] for word in text.split(" "))
    return mark_safe(" ".join("<wbr>".join(map(escape, parts)) for parts in words))  # noqa: S308 - escaped just here
