"""What there is to do next in an inspection, and the links to it that a person may follow."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aboveline.domain.access import Action, Standing, reach_of
from aboveline.jobs.inspections import Progress
from aboveline.records.models import Inspection
from aboveline.records.queries.overview import Stage


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Task:
    """A thing to do, where it is done, and what it belongs to with the reason, where it needs one."""

    text: str
    href: str
    hint: str


def work_links(inspection: Inspection, standing: Standing, discussed: int = 0) -> tuple[Link, ...]:
    """The parts of an inspection besides its scores. `discussed` is how many discussions are open within reach."""
    own = [inspection.pk]
    parts = (
        (Action.SEE_INSPECTION, _("Where it is in its week"), reverse("week", args=own)),
        (Action.SEE_SAMPLE, _("Case list"), reverse("caseload", args=own)),
        (Action.SEE_LISTED, _("Sample"), reverse("sample", args=own)),
        (Action.LIST_CASES, _("Cases"), reverse("cases", args=own)),
        (Action.COMMENT, discussions_words(discussed), reverse("discussions", args=own)),
        (Action.SEE_SCORES, _("Results by team"), reverse("round-results", args=own)),
        (Action.SEE_CASES, _("Feedback to case managers"), reverse("manager-feedback", args=own)),
        (Action.IMPORT_JUDGEMENTS, _("Import judgements"), reverse("import-judgements", args=own)),
        (Action.FOLLOW_ALERT, _("Alerts"), reverse("alerts", args=own)),
        *_concluding(own),
        (Action.SEE_REPORT, _("Committee reports"), reverse("reports")),
        (Action.SEE_TRAIL, _("Audit trail"), reverse("inspection-trail", args=own)),
    )
    return _open(parts, standing)


def _concluding(own: list[int]) -> tuple[tuple[Action, str, str], ...]:
    """From moderation to publication."""
    return (
        (Action.MODERATE, _("Moderation"), reverse("moderation", args=own)),
        (Action.WRITE_FINDINGS, _("Findings"), reverse("findings", args=own)),
        (Action.SIGN_OFF, _("Sign-off"), reverse("sign-off", args=own)),
        (Action.SEE_DRAFT, _("Draft"), reverse("draft", args=own)),
        (Action.PUBLISH, _("Publication"), reverse("publication", args=own)),
    )


def week_links(inspection: Inspection, standing: Standing, discussed: int = 0) -> tuple[Link, ...]:
    """What belongs to an inspection's week: who reads what, who talks with whom, and what the meetings said."""
    own = [inspection.pk]
    again = inspection.kind == Inspection.Kind.REINSPECTION
    parts = (
        (Action.SEE_ALLOCATION, _("Who reads which case"), reverse("allocation", args=own)),
        (Action.SEE_ALLOCATION, _("Interviews"), reverse("interviews", args=own)),
        (Action.QUALITY_READ, _("Early quality reads"), reverse("quality-reads", args=own)),
        (Action.SECOND_READ, _("Second reads"), reverse("second-reads", args=own)),
        (Action.SECOND_READ, _("How far the readers agree"), reverse("agreement", args=own)),
        (Action.SEE_SAMPLE, _("Requests to replace a case"), reverse("replacements", args=own)),
        (Action.COMMENT, discussions_words(discussed), reverse("discussions", args=own)),
        (Action.TEAM_MEETINGS, _("Meetings"), reverse("meetings", args=own)),
        (Action.PLAN, _("The team"), reverse("inspection-people", args=own)),
        (Action.SEE_DRAFT, _("Feedback meeting"), reverse("feedback", args=own)),
        *([(Action.SEE_SCORES, _("Earlier recommendations"), reverse("recommendations", args=own))] * again),
    )
    return _open(parts, standing)


def discussions_words(discussed: int) -> str:
    """The way to the discussions of an inspection, with how many are open."""
    if not discussed:
        return _("Discussions")
    return ngettext("{count} open discussion", "{count} open discussions", discussed).format(count=discussed)


def _open(parts: Iterable[tuple[Action, str, str]], standing: Standing) -> tuple[Link, ...]:
    return tuple(Link(text, href) for action, text, href in parts if reach_of(standing, action) is not None)


def next_step(stage: Stage, progress: Progress | None, standing: Standing) -> Link | None:
    """The one thing that the inspection waits for, where this person may do it; None where nothing waits for them."""
    inspection = stage.inspection
    own = [inspection.pk]
    if not stage.listed:
        return _allowed(standing, Action.SUPPLY_CASELOAD, _("Upload the case list"), reverse("caseload", args=own))
    if not stage.draws and not stage.begun:
        return _allowed(standing, Action.DRAW, _("Draw the sample"), reverse("sample", args=own))
    if not stage.begun:
        words = ngettext("Judge {count} case", "Judge {count} cases", stage.sampled).format(count=stage.sampled)
        return _allowed(standing, Action.JUDGE, words, reverse("cases", args=own))
    if progress and not progress.complete:
        left = len(progress.cases) - progress.finished
        words = ngettext("Finish {count} case", "Finish {count} cases", left).format(count=left)
        return _allowed(standing, Action.JUDGE, words, reverse("cases", args=own))
    not_recorded = inspection.first_plan == Inspection.FirstPlan.NOT_RECORDED
    if inspection.kind == Inspection.Kind.REINSPECTION and not_recorded:
        words = _("Record whether the first plan was carried out")
        return _allowed(standing, Action.RECORD_FIRST_PLAN, words, reverse("first-plan", args=own))
    return None


def _allowed(standing: Standing, action: Action, text: str, href: str) -> Link | None:
    return Link(text, href) if reach_of(standing, action) is not None else None


def stage_words(stage: Stage) -> str:
    """How far an inspection has come, in a few words."""
    if not stage.listed:
        return _("No case list yet")
    if not stage.begun:
        return _("Sample drawn") if stage.draws else _("Case list confirmed")
    words = ngettext("{begun} of {sampled} case begun", "{begun} of {sampled} cases begun", stage.sampled)
    return words.format(begun=stage.begun, sampled=stage.sampled)
