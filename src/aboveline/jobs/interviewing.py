"""Who talks with whom about which cases and when: what is needed, proposed, checked and put on record.

People are known here by labels, which are also what the domain's sentences call them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property

from django.db import transaction

from aboveline.domain.interviews import (
    Absence,
    Interview,
    InterviewNeeded,
    InterviewTimetable,
    InterviewWeek,
    Meeting,
    arrange,
)
from aboveline.domain.problems import Checked, Problem
from aboveline.domain.span import Span
from aboveline.jobs.allocating import labels
from aboveline.jobs.planning import fieldwork_days
from aboveline.records.actions.arranging import InterviewValues, WeekValues, confirm_interviews, set_interview_week
from aboveline.records.models import Inspection, InterviewPlan, PlannedInterview, User
from aboveline.records.queries.arranging import (
    absences_in,
    case_managers_at,
    first_readers,
    interview_plan_of,
    interviews_in,
    interviews_no_longer_right,
)
from aboveline.records.queries.inspections import sampled_cases

MORNING, AFTERNOON = (time(9, 30), time(12, 30)), (time(13, 30), time(16, 30))
#: interviews that one page can hold with all their times; a week of fieldwork has far fewer
MOST_INTERVIEWS = 200
#: problems that mean two people, or a room, would be wanted twice
REFUSED = ("interviews.fixed-not-needed", "interviews.fixed-away", "interviews.fixed-clash")


@dataclass(frozen=True)
class Interviewing:
    """What a timetable is made from, and the one people are told of. `unheld` are cases without case manager.

    `wrong` are those told meetings that do not fit any more who reads which case of the sample.
    """

    inspection: Inspection
    plan: InterviewPlan | None
    week: InterviewWeek
    needed: tuple[InterviewNeeded, ...]
    told: tuple[Meeting, ...]
    wrong: frozenset[Meeting]
    users: Mapping[str, User]
    codes: Mapping[str, str]
    case_ids: Mapping[str, int]
    unheld: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def version(self) -> int:
        return self.plan.version if self.plan else 0

    @cached_property
    def everybody(self) -> tuple[str, ...]:
        """Case managers and assessors who take part, by label."""
        return tuple(sorted({person for one in self.needed for person in (one.case_manager, *one.assessors)}))

    def label_of(self, user: User) -> str:
        """What a person is called here; empty where they take no part."""
        return next((label for label, other in self.users.items() if other.pk == user.pk), "")


def interviewing_of(inspection: Inspection) -> Interviewing:
    """Everything a timetable of interviews depends on, as it is now."""
    cases = {case.number: case for case in sampled_cases(inspection)}
    readers, managers = first_readers(inspection), case_managers_at(inspection.service)
    users = {row.assessor for rows in readers.values() for row in rows} | set(managers.values())
    users |= {absence.user for absence in absences_in(inspection) if absence.user}
    told = interviews_in(inspection)
    users |= {user for row in told for user in row.assessors.all()}
    ordered = sorted(users, key=lambda user: (user.name, user.pk))
    by_label = dict(zip(labels(ordered), ordered, strict=True))
    names = _Names({user.pk: label for label, user in by_label.items()}, managers)
    holders = {number: str(case.attributes.get("case_manager") or "") for number, case in cases.items()}
    needed = [
        InterviewNeeded(number, names.of_code(holders[number]), tuple(names.of(row.assessor) for row in rows))
        for number, rows in readers.items()
        if holders.get(number)
    ]
    plan = interview_plan_of(inspection)
    absences = tuple(
        Absence(names.of(a.user) if a.user else names.of_code(a.staff_code), _span(a.day, a.starts, a.ends))
        for a in absences_in(inspection)
    )
    return Interviewing(
        inspection=inspection,
        plan=plan,
        week=replace(_week(plan, inspection), absences=absences),
        needed=tuple(needed),
        told=tuple(_meeting(row, names) for row in told),
        wrong=frozenset(_meeting(row, names) for row in interviews_no_longer_right(inspection)),
        users=by_label,
        codes={names.of_code(code): code for code in {*holders.values(), *(row.case_manager for row in told)} if code},
        case_ids={number: case.pk for number, case in cases.items()},
        unheld=tuple(number for number in readers if number in holders and not holders[number]),
        unread=tuple(number for number in cases if number not in readers),
    )


@dataclass(frozen=True, slots=True)
class _Names:
    by_user: Mapping[int, str]
    managers: Mapping[str, User]

    def of(self, user: User) -> str:
        return self.by_user[user.pk]

    def of_code(self, code: str) -> str:
        """A case manager's name where they have an account, else what the case list calls them."""
        user = self.managers.get(code)
        return self.of(user) if user else code


