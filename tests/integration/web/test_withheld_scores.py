"""No page and no file gives away a score that moderation withheld, nor shows a provisional one without its mark.

A planted criterion has values that stand nowhere else. The walk opens every address that takes no case, as a head of
service sees it; where the scores are provisional it finds the values, so that it would find a leak.
"""

import io
import re
import zipfile
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from docx import Document

from aboveline.domain.moderation import kept_back_with
from aboveline.domain.workflow import Stage
from aboveline.exchange.frameworks import load_framework
from aboveline.jobs.inspections import computed_scores_of, scores_of
from aboveline.jobs.publishing import snapshot_of
from aboveline.jobs.service_report_start import Beginning, started
from aboveline.records.actions.assessments import AnswerChange, import_answers
from aboveline.records.actions.caseloads import CaseRow, confirm_caseload
from aboveline.records.actions.moderation import mark_score
from aboveline.records.actions.publishing import publish
from aboveline.records.actions.reports import add_report
from aboveline.records.models import Inspection, Role, ScoreMark
from tests.architecture.test_routes import routes
from tests.integration.records.parts.publishing import signed
from tests.pdf_words import words_of_pdf
from tests.records_builders import a_service, a_user, an_inspection, with_role

pytestmark = pytest.mark.django_db
FRAMEWORK = load_framework("cci-2009")
PLANTED, QUESTION, TEAMS = "1.1", "Q1.1.1", ("North", "South")
REASON, PROVISIONAL = "entries made late", "two files still to come"
#: where a score stands, by the name of the route and what is asked of it; the control must find the planted values here
OUTPUTS = {
    "service", "inspection", "inspection?show=all", "criterion", "question", "scores-csv", "scores-json",
    "comparison", "reinspection", "reinspection criterion", "draft", "board-summary", "sign-off-part",
    "published-inspection", "published-version", "published-file csv", "published-file ods", "published-file json",
    "report", "report-file html", "report-file docx", "report-file pdf", "rounds", "round-results",
}  # fmt: skip
#: where there is room for the word alone; the reason is one step down
BARE = {"service", "rounds"}
BEGINNING = Beginning(
    "On our work", "A Council", "england", "Cabinet", "executive", date(2011, 1, 18), "Director", "Head"
)


def planted(place, number):
    """About five in seven, another share in each question."""
    return "insufficient" if (5 * place + 3 * number + place * number) % 7 < 2 else "sufficient"


class World:
    """An audit in which all work but the planted criterion's is sufficient, and a re-inspection where all is."""

    def __init__(self):
        self.service = a_service()
        self.head = with_role(a_user("Head"), self.service, Role.HEAD_OF_SERVICE)
        self.lead = with_role(a_user("Lead"), self.service)
        self.first = self.inspect(planted, kind=Inspection.Kind.LOCAL_AUDIT)

    def inspect_again(self):
        again = {"kind": Inspection.Kind.REINSPECTION, "original": self.first, "held_on": date(2010, 9, 13)}
        self.second = self.inspect(lambda *_: "sufficient", **again)

    def inspect(self, answer, **settings):
        inspection = an_inspection(self.service, **settings)
        attributes = {"order_type": "referral_order", "order_start": "2009-01-12", "age": 15}
        rows = [CaseRow(f"REF{i}", attributes | {"team": TEAMS[i % 2], "case_manager": "CM-1"}) for i in range(12)]
        confirm_caseload(inspection=inspection, rows=rows, digest=f"d{inspection.pk}", exclusions=[], by=self.lead)
        for place, case in enumerate(inspection.cases.order_by("number")):
            changes = [
                AnswerChange(q.id, answer(place, number) if q.id.startswith(f"Q{PLANTED}.") else "sufficient", 0)
                for number, q in enumerate(FRAMEWORK.questions)
            ]
            import_answers(case=case, answers=changes, by=self.lead)
        return inspection

    def client(self, user):
        client = Client()
        client.force_login(user)
        return client

    def mark(self, state, *targets):
        for target in targets or (PLANTED,):
            reason = REASON if state is ScoreMark.State.WITHHELD else PROVISIONAL
            mark_score(
                inspection=self.first, target=target, state=state, reason=reason, expected_version=0, by=self.lead
            )

    def publish(self):
        """The result as it stands, public, and a committee report on it."""
        now = timezone.now()
        Inspection.objects.filter(pk=self.first.pk).update(stage=Stage.MODERATION)
        self.first.refresh_from_db()
        signed(self.first, a_user("Signer"))
        shown = snapshot_of(scores_of(self.first), date(2010, 1, 1))
        publish(inspection=self.first, snapshot=shown, publish_at=now, reason="", by=self.head)
        text = started(BEGINNING, self.first)
        return add_report(service=self.service, title="On our work", document=text, by=self.head).pk

    def walk(self):
        """What a head of service reads at each address, by route."""
        self.inspect_again()
        found, client = {}, self.client(self.head)
        for label, address in self.addresses(self.publish()):
            answer = client.get(address)
            if answer.status_code == 200:
                found[label] = text_of(answer)
        return found

    def addresses(self, report):
        known = {
            "slug": self.service.slug, "inspection_id": self.first.pk, "published_id": self.first.pk, "ordinal": 1,
            "report_id": report, "criterion": PLANTED, "question": QUESTION, "target": PLANTED, "part": "moderation",
            "framework_id": "cci-2009",
        }  # fmt: skip
        several = {"extension": ("csv", "ods", "json"), "form": ("html", "docx", "pdf")}
        for pattern in routes(get_resolver().url_patterns):
            names = set(pattern.pattern.converters)
            many = next(iter(names & set(several)), None)
            if "number" in names or not names <= {*known, *several}:
                continue
            for one in several.get(many, ("",)):
                values = {name: one if name == many else known[name] for name in names}
                yield f"{pattern.name} {one}".strip(), reverse(pattern.name, kwargs=values)
        own, again = (reverse("inspection", args=[one.pk]) for one in (self.first, self.second))
        yield "inspection?show=all", f"{own}?show=all"
        yield "reinspection", again
        yield "reinspection criterion", reverse("criterion", args=[self.second.pk, PLANTED])
        yield "rounds", f"{reverse('rounds', args=[self.service.slug])}?measure=criterion-{PLANTED}"
        day = {"as_at_day": 1, "as_at_month": 1, "as_at_year": 2011}
        asked = "&".join(f"{name}={value}" for name, value in day.items())
        yield "comparison", f"{reverse('comparison')}?inspection={self.first.pk}&basis=printed&{asked}"

    def values(self):
        """How each score that is to be kept back would stand somewhere: its counts, percent, share and change."""
        scored = computed_scores_of(self.first)
        scores = scored.scores
        every = {one.id: one for one in (*scores.questions, *scores.criteria, *scores.sections, *scores.themes)}
        kept_back = [every[PLANTED], *kept_back_with(FRAMEWORK, scores, PLANTED)]
        for one in (one for one in kept_back if one.share < 1):
            yield rf"\b{one.sufficient:,} of {one.applicable:,}\b"
            yield rf"{float(one.share):.4f}"[:-1].replace(".", r"\.")
            if one.id not in scores.question_by_id:
                yield rf"\b{one.sufficient}\b\D{{1,90}}\b{one.applicable}\b"
                yield rf'"applicable": {one.applicable},\s*"sufficient": {one.sufficient}\b'
                yield rf"(?<![\d.]){one.percent}(?:\.\d+)?%"
                yield rf"\+{100 - one.percent}(?!\d)"


