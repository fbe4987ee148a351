"""When each case manager is interviewed about their cases, by the assessor of the case, without double booking."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aboveline.domain import interview_problems as p
from aboveline.domain.interview_search import Board, Request, Spot
from aboveline.domain.problems import Checked, Problem, checked
from aboveline.domain.span import Span


@dataclass(frozen=True, slots=True)
class InterviewNeeded:
    """One case to be talked through: by its number, who holds it, and who reads it (two where a pair does)."""

    case: str
    case_manager: str
    assessors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Interview:
    """Who talks with whom about which cases; assessors and cases are sorted."""

    case_manager: str
    assessors: tuple[str, ...]
    cases: tuple[str, ...]

    @property
    def people(self) -> frozenset[str]:
        return frozenset((self.case_manager, *self.assessors))


@dataclass(frozen=True, slots=True)
class Meeting:
    """An interview with its time and room ("" where rooms do not matter). A fixed one stays where it is."""

    interview: Interview
    span: Span
    room: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An interview for which no time was found, and why."""

    interview: Interview
    problem: Problem


@dataclass(frozen=True, slots=True)
class Absence:
    """When a person, case manager or assessor, can take part in no interview."""

    person: str
    span: Span


@dataclass(frozen=True, slots=True)
class InterviewWeek:
    """The time there is. Lengths are in minutes.

    An interview on one case takes `minutes`. Where `further` is given, cases of the same people are joined into one
    interview that takes so much more for each further case, as far as the longest session allows. Interviews start
    every `step` minutes of a session; nobody has two with less than `pause` between. Without `rooms`, rooms do not
    matter.
    """

    sessions: tuple[Span, ...]
    minutes: int = 75
    further: int | None = None
    step: int = 15
    pause: int = 15
    rooms: tuple[str, ...] = ()
    absences: tuple[Absence, ...] = ()

    @property
    def longest(self) -> int:
        return max(session.minutes for session in self.sessions)

    @property
    def most_cases(self) -> int:
        """How many cases one interview may be about."""
        return 1 if self.further is None else max(1, 1 + (self.longest - self.minutes) // self.further)

    def length(self, interview: Interview) -> int:
        return self.minutes + (len(interview.cases) - 1) * (self.further or 0)

    def starts(self, interview: Interview) -> list[Span]:
        """The spans the sessions offer an interview, earliest first, whoever is free."""
        return sorted({s for session in self.sessions for s in session.within(self.length(interview), self.step)})

    def free(self, spans: Iterable[Span], people: Iterable[str]) -> list[Span]:
        """Those of the spans in which none of these people is away."""
        away = [absence.span for absence in self.absences if absence.person in people]
        return [span for span in spans if not any(span.overlaps(other) for other in away)]


@dataclass(frozen=True, slots=True)
class InterviewTimetable:
    """The interviews in order of time, and those that could not be placed."""

    meetings: tuple[Meeting, ...]
    unplaced: tuple[Unplaced, ...]

    def of(self, person: str) -> tuple[Meeting, ...]:
        """The meetings that a person takes part in."""
        return tuple(meeting for meeting in self.meetings if person in meeting.interview.people)


def arrange(
    needed: Iterable[InterviewNeeded], week: InterviewWeek, *, fixed: Iterable[Meeting] = ()
) -> Checked[InterviewTimetable]:
    """Arrange the interviews, earliest first, finding a time for as many as the search can.

    `fixed` are meetings that stay where they are. One that can no longer be held (other people, an absence, another
    fixed one) is arranged anew, with a warning. An interview without a time is a warning too. The timetable does not
    depend on the order of what is given.
    """
    cases = sorted(needed, key=lambda n: n.case)
    if problems := (*_week_problems(week), *_case_problems(cases)):
        return Checked(None, problems)
    held, lifted = _held(fixed, cases, week)
    covered = {case for meeting in held for case in meeting.interview.cases}
    wanted = [*_joined([n for n in cases if n.case not in covered], week)]
    spots = _searched(wanted, week, held)
    placed = [Meeting(wanted[n], span, week.rooms[room] if week.rooms else "") for n, (span, room) in spots.items()]
    unplaced = tuple(Unplaced(i, _why_not(i, week)) for n, i in enumerate(wanted) if n not in spots)
    meetings = tuple(sorted([*held, *placed], key=_order))
    return checked(InterviewTimetable(meetings, unplaced), [*lifted, *(u.problem for u in unplaced)])


def _order(meeting: Meeting) -> tuple[Span, tuple[str, ...]]:
    return meeting.span, meeting.interview.cases


def _week_problems(week: InterviewWeek) -> Iterator[Problem]:
    if not week.sessions:
        yield p.NO_SESSION.at()
    least = {"length": (week.minutes, 1), "grid of starts": (week.step, 1), "pause": (week.pause, 0)}
    if week.further is not None:
        least["time for a further case"] = (week.further, 1)
    for what, (minutes, limit) in least.items():
        if minutes < limit:
            yield p.BAD_MINUTES.at(minutes=minutes, what=what)


def _case_problems(cases: Sequence[InterviewNeeded]) -> Iterator[Problem]:
    yield from (p.REPEATED_CASE.at(case=case) for case, n in Counter(c.case for c in cases).items() if n > 1)
    for needed in cases:
        if not needed.case_manager.strip():
            yield p.NO_CASE_MANAGER.at(case=needed.case)
        elif needed.case_manager in needed.assessors:
            yield p.OWN_CASE.at(case=needed.case, case_manager=needed.case_manager)
        if not needed.assessors:
            yield p.NO_ASSESSOR.at(case=needed.case)


def _held(
    fixed: Iterable[Meeting], cases: Iterable[InterviewNeeded], week: InterviewWeek
) -> tuple[list[Meeting], list[Problem]]:
    """The fixed meetings that can still be held, and why the others cannot."""
    people = {n.case: frozenset((n.case_manager, *n.assessors)) for n in cases}
    held: list[Meeting] = []
    lifted: list[Problem] = []
    for meeting in sorted(fixed, key=_order):
        problem = _cannot_be_held(meeting, people, week, held)
        if problem:
            lifted.append(problem)
        else:
            held.append(meeting)
    return held, lifted


def _cannot_be_held(
    meeting: Meeting, people: Mapping[str, frozenset[str]], week: InterviewWeek, held: Iterable[Meeting]
) -> Problem | None:
    interview, span = meeting.interview, meeting.span
    manager, at = interview.case_manager, f"{span.start:%H:%M}"
    if any(people.get(case) != interview.people for case in interview.cases):
        return p.FIXED_NOT_NEEDED.at(case_manager=manager, day=span.day, at=at)
    for person in sorted(interview.people):
        if not week.free([span], [person]):
            return p.FIXED_AWAY.at(case_manager=manager, day=span.day, at=at, person=person)
    clashes = any(_clash(meeting, other) for other in held)
    return p.FIXED_CLASH.at(case_manager=manager, day=span.day, at=at) if clashes else None


def _clash(one: Meeting, other: Meeting) -> bool:
    shared = one.interview.people & other.interview.people or (one.room and one.room == other.room)
    again = set(one.interview.cases) & set(other.interview.cases)
    return bool(again) or bool(shared and one.span.overlaps(other.span))


def _joined(cases: Iterable[InterviewNeeded], week: InterviewWeek) -> Iterator[Interview]:
    """The interviews to place: one for a case, or one for several cases of the same people where they are joined."""
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for needed in cases:
        groups.setdefault((needed.case_manager, tuple(sorted(needed.assessors))), []).append(needed.case)
    size = week.most_cases
    for (case_manager, assessors), numbers in groups.items():
        for first in range(0, len(numbers), size):
            yield Interview(case_manager, assessors, tuple(numbers[first : first + size]))


def _searched(wanted: Sequence[Interview], week: InterviewWeek, held: Sequence[Meeting]) -> dict[int, Spot]:
    """Where the search puts the wanted interviews, by their number; held ones come after them on the board."""
    rooms = {room: number for number, room in enumerate(week.rooms)}
    requests = [Request(i.people, tuple(week.free(week.starts(i), i.people))) for i in wanted]
    requests += [Request(meeting.interview.people, ()) for meeting in held]
    fixed = {len(wanted) + n: (meeting.span, rooms.get(meeting.room, -1)) for n, meeting in enumerate(held)}
    spots = Board(requests, week.pause, len(week.rooms) or None, fixed).fill()
    return {number: spot for number, spot in sorted(spots.items()) if number not in fixed}


def _why_not(interview: Interview, week: InterviewWeek) -> Problem:
    starts = week.starts(interview)
    if not starts:
        return p.TOO_LONG.at(minutes=week.length(interview), longest=week.longest)
    manager, assessors = interview.case_manager, ", ".join(interview.assessors)
    both = week.free(starts, interview.people)
    if both:
        return p.ALL_TAKEN.at(case_manager=manager, assessors=assessors, both=len(both), starts=len(starts))
    return p.NO_COMMON_TIME.at(
        case_manager=manager,
        assessors=assessors,
        manager_starts=len(week.free(starts, [interview.case_manager])),
        assessor_starts=len(week.free(starts, interview.assessors)),
        starts=len(starts),
    )