def _span(day: date, starts: time | None, ends: time | None) -> Span:
    return Span(day, starts, ends) if starts and ends else Span.whole_day(day)


def default_sessions(inspection: Inspection) -> tuple[tuple[date, time, time], ...]:
    """A morning and an afternoon on each day of fieldwork. Raises ProblemsFound outside the calendar."""
    return tuple((day, *part) for day in fieldwork_days(inspection) for part in (MORNING, AFTERNOON))


def sessions_of(plan: InterviewPlan) -> tuple[tuple[date, time, time], ...]:
    return tuple((date.fromisoformat(d), time.fromisoformat(s), time.fromisoformat(e)) for d, s, e in plan.sessions)


def _week(plan: InterviewPlan | None, inspection: Inspection) -> InterviewWeek:
    if plan is None:
        return InterviewWeek(tuple(Span(*session) for session in default_sessions(inspection)))
    sessions = tuple(Span(*session) for session in sessions_of(plan))
    return InterviewWeek(sessions, plan.minutes, plan.further, plan.step, plan.pause, tuple(plan.rooms))


def _meeting(row: PlannedInterview, names: _Names) -> Meeting:
    interview = Interview(
        names.of_code(row.case_manager),
        tuple(sorted(names.of(user) for user in row.assessors.all())),
        tuple(sorted(case.number for case in row.cases.all())),
    )
    return Meeting(interview, Span(row.day, row.starts, row.ends), row.room, fixed=True)


def how_many(found: Interviewing) -> int:
    """How many interviews there are to arrange, once cases of the same people are joined as the week allows."""
    groups = Counter((one.case_manager, frozenset(one.assessors)) for one in found.needed)
    return sum(-(-cases // found.week.most_cases) for cases in groups.values())


def arranged(found: Interviewing, fixed: Sequence[Meeting] | None = None) -> Checked[InterviewTimetable]:
    """A timetable that keeps what people are told of, or the meetings given, as far as they can be held."""
    return arrange(found.needed, found.week, fixed=found.told if fixed is None else fixed)


def clashes(found: Interviewing, chosen: Sequence[Meeting]) -> tuple[Problem, ...]:
    """Why meetings that a person chose cannot all be held."""
    tried = arrange(found.needed, found.week, fixed=chosen)
    return tuple(problem for problem in tried.problems if problem.code in REFUSED)


def offered(found: Interviewing, interview: Interview) -> list[Span]:
    """The times an interview could have, were it the only one."""
    return found.week.free(found.week.starts(interview), interview.people)


@transaction.atomic
def put_on_record(
    found: Interviewing, meetings: Sequence[Meeting], *, expected_version: int, by: User
) -> InterviewPlan:
    """Tell people of these meetings. Raises Stale where the timetable changed meanwhile.

    Where nobody had set the time for interviews, what was assumed is put on record with them.
    """
    if found.plan is None:
        values = WeekValues(default_sessions(found.inspection))
        inspection = found.inspection
        set_up = set_interview_week(inspection=inspection, values=values, expected_version=expected_version, by=by)
        expected_version = set_up.version
    return confirm_interviews(
        inspection=found.inspection,
        meetings=[_values(found, one) for one in meetings],
        expected_version=expected_version,
        by=by,
    )


def _values(found: Interviewing, meeting: Meeting) -> InterviewValues:
    interview = meeting.interview
    return InterviewValues(
        found.codes[interview.case_manager],
        frozenset(found.users[label].pk for label in interview.assessors),
        frozenset(found.case_ids[number] for number in interview.cases),
        meeting.span.day,
        meeting.span.start,
        meeting.span.end,
        meeting.room,
    )