@pytest.fixture
def world():
    return World()


def text_of(answer):
    kind, data = answer["Content-Type"], answer.getvalue()
    if kind == "application/pdf":
        return words_of_pdf(data)
    if "wordprocessing" in kind:
        document = Document(io.BytesIO(data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return " ".join([*(one.text for one in document.paragraphs), *cells])
    if "opendocument" in kind:
        return zipfile.ZipFile(io.BytesIO(data)).read("content.xml").decode()
    return re.sub(r"\s+", " ", unescape(data.decode()))


def leaks(walked, patterns):
    return {(label, found[0]) for label, text in walked.items() for one in patterns if (found := re.search(one, text))}


def test_a_provisional_score_is_shown_with_its_mark_wherever_it_stands(world):
    """The control too: what is shown is found, so that a leak would be."""
    patterns = list(world.values())
    scores = computed_scores_of(world.first).scores
    world.mark(ScoreMark.State.PROVISIONAL, PLANTED, *(one.id for one in kept_back_with(FRAMEWORK, scores, PLANTED)))
    walked = world.walk()
    assert {label for label, _ in leaks(walked, patterns)} >= OUTPUTS
    assert {label for label in OUTPUTS if "rovisional" not in walked[label]} == set()
    assert {label for label in OUTPUTS - BARE if PROVISIONAL not in walked[label]} == set()


def test_nothing_withheld_is_given_away_and_its_reason_is_told(world):
    patterns = list(world.values())
    world.mark(ScoreMark.State.WITHHELD)
    walked = world.walk()
    assert leaks(walked, patterns) == set()
    assert {label for label in OUTPUTS if "ithheld" not in walked.get(label, "")} == set()
    assert {label for label in OUTPUTS - BARE if REASON not in walked[label]} == set()


def test_where_the_latest_result_is_withheld_home_and_service_say_so_and_show_no_older_one_as_the_latest(world):
    world.mark(ScoreMark.State.WITHHELD, *(theme.id for theme in FRAMEWORK.themes))
    client = world.client(world.head)
    assert "work withheld" in client.get(reverse("home")).text
    told = client.get(reverse("service", args=[world.service.slug])).text
    assert "The scores of the June 2009 local audit are withheld." in told
    page = client.get(reverse("inspection", args=[world.first.pk])).text
    assert "The headline scores are withheld." in page
    assert "No scores yet" not in page


def test_who_moderates_still_sees_the_value_beside_the_mark_and_what_goes_with_it(world):
    world.mark(ScoreMark.State.WITHHELD)
    score = computed_scores_of(world.first).scores.criterion_by_id[PLANTED]
    client = world.client(world.lead)
    page = client.get(reverse("moderation", args=[world.first.pk])).text
    assert f"{score.percent}%" in page
    assert REASON in page
    assert "Withheld with another score" in page
    one = client.get(reverse("moderated-score", args=[world.first.pk, PLANTED])).text
    assert "Withholding it keeps back everything that counts the same judgements" in one
    assert QUESTION in one
    answers = reverse("question", args=[world.first.pk, QUESTION])
    assert "How each case was judged" in client.get(answers).text
    assert "the answers of all cases are not shown together" in world.client(world.head).get(answers).text
