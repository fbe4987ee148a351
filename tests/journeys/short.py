"""A small inspection by an inspectorate, of the twelve questions of the present-day framework, at each stage a journey
may begin with; and the people in it, each at their own browser."""

from collections.abc import Callable, Iterable
from datetime import date

from aboveline.domain.signing import Part
from aboveline.domain.workflow import Stage
from aboveline.jobs.inspections import framework_asked
from aboveline.jobs.publishing import hash_now, move, send_to_service, sign
from aboveline.jobs.submitting import submit
from aboveline.records.actions.allocation import allocate
from aboveline.records.actions.assessments import AnswerChange, FindingChange, Settled, save_assessment, save_settled
from aboveline.records.actions.casework import NotesValues, save_case_notes
from aboveline.records.actions.findings import FindingValues, add_finding
from aboveline.records.actions.signing import note_part_read
from aboveline.records.models import Case, Finding, Inspection, Role, SecondRead, User
from aboveline.records.queries.inspections import inspection_by_id
from aboveline.records.queries.signing import digests_of_parts
from tests.inspection_builders import with_cases
from tests.journeys.desk import Desk
from tests.records_builders import a_programme, a_service, a_user, an_inspection, in_team, with_role

MONDAY = date(2026, 11, 30)
FRAMEWORK = "audit-2021"
CHECKED = NotesValues(interview="", integrity="sound", integrity_words="")


def judge_the_rest(case: Case, by: User, *, first: str = "", insufficient: Iterable[str] = ()) -> None:
    """All that a case lacks, as its form would save it: sufficient, but for some questions.

    With `first` the first question is answered too; without, it is left as it is.
    """
    framework, poor = framework_asked(case.inspection), set(insufficient)
    questions = framework.questions if first else framework.questions[1:]
    given = dict.fromkeys((q.id for q in questions), "sufficient") | dict.fromkeys(poor, "insufficient")
    given |= {framework.questions[0].id: first} if first else {}
    answers = [AnswerChange(question, answer, 0) for question, answer in given.items()]
    facts = [FindingChange(fact.id, "yes", 0) for fact in framework.case_facts]
    save_assessment(case=case, answers=answers, findings=facts, key=f"rest-{case.pk}", by=by)
    save_case_notes(case=case, values=CHECKED, expected_version=0, by=by)


def read_the_rest_again(read: SecondRead) -> None:
    """All of a second read but its first question, sufficient."""
    framework = framework_asked(read.case.inspection)
    answers = [AnswerChange(question.id, "sufficient", 0) for question in framework.questions[1:]]
    settled = Settled(answers, [FindingChange(fact.id, "yes", 0) for fact in framework.case_facts], {})
    save_settled(case=read.case, body={}, settle=lambda _: settled, key=f"again-{read.pk}", by=read.reader, read=read)


class ShortInspection:
    """Four cases given to one assessor; a second inspector, one who judges nothing and can sign, lead and head."""

    def __init__(self, desk_of: Callable[[User | None], Desk], cases: int = 4) -> None:
        service = a_service()
        self.made = an_inspection(service, programme=a_programme(framework_id=FRAMEWORK), held_on=MONDAY,
                                  framework_id=FRAMEWORK)  # fmt: skip
        self.people = {
            "lead": in_team(a_user("Lee Leader"), self.made, Role.LEAD_INSPECTOR),
            "assessor": in_team(a_user("Asha Assessor"), self.made),
            "second": in_team(a_user("Ben Second"), self.made),
            "signer": in_team(a_user("Sig Signer"), self.made),
            "head": with_role(a_user("Hal Head"), service, Role.HEAD_OF_SERVICE),
            "public": None,
        }
        with_cases(self.made, self.people["head"], cases)
        for case in self.made.cases.all():
            allocate(case=case, assessor=self.people["assessor"], by=self.people["lead"])
        self._desk_of = desk_of

    @property
    def inspection(self) -> Inspection:
        """As it is now."""
        found = inspection_by_id(self.made.pk)
        assert found
        return found

    def at(self, who: str) -> Desk:
        return self._desk_of(self.people[who])

    def open(self, who: str, name: str, *args: object) -> Desk:
        """That person's browser, with a page of the inspection."""
        desk = self.at(who)
        desk.open(name, self.made.pk, *args)
        return desk

    # ---- stages, reached as people reach them

    def judged(self, poor: Iterable[str] = ("Q1.2.1",)) -> None:
        """Every case judged and handed in: sufficient, but for these questions in every second case."""
        for place, case in enumerate(self.made.cases.all()):
            weak = poor if place % 2 else ()
            judge_the_rest(case, self.people["assessor"], first="sufficient", insufficient=weak)
            submit(case, framework_asked(self.made), by=self.people["assessor"])

    def in_moderation(self) -> None:
        self.judged()
        now = self.inspection
        if now.stage == Stage.SET_UP:
            now = move(now, Stage.FIELDWORK, now.version, self.people["lead"])
        move(now, Stage.MODERATION, now.version, self.people["lead"])

    def with_a_finding(self, text: str = "Plans were reviewed in time") -> Finding:
        values = FindingValues(text, "", 1)
        return add_finding(
            inspection=self.inspection, kind=Finding.Kind.STRENGTH, values=values, by=self.people["lead"]
        )

    def signed(self) -> None:
        signer = self.people["signer"]
        for part in Part:
            digest = digests_of_parts(self.inspection)[part.value]
            note_part_read(inspection=self.inspection, part=part, digest=digest, by=signer)
        sign(self.inspection, hash_now(self.inspection), signer)

    def when_the_answer_is_complete(self) -> None:
        head = self.open("head", "draft")
        head.follow("Say that the answer is complete")
        head.is_at("Say that the answer is complete")
        head.press("The answer is complete")
        head.reads("the service has said everything")

    def with_the_service(self) -> None:
        now = self.inspection
        send_to_service(now, date(2027, 1, 15), now.version, self.people["lead"])
