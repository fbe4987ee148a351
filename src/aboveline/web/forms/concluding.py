"""Forms from moderation to publication: findings and statement, marks and bands, the draft and points on it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.framework import Framework
from aboveline.records.models import BandOverride, DraftPoint, Finding, ScoreMark
from aboveline.web.forms.choices import offer
from aboveline.web.forms.clock import ClockField
from aboveline.web.forms.date_parts import DatePartsField
from aboveline.web.forms.kept import KeptForm
from aboveline.web.forms.keyed import KeyedForm
from aboveline.web.presenters.wording import said

NO_CHILD = gettext_lazy("It will be public: write nothing by which a child could be known")


def _long(label: Any, rows: int = 4, limit: int = 2000, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=limit, **options)


class FindingForm(KeptForm):
    """A finding; `to` is asked of a recommendation, and only there kept."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[
            (Finding.Kind.STRENGTH, gettext_lazy("A strength")),
            (Finding.Kind.IMPROVEMENT, gettext_lazy("An area for improvement")),
            (Finding.Kind.RECOMMENDATION, gettext_lazy("A recommendation")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is")},
    )
    to = forms.ChoiceField(
        label=gettext_lazy("To whom, where it is a recommendation"),
        choices=[
            ("", gettext_lazy("No recommendation")),
            (Finding.To.SERVICE, gettext_lazy("The service")),
            (Finding.To.BOARD, gettext_lazy("The management board")),
            (Finding.To.PARTNER, gettext_lazy("A partner")),
        ],
        required=False,
    )
    text = _long(
        gettext_lazy("The finding"), help_text=NO_CHILD,
        error_messages={"required": gettext_lazy("Write the finding")},
    )  # fmt: skip
    place = forms.IntegerField(
        label=gettext_lazy("Place among its kind"), min_value=1, max_value=99, initial=1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )  # fmt: skip
    withdrawn = forms.BooleanField(label=gettext_lazy("Withdraw it"), required=False)
    columns: ClassVar[Mapping[str, str]] = {"to": "to", "text": "text", "place": "place", "withdrawn": "withdrawn"}

    def __init__(self, *args: Any, finding: Finding | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.finding = finding
        del self.fields["kind" if finding else "withdrawn"]

    @property
    def kind_given(self) -> str:
        return self.finding.kind if self.finding else str(self.cleaned_data.get("kind", ""))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.kind_given == Finding.Kind.RECOMMENDATION and not data.get("to"):
            self.add_error("to", _("Choose to whom the recommendation is made"))
        if self.kind_given != Finding.Kind.RECOMMENDATION:
            data["to"] = ""
        return data


class StatementForm(KeptForm):
    verdict = forms.CharField(label=gettext_lazy("Verdict, in one sentence"), max_length=300, required=False)
    statement = _long(gettext_lazy("Statement"), 8, 10000, help_text=NO_CHILD, required=False)
    method = _long(gettext_lazy("How the inspection was done"), 6, 10000, required=False)
    quality = _long(gettext_lazy("What readers should know of the quality of these results"), 6, 10000, required=False)
    columns: ClassVar[Mapping[str, str]] = {n: n for n in ("verdict", "statement", "method", "quality")}


class MarkForm(KeptForm):
    """How one score is shown."""

    state = forms.ChoiceField(
        label=gettext_lazy("How the score is shown"),
        choices=[
            (ScoreMark.State.SHOWN, gettext_lazy("As computed")),
            (ScoreMark.State.PROVISIONAL, gettext_lazy("As provisional, with the reason")),
            (ScoreMark.State.WITHHELD, gettext_lazy("Not at all: withheld, with the reason")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how the score is shown")},
    )
    reason = _long(gettext_lazy("Reason, as readers will see it"), 3, 1000, help_text=NO_CHILD, required=False)
    columns: ClassVar[Mapping[str, str]] = {"state": "state", "reason": "reason"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("state") not in (None, ScoreMark.State.SHOWN) and not data.get("reason"):
            self.add_error("reason", _("Say why"))
        return data


class BandForm(KeyedForm):
    """Another band for a score."""

    band = forms.ChoiceField(
        label=gettext_lazy("Band to put in place of the computed one"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a band")},
    )
    reason = _long(gettext_lazy("Reason"), error_messages={"required": gettext_lazy("Say why")})

    def __init__(self, *args: Any, framework: Framework, computed: str, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "band", [(band.id, said(band.name)) for band in framework.bands if band.id != computed])

    @property
    def body(self) -> dict[str, Any]:
        return self.given


class DecideBandForm(KeptForm):
    """What becomes of a proposed band; `own` is whether the person proposed it, who may only withdraw it."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What is decided"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is decided")},
    )
    columns: ClassVar[Mapping[str, str]] = {"outcome": "outcome"}

    def __init__(self, *args: Any, own: bool, confirmed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        withdraw = (BandOverride.Outcome.WITHDRAWN, _("Withdraw it: the computed band stands"))
        others = [
            (BandOverride.Outcome.CONFIRMED, _("Confirm it: I am the second person")),
            (BandOverride.Outcome.DECLINED, _("Decline it: the computed band stands")),
        ]
        offer(self, "outcome", [withdraw] if own or confirmed else others)


class PointForm(KeyedForm):
    """One point of the service on the draft."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[
            (DraftPoint.Kind.FACT, gettext_lazy("A fact in the draft is wrong")),
            (DraftPoint.Kind.CHALLENGE, gettext_lazy("We challenge a judgement")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is")},
    )
    where = forms.CharField(
        label=gettext_lazy("Where in the draft"), max_length=200,
        error_messages={"required": gettext_lazy("Say where in the draft")},
    )  # fmt: skip
    draft_says = _long(
        gettext_lazy("What the draft says"), 3, error_messages={"required": gettext_lazy("Write what the draft says")}
    )
    service_says = _long(
        gettext_lazy("What you say"), 4, 4000, help_text=gettext_lazy("Do not name a child"),
        error_messages={"required": gettext_lazy("Write what you say")},
    )  # fmt: skip
    evidence = _long(
        gettext_lazy("What shows it"), 3, 4000, error_messages={"required": gettext_lazy("Say what shows it")}
    )

    @property
    def body(self) -> dict[str, Any]:
        return self.given


class OutcomeForm(KeptForm):
    """What becomes of a point, and why."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=[
            (DraftPoint.Outcome.ACCEPTED, gettext_lazy("Accepted: the draft will be changed")),
            (DraftPoint.Outcome.PARTLY, gettext_lazy("Partly accepted")),
            (DraftPoint.Outcome.DECLINED, gettext_lazy("Not accepted")),
            (DraftPoint.Outcome.NOT_A_FACT, gettext_lazy("Not a point of fact: it is about a judgement")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose an outcome")},
    )
    reason = _long(gettext_lazy("Reason"), 4, 4000, error_messages={"required": gettext_lazy("Give the reason")})
    columns: ClassVar[Mapping[str, str]] = {"outcome": "outcome", "reason": "reason"}


class ActForm(KeyedForm):
    """A step that asks for nothing but the version of what was seen."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=80)

    @property
    def body(self) -> dict[str, Any]:
        return self.given


class ReasonForm(ActForm):
    why = _long(gettext_lazy("Why"), 3, 200, error_messages={"required": gettext_lazy("Say why")})


class SendForm(ActForm):
    answer_by = DatePartsField(
        label=gettext_lazy("Last day for the service to answer"),
        error_messages={"required": gettext_lazy("Give the last day to answer")},
    )

    def clean_answer_by(self) -> date:
        last: date = self.cleaned_data["answer_by"]
        if last < timezone.localdate():
            raise forms.ValidationError(_("The last day must not be in the past"))
        return last


class PublishForm(ActForm):
    """The moment; both parts empty is at once. A further version also says why."""

    day = DatePartsField(label=gettext_lazy("Day, empty for at once"), required=False)
    time = ClockField(label=gettext_lazy("Time of day, empty for 00:01"), required=False)
    reason = _long(gettext_lazy("What is corrected, and why"), 4, 2000, required=False)

    def __init__(self, *args: Any, correction: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if correction:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = _("Say what is corrected, and why")
        else:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        day = data.get("day")
        if data.get("time") and not day:
            self.add_error("day", _("Give the day too"))
        if day and day < timezone.localdate():
            self.add_error("day", _("The day must not be in the past"))
        return data
