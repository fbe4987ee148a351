"""Whether a case can be handed in, and handing it in."""

from dataclasses import dataclass

from aboveline.domain.access import RunBy
from aboveline.domain.applicability import Progress, facts_missing, progress
from aboveline.domain.framework import Framework
from aboveline.jobs.assessing import facts_of, given_of
from aboveline.records.actions.casework import submit_case
from aboveline.records.models import Case, Submission, User
from aboveline.records.queries.cases import answers_of, findings_of
from aboveline.records.queries.casework import notes_of


@dataclass(frozen=True, slots=True)
class StillMissing:
    """What a case lacks: ids of case facts and of questions, and whether the record was not checked yet."""

    progress: Progress
    facts: tuple[str, ...]
    record_unchecked: bool

    @property
    def nothing(self) -> bool:
        return self.progress.complete and not self.facts and not self.record_unchecked


def still_missing(case: Case, framework: Framework) -> StillMissing:
    """In an inspectorate's inspection the check of the record belongs to every case; in a service's own audit it may
    be left."""
    facts = facts_of(findings_of(case))
    given = {question: given_of(row) for question, row in answers_of(case).items()}
    notes = notes_of(case)
    unchecked = case.inspection.run_by is RunBy.PROGRAMME and not (notes and notes.integrity)
    return StillMissing(
        progress(framework.questions, given, facts), facts_missing(framework, facts), record_unchecked=unchecked
    )


def submit(case: Case, framework: Framework, *, by: User) -> Submission:
    """Hand a case in. Raises NotComplete where anything is missing at that moment."""
    return submit_case(case=case, complete=lambda: still_missing(case, framework).nothing, by=by)
