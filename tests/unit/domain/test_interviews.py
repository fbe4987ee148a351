"""When each case manager is interviewed, and by whom."""

from datetime import date, time
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from aboveline.domain.interviews import (
    Absence,
    Interview,
    InterviewNeeded,
    InterviewTimetable,
    InterviewWeek,
    Meeting,
    arrange,
)
from aboveline.domain.span import Span

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)
SESSIONS = tuple(Span(d, *x) for d in (MONDAY, TUESDAY) for x in ((time(9), time(12)), (time(13), time(16))))
WEEK = InterviewWeek(SESSIONS, minutes=60, step=30, pause=0)


def needed(*rows: str) -> list[InterviewNeeded]:
    """Rows such as "C1 M1 A1": the case, its case manager, its assessors."""
    return [InterviewNeeded(case, manager, tuple(who)) for case, manager, *who in (row.split() for row in rows)]


def at(day: date, hour: int, *, minutes: int = 60) -> Span:
    return Span(day, time(hour), time(hour + minutes // 60, minutes % 60))


def whom(timetable: InterviewTimetable) -> list[tuple[str, Span]]:
    return [(" ".join(m.interview.cases), m.span) for m in timetable.meetings]


def codes(problems) -> list[str]:
    return [problem.code.removeprefix("interviews.") for problem in problems]


people = st.sampled_from([f"M{n}" for n in range(4)]), st.sampled_from([f"A{n}" for n in range(3)])
cases = st.lists(st.tuples(*people), max_size=9)
absences = st.lists(
    st.builds(Absence, st.sampled_from([f"M{n}" for n in range(4)] + ["A0", "A1"]), st.sampled_from(SESSIONS)),
    max_size=6,
)
weeks = st.builds(
    InterviewWeek,
    st.just(SESSIONS),
    minutes=st.sampled_from([45, 60, 75]),
    further=st.sampled_from([None, 30]),
    step=st.sampled_from([15, 30]),
    pause=st.sampled_from([0, 15]),
    rooms=st.sampled_from([(), ("R1",), ("R1", "R2")]),
    absences=absences.map(tuple),
)


def as_needed(pairs) -> list[InterviewNeeded]:
    return [InterviewNeeded(f"C{n}", manager, (assessor,)) for n, (manager, assessor) in enumerate(pairs)]


def assert_holds(timetable: InterviewTimetable, wanted: list[InterviewNeeded], week: InterviewWeek) -> None:
    told = {case: i for i in [*timetable.meetings, *timetable.unplaced] for case in i.interview.cases}
    assert sorted(told) == sorted(n.case for n in wanted)
    assert all(told[n.case].interview.people == {n.case_manager, *n.assessors} for n in wanted)
    for meeting in timetable.meetings:
        assert week.free([meeting.span], meeting.interview.people)
        assert (meeting.room in week.rooms) if week.rooms else not meeting.room
    for one, other in combinations(timetable.meetings, 2):
        shared = one.interview.people & other.interview.people
        assert not (shared and one.span.with_pause(week.pause).overlaps(other.span))
        assert not (week.rooms and one.room == other.room and one.span.overlaps(other.span))


@settings(deadline=None, max_examples=60)
@given(cases, weeks)
def test_every_case_has_one_interview_with_its_own_people_or_a_reason(pairs, week) -> None:
    found = arrange(as_needed(pairs), week)
    assert_holds(found.expect(), as_needed(pairs), week)
    assert [u.problem for u in found.expect().unplaced] == list(found.problems)


@settings(deadline=None, max_examples=40)
@given(cases, weeks, st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_does_not_matter(pairs, week, random) -> None:
    mixed = as_needed(pairs)
    random.shuffle(mixed)
    assert arrange(mixed, week) == arrange(as_needed(pairs), week)


@settings(deadline=None, max_examples=40)
@given(cases, weeks, st.sets(st.integers(0, 8)), absences)
def test_fixed_meetings_stay_unless_somebody_is_away(pairs, week, picked, since) -> None:
    before = arrange(as_needed(pairs), week).expect()
    fixed = [Meeting(m.interview, m.span, m.room, True) for n, m in enumerate(before.meetings) if n in picked]
    later = InterviewWeek(week.sessions, week.minutes, week.further, week.step, week.pause, week.rooms, tuple(since))
    found = arrange(as_needed(pairs), later, fixed=fixed)
    assert_holds(found.expect(), as_needed(pairs), later)
    standing = [m for m in fixed if later.free([m.span], m.interview.people)]
    assert [m for m in found.expect().meetings if m.fixed] == standing
    assert codes(found.problems).count("fixed-away") == len(fixed) - len(standing)


def test_interviews_come_as_early_as_they_can_on_the_first_days() -> None:
    found = arrange(needed("C1 M1 A1", "C2 M2 A1", "C3 M1 A2"), WEEK).expect()
    assert whom(found) == [("C1", at(MONDAY, 9)), ("C2", at(MONDAY, 10)), ("C3", at(MONDAY, 10))]


def test_a_pause_and_an_absence_push_interviews_back() -> None:
    week = InterviewWeek(SESSIONS, 60, None, 30, 15, (), (Absence("M2", Span.whole_day(MONDAY)),))
    found = arrange(needed("C1 M1 A1", "C2 M2 A1", "C3 M1 A2"), week).expect()
    assert [(case, span.day, span.start) for case, span in whom(found)] == [
        ("C1", MONDAY, time(9)),
        ("C3", MONDAY, time(10, 30)),
        ("C2", TUESDAY, time(9)),
    ]


def test_cases_of_the_same_people_are_joined_as_far_as_a_session_goes() -> None:
    week = InterviewWeek(SESSIONS, 60, 45, 30, 0)
    found = arrange(needed("C1 M A", "C2 M A", "C3 M A", "C4 M A", "C5 M B"), week).expect()
    assert [(m.interview.cases, m.span.minutes) for m in found.meetings] == [
        (("C1", "C2", "C3"), 150),
        (("C4",), 60),
        (("C5",), 60),
    ]


def test_both_of_a_pair_of_assessors_take_part_whatever_their_order() -> None:
    week = InterviewWeek(SESSIONS, 60, 30)
    found = arrange(needed("C1 M A B", "C2 M B A"), week).expect()
    assert [m.interview for m in found.meetings] == [Interview("M", ("A", "B"), ("C1", "C2"))]
    assert found.of("B") == found.of("M") == found.meetings
    assert found.of("X") == ()


def test_rooms_limit_how_many_talk_at_once() -> None:
    week = InterviewWeek(SESSIONS, 60, None, 30, 0, ("R1", "R2"))
    found = arrange(needed("C1 M1 A1", "C2 M2 A2", "C3 M3 A3"), week).expect()
    assert [(m.room, m.span.start.hour) for m in found.meetings] == [("R1", 9), ("R2", 9), ("R1", 10)]


def test_what_could_not_be_placed_says_why_in_figures() -> None:
    short = (Span(MONDAY, time(9), time(11)),)
    away = (Absence("M1", Span(MONDAY, time(9), time(9, 30))), Absence("A1", Span(MONDAY, time(10), time(11))))
    week = InterviewWeek(short, 60, None, 30, 0, (), away)
    found = arrange(needed("C1 M1 A1", "C2 M2 A2", "C3 M2 A2", "C4 M2 A3"), week)
    assert [m.interview.cases for m in found.expect().meetings] == [("C2",), ("C3",)]
    assert codes(found.problems) == ["no-common-time", "all-taken"]
    assert found.problems[0].message == "M1 could start at 2 of 3 times, A1 at 1, never both."
    assert "M2 and A3 could both start at 3 of 3 times" in found.problems[1].message
    too_long = arrange(needed("C1 M1 A1"), InterviewWeek(short, 150))
    assert codes(too_long.problems) == ["too-long"]
    assert "the longest has 120" in too_long.problems[0].message


def test_everything_wrong_with_what_is_asked_is_said_at_once() -> None:
    rows = [*needed("C1 M1 A1", "C1 A2 A2", "C2 M1"), InterviewNeeded("C3", " ", ("A1",))]
    found = arrange(rows, InterviewWeek((), 0, 0, 0, -1))
    assert codes(found.problems) == [
        "no-session",
        "bad-minutes",
        "bad-minutes",
        "bad-minutes",
        "bad-minutes",
        "repeated-case",
        "own-case",
        "no-assessor",
        "no-case-manager",
    ]
    assert {problem.message.split(" ", 6)[-1] for problem in found.problems[1:5]} >= {"length.", "pause."}


def test_a_fixed_meeting_stays_and_others_go_round_it() -> None:
    fixed = Meeting(Interview("M1", ("A1",), ("C1",)), at(MONDAY, 9), fixed=True)
    found = arrange(needed("C0 M1 A1", "C1 M1 A1"), WEEK, fixed=[fixed]).expect()
    assert whom(found) == [("C1", at(MONDAY, 9)), ("C0", at(MONDAY, 10))]


def test_a_fixed_meeting_that_cannot_be_held_is_arranged_anew_and_said() -> None:
    reallocated = Meeting(Interview("M1", ("A1",), ("C1",)), at(MONDAY, 9), fixed=True)
    away = Meeting(Interview("M2", ("A2",), ("C2",)), at(MONDAY, 9), fixed=True)
    stays = Meeting(Interview("M3", ("A3",), ("C3",)), at(TUESDAY, 9), fixed=True)
    clash = Meeting(Interview("M3", ("A4",), ("C4",)), at(TUESDAY, 9), fixed=True)
    week = InterviewWeek(SESSIONS, 60, None, 30, 0, (), (Absence("A2", Span.whole_day(MONDAY)),))
    found = arrange(
        needed("C1 M1 A9", "C2 M2 A2", "C3 M3 A3", "C4 M3 A4"), week, fixed=[clash, stays, away, reallocated]
    )
    assert codes(found.problems) == ["fixed-not-needed", "fixed-away", "fixed-clash"]
    assert "30 November 2026 at 09:00 cannot be held: A2 is away" in found.problems[1].message
    assert [m for m in found.expect().meetings if m.fixed] == [stays]
    assert_holds(found.expect(), needed("C1 M1 A9", "C2 M2 A2", "C3 M3 A3", "C4 M3 A4"), week)


def test_two_fixed_meetings_in_one_room_or_on_one_case_clash() -> None:
    first = Meeting(Interview("M1", ("A1",), ("C1",)), at(MONDAY, 9), "R1", fixed=True)
    room = Meeting(Interview("M2", ("A2",), ("C2",)), at(MONDAY, 9), "R1", fixed=True)
    again = Meeting(Interview("M1", ("A1",), ("C1",)), at(TUESDAY, 9), "R1", fixed=True)
    week = InterviewWeek(SESSIONS, 60, None, 30, 0, ("R1",))
    found = arrange(needed("C1 M1 A1", "C2 M2 A2"), week, fixed=[first, room, again])
    assert codes(found.problems) == ["fixed-clash", "fixed-clash"]
    assert whom(found.expect()) == [("C1", at(MONDAY, 9)), ("C2", at(MONDAY, 10))]
