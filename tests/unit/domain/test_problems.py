"""What a problem says: dates as people write them, whole lists of what is accepted, short echoes."""

from datetime import date

from aboveline.domain.problems import ProblemKind

KIND = ProblemKind("thing.odd", "{name} is not of {day}.", "Use one of: {allowed}.")


def said(**words):
    return KIND.at(**{"name": "x", "day": "y", "allowed": "z"} | words)


def test_a_list_of_what_is_accepted_is_whole():
    codes = ", ".join(f"code_{n}_of_ours" for n in range(60))
    assert said(allowed=codes).remedy == f"Use one of: {codes}."


def test_an_echo_is_short():
    problem = said(name="n" * 500, value="v" * 500)
    assert problem.message.startswith("n" * 199 + "… is")
    assert problem.value == "v" * 79 + "…"


def test_a_date_in_a_sentence_is_written_out_and_a_value_stays_as_in_the_file():
    problem = said(day=date(2009, 11, 30), value=date(2009, 11, 30))
    assert problem.message == "x is not of 30 November 2009."
    assert problem.value == "2009-11-30"
