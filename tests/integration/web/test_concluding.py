"""From findings to the public page over HTTP: who signs, what voids it, what is withheld, and what is public when."""

import csv
import io
import json
import zipfile
from datetime import time, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aboveline.domain.dates import day_words
from aboveline.domain.signing import Part
from aboveline.domain.workflow import Stage
from aboveline.exchange.timetables import timetable_for
from aboveline.jobs.inspections import CaseProgress, framework_of, scores_of
from aboveline.jobs.milestones import done_days
from aboveline.jobs.publishing import move, publish_as_it_stands
from aboveline.records.actions.alerts import raise_alert
from aboveline.records.actions.assessments import AnswerChange, save_assessment
from aboveline.records.actions.casework import NotesValues, reopen_case, save_case_notes, submit_case
from aboveline.records.actions.drafting import send_draft
from aboveline.records.actions.draws import replace_case
from aboveline.records.actions.meetings import MeetingValues, record_meeting
from aboveline.records.actions.saving import Stale
from aboveline.records.models import (
    Alert,
    AuditEvent,
    BandOverride,
    DraftPoint,
    DraftToService,
    EarlierRecommendation,
    Finding,
    Inspection,
    Publication,
    Role,
    ScoreMark,
    SignOff,
    Submission,
)
from tests.inspection_builders import a_judged_inspection
from tests.records_builders import a_draw, a_programme, a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db
REASON = "=1+1 late entries"


class Team:
    """An inspectorate's inspection in moderation, its lead, an inspector who judged nothing, and the head."""

    def __init__(self):
        service = a_service()
        self.inspection = an_inspection(service, programme=a_programme())
        self.people = {
            "lead": in_team(a_user("Lead"), self.inspection, Role.LEAD_INSPECTOR),
            "signer": in_team(a_user("Signer"), self.inspection),
            "head": with_role(a_user("Head"), service, Role.HEAD_OF_SERVICE),
        }
        draw = a_draw(self.inspection, self.people["lead"])
        for place in draw.drawn.filter(place="sample"):
            answers = [AnswerChange("Q1.1.1", "sufficient", 0)]
            save_assessment(
                case=place.case, answers=answers, findings=[], key=place.case.number, by=self.people["lead"]
            )
            submit_case(case=place.case, complete=lambda: True, by=self.people["lead"])
        self.to(Stage.MODERATION)

    def to(self, stage):
        Inspection.objects.filter(pk=self.inspection.pk).update(stage=stage)
        self.inspection.refresh_from_db()

    def client(self, who):
        client = Client()
        client.force_login(self.people[who])
        return client

    def address(self, name, *more):
        return reverse(name, args=[self.inspection.pk, *more])

    def send(self, who, name, *more, **values):
        """Open the form, and send it with these values beside the hidden ones."""
        client, address = self.client(who), self.address(name, *more)
        form = client.get(address).context["form"]
        hidden = {field.name: field.value() for field in form.hidden_fields()}
        return client.post(address, {k: v for k, v in hidden.items() if v is not None} | values)

    def sign(self):
        for part in Part:
            assert self.send("signer", "sign-off-part", part.value).status_code == 302
        return self.send("signer", "sign-it")

    def finding(self, text="Plans came in time"):
        return self.send("lead", "new-finding", kind="strength", text=text, place="1")


@pytest.fixture
def team(monkeypatch):
    """Whole cases are for the tests of the case form: here each counts as finished."""
    monkeypatch.setattr(CaseProgress, "finished", True)
    return Team()


def test_a_voided_sign_off_is_shown_with_what_changed(team):
    assert team.finding().status_code == 302
    assert team.sign().status_code == 302
    assert "Signer signed it off as it stands" in team.client("lead").get(team.address("findings")).text
    assert team.finding("Another").status_code == 302
    page = team.client("signer").get(team.address("sign-off")).text
    assert "The sign-off of Signer" in page
    assert "is void: a finding was added" in page


@pytest.mark.parametrize("stage", [Stage.MODERATION, Stage.SIGNED, Stage.WITH_SERVICE])
def test_a_case_reopened_keeps_everything_from_being_signed(team, stage):
    team.to(stage)
    reopen_case(submission=Submission.objects.first(), why="an answer is missing", by=team.people["lead"])
    answer = team.sign()
    assert answer.status_code == 422
    assert "cases is not submitted yet" in answer.text
    assert not SignOff.objects.exists()


def test_a_reserve_that_nobody_read_keeps_it_from_being_signed(team):
    out = team.inspection.draws.last().drawn.filter(place="sample").first()
    replace_case(
        drawn=out, reason="transferred", note="moved away", expected_version=out.version, by=team.people["lead"]
    )
    assert "is not submitted yet" in team.sign().text
    assert not SignOff.objects.exists()


def test_what_was_reopened_or_is_at_risk_with_the_service_is_not_published(team):
    team.sign()
    team.to(Stage.WITH_SERVICE)
    submission = Submission.objects.first()
    reopen_case(submission=submission, why="a point was accepted", by=team.people["lead"])
    assert "is not submitted yet" in team.send("lead", "publish").text
    submit_case(case=submission.case, complete=lambda: True, by=team.people["lead"])
    raise_alert(case=submission.case, risk=Alert.Risk.values[0], danger="d", done="told", by=team.people["lead"])
    assert "1 alert is still open" in team.send("lead", "publish").text
    team.inspection.refresh_from_db()
    assert team.inspection.stage == Stage.WITH_SERVICE


def test_an_author_is_told_why_they_cannot_sign(team):
    team.finding()
    for part in Part:
        team.send("lead", "sign-off-part", part.value)
    answer = team.send("lead", "sign-it")
    assert answer.status_code == 422
    assert "you had a hand in Scores from the judgements and Findings" in answer.text


def test_unread_parts_are_named(team):
    answer = team.send("signer", "sign-it")
    assert answer.status_code == 422
    assert "Read these parts first" in answer.text


def test_a_withheld_score_says_so_wherever_it_would_stand(team):
    assert team.send("lead", "moderated-score", "1.1", state="withheld", reason=REASON).status_code == 302
    scores = scores_of(team.inspection).scores
    assert scores.criterion_by_id["1.1"].percent is None
    assert scores.question_by_id["Q1.1.1"].withheld == REASON
    for name in ("inspection", "draft", "scores-csv"):
        assert f"Withheld: {REASON}" in team.client("lead").get(team.address(name)).text, name
    assert ScoreMark.objects.get().state == "withheld"


def published(team):
    team.finding()
    team.sign()
    team.to(Stage.WITH_SERVICE)
    return team.send("lead", "publish")


def test_the_public_page_is_there_once_published_without_a_sign_in(team):
    address = reverse("published-inspection", args=[team.inspection.pk])
    assert Client().get(address).status_code == 404
    assert published(team).status_code == 302
    page = Client().get(address)
    assert page.status_code == 200
    assert "Plans came in time" in page.text
    assert "C00" not in page.text
    assert reverse("published-version", args=[team.inspection.pk, 1]) in page.text
    assert address in Client().get(reverse("published")).text


def day(name, on):
    return {f"{name}_{place}": part for place, part in enumerate((on.day, on.month, on.year))} | {
        f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year
    }  # fmt: skip


def test_nothing_is_public_before_the_moment_set(team):
    team.sign()
    team.to(Stage.WITH_SERVICE)
    assert team.send("lead", "publish", **day("day", timezone.localdate() + timedelta(days=3))).status_code == 302
    assert Publication.objects.get().publish_at > timezone.now()
    assert Client().get(reverse("published-inspection", args=[team.inspection.pk])).status_code == 404
    assert Client().get(reverse("published-file", args=[team.inspection.pk, 1, "csv"])).status_code == 404


def test_an_open_point_keeps_it_from_publication_until_it_has_an_outcome(team):
    team.sign()
    team.to(Stage.WITH_SERVICE)
    point = {"where": "1.1", "draft_says": "Four", "service_says": "Three", "evidence": "The list"}
    assert team.send("head", "new-point", kind="fact", **point).status_code == 302
    refused = team.send("lead", "publish")
    assert refused.status_code == 422
    assert "1 point of fact or challenge has no outcome yet" in refused.text
    made = DraftPoint.objects.get()
    assert team.send("lead", "draft-point", made.pk, outcome="accepted", reason="So it is").status_code == 302
    assert "So it is" in team.client("head").get(team.address("draft")).text
    assert team.send("lead", "publish").status_code == 302


def test_the_files_say_the_same_and_run_nothing(team):
    team.send("lead", "moderated-score", "1.1", state="withheld", reason=REASON)
    published(team)
    files = {
        kind: Client().get(reverse("published-file", args=[team.inspection.pk, 1, kind])).content
        for kind in ("csv", "ods", "json")
    }
    row = f"{team.inspection.pk}-criterion-1.1"
    assert row in files["csv"].decode()
    assert f",'{REASON}" in files["csv"].decode()
    content = zipfile.ZipFile(io.BytesIO(files["ods"])).read("content.xml").decode()
    assert row in content
    assert REASON in content
    assert "table:formula" not in content
    found = {(one["level"], one["id"]): one for one in json.loads(files["json"])["scores"]}
    assert found["criterion", "1.1"]["withheld"] == REASON
    assert found["criterion", "1.1"]["applicable"] is None


def other_band(team):
    """Whatever band the planted criterion was not computed to be in, and the computed one."""
    score = scores_of(team.inspection).scores.criterion_by_id["1.1"]
    bands = framework_of(team.inspection).bands
    return next(band for band in bands if band.id != score.band.id), score.band


def test_another_band_changes_nothing_until_a_second_person_confirms_it(team):
    team.people["second"] = in_team(a_user("Second"), team.inspection, Role.LEAD_INSPECTOR)
    band, computed = other_band(team)
    assert team.send("lead", "propose-band", "1.1", band=band.id, reason="The cases were few").status_code == 302
    override = BandOverride.objects.get()
    shown = scores_of(team.inspection).scores.criterion_by_id["1.1"]
    assert (shown.band, shown.computed_band) == (computed, None)
    for who, outcome in (("lead", "confirmed"), ("lead", "declined")):
        assert team.send(who, "decide-band", override.pk, outcome=outcome).status_code == 422
    override.refresh_from_db()
    assert override.outcome == BandOverride.Outcome.PROPOSED
    assert team.send("second", "decide-band", override.pk, outcome="confirmed").status_code == 302
    shown = scores_of(team.inspection).scores.criterion_by_id["1.1"]
    assert (shown.band, shown.computed_band) == (band, computed)
    for name in ("inspection", "criterion", "draft"):
        more = ["1.1"] if name == "criterion" else []
        assert "ecided by two people" in team.client("lead").get(team.address(name, *more)).text, name


def cells_of_ods(data, sheet):
    content = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("content.xml"))
    table = content.find(f".//{{*}}table[@{{{TABLE}}}name='{sheet}']")
    return [
        ["".join(cell.itertext()) for cell in row.findall("{*}table-cell")] for row in table.findall("{*}table-row")
    ]


TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
#: a column of the scores file, and where the JSON has it
IN_JSON = {
    "level": "level", "id": "id", "sufficient": "sufficient", "applicable": "applicable", "percent": "percent",
    "interval_low": "low", "interval_high": "high", "no_interval": "no_interval", "band": "band",
    "computed_band": "computed_band", "withheld": "withheld", "provisional": "provisional",
}  # fmt: skip


def files_of(team, version):
    address = [team.inspection.pk, version]
    csv_, ods, json_ = (
        Client().get(reverse("published-file", args=[*address, k])).content for k in ("csv", "ods", "json")
    )
    return list(csv.reader(io.StringIO(csv_.decode("utf-8-sig")))), ods, json.loads(json_)


def test_the_three_files_hold_the_same_cells_under_explained_columns(team):
    team.send("lead", "moderated-score", "2.1", state="provisional", reason="files to come")
    team.send("lead", "moderated-score", "3.2", state="withheld", reason="late entries")
    published(team)
    rows, ods, document = files_of(team, 1)
    heading, body = rows[0], rows[1:]
    assert heading == list(document["columns"])
    assert all(document["columns"].values())
    plain = [[cell.removeprefix("'") for cell in row] for row in rows]
    assert plain == cells_of_ods(ods, "scores")
    assert [row[0] for row in cells_of_ods(ods, "columns")[1:]] == heading
    framework = framework_of(team.inspection)
    every = (*framework.themes, *framework.sections, *framework.criteria, *framework.questions)
    assert len(body) == len(document["scores"]) == len(every)
    for row, score in zip(body, document["scores"], strict=True):
        told = dict(zip(heading, row, strict=True))
        assert {name: told[name] for name in IN_JSON} == {
            name: "" if score[key] is None else str(score[key]) for name, key in IN_JSON.items()
        }
    marked = {row[heading.index("id")] for row in body if row[heading.index("provisional")]}
    assert marked == {"2.1"}


def test_the_ids_of_rows_are_the_same_in_a_corrected_version(team):
    published(team)
    before, _ods, _json = files_of(team, 1)
    team.to(Stage.MODERATION)
    team.send("lead", "moderated-score", "1.1", state="provisional", reason="files to come")
    team.sign()
    team.to(Stage.WITH_SERVICE)
    assert team.send("lead", "publish", reason="A figure was provisional").status_code == 302
    after, _ods, document = files_of(team, 2)
    ids = [row[0] for row in before]
    assert ids == [row[0] for row in after]
    assert len(set(ids)) == len(ids)
    assert f"{team.inspection.pk}-criterion-1.1" in ids
    assert document["correction"] == "A figure was provisional"
    assert files_of(team, 1)[0] == before


def test_the_public_page_holds_everything_a_result_is(team):
    team.send(
        "lead", "statement", verdict="A good year", statement="It was so", method="Cases read", quality="Few cases"
    )
    published(team)
    page = Client().get(reverse("published-inspection", args=[team.inspection.pk])).text
    score = scores_of(team.inspection).scores.criterion_by_id["1.1"]
    for words in (
        "A good year", "It was so", "Cases read", "Few cases", "Plans came in time", "Headline scores", "Criteria",
        "Questions", "Compared with what had been published by", "What is published is never changed",
        f"{score.percent}%", f"{score.sufficient} of {score.applicable}",
    ):  # fmt: skip
        assert words in page, words


def is_public(team):
    return Client().get(reverse("published-inspection", args=[team.inspection.pk])).status_code == 200


def waiting(team, **wait):
    """Signed, with the service, and published from some time on."""
    assert team.sign().status_code == 302
    team.to(Stage.WITH_SERVICE)
    at = timezone.now() + timedelta(**wait or {"days": 3})
    return publish_as_it_stands(team.inspection, at, "", team.people["lead"])


@pytest.fixture
def later(monkeypatch):
    """Let time pass."""

    def pass_by(**time):
        there = timezone.now() + timedelta(**time)
        monkeypatch.setattr(timezone, "now", lambda: there)

    return pass_by


def test_who_judged_what_became_of_a_recommendation_does_not_sign_and_a_change_of_it_does_not_come_out(team, later):
    team.people["second lead"] = in_team(a_user("Second lead"), team.inspection, Role.LEAD_INSPECTOR)
    team.send("second lead", "new-recommendation", text="Do better", to="service")
    made = EarlierRecommendation.objects.get()
    first = {"progress": "none", "note": "Nothing was done"}
    assert team.send("second lead", "recommendation", made.pk, **first).status_code == 302
    for part in Part:
        team.send("second lead", "sign-off-part", part.value)
    assert "you had a hand in Findings" in team.send("second lead", "sign-it").text
    waiting(team)
    assert team.send("lead", "recommendation", made.pk, progress="sufficient", note="We were wrong").status_code == 302
    assert team.send("lead", "recommendation", made.pk, **first).status_code == 302
    assert "is void: the progress of an earlier recommendation was changed" in (
        team.client("lead").get(team.address("publication")).text
    )
    later(days=4)
    assert not is_public(team)


class TestTheWayBack:
    def test_it_calls_off_what_waits(self, team, later):
        made = waiting(team)
        assert "Whatever waits to come out is called off" in team.client("lead").get(team.address("moderate-now")).text
        assert team.send("lead", "moderate-now").status_code == 302
        made.refresh_from_db()
        assert made.called_off_why == "it went back to be changed"
        later(days=4)
        assert not is_public(team)

    def test_what_came_out_since_the_page_was_opened_does_not_go_back_without_a_reason(self, team, later, monkeypatch):
        waiting(team, seconds=60)
        client, address = team.client("lead"), team.address("moderate-now")
        form = client.get(address).context["form"]
        sent = {field.name: field.value() for field in form.hidden_fields()}
        later(seconds=90)
        assert is_public(team)
        assert client.post(address, sent)["Location"] == team.address("correct")
        team.inspection.refresh_from_db()
        assert team.inspection.stage != Stage.MODERATION
        assert team.send("lead", "correct", why="").status_code == 422
        assert team.send("lead", "correct", why="A count was wrong").status_code == 302
        team.inspection.refresh_from_db()
        assert (team.inspection.stage, team.inspection.published_on) == (Stage.MODERATION, timezone.localdate())

    def test_a_move_settles_first_whatever_the_page_knew(self, team, later):
        waiting(team)
        seen = team.inspection.version
        later(days=4)
        with pytest.raises(Stale):
            move(team.inspection, Stage.MODERATION, seen, team.people["lead"])


class TestOncePublished:
    WRITES = (("new-finding",), ("moderated-score", "1.1"), ("new-recommendation",), ("statement",), ("moderation",))

    def test_nothing_signed_is_written_without_a_correction(self, team):
        published(team)
        assert {team.client("lead").get(team.address(*page)).status_code for page in self.WRITES} == {404}
        assert team.send("lead", "correct", why="A count was wrong").status_code == 302
        assert {team.client("lead").get(team.address(*page)).status_code for page in self.WRITES} == {200}

    def test_draft_and_board_page_say_what_is_public(self, team):
        published(team)
        Finding.objects.update(text="Unsigned words")
        for page in ("draft", "board-summary"):
            shown = team.client("head").get(team.address(page)).text
            assert "Plans came in time" in shown, page
            assert "Unsigned words" not in shown, page


class TestTheServicesLastDay:
    @pytest.fixture
    def sent(self, team):
        assert team.sign().status_code == 302
        last = timezone.localdate() + timedelta(days=14)
        assert team.send("lead", "send-draft", **day("answer_by", last)).status_code == 302
        team.inspection.refresh_from_db()
        return team

    def test_a_day_that_is_over_is_none_to_answer_by(self, team):
        team.sign()
        refused = team.send("lead", "send-draft", **day("answer_by", timezone.localdate() - timedelta(days=1)))
        assert refused.status_code == 422
        assert "The last day must not be in the past" in refused.text

    def test_it_is_not_published_before_that_day_is_over(self, sent):
        last = sent.inspection.draft_to_service.answer_by
        for given in ({}, day("day", last)):
            refused = sent.send("lead", "publish", **given)
            assert refused.status_code == 422
            assert f"the service has until {day_words(last)} to answer the draft" in refused.text
        assert sent.send("lead", "publish", **day("day", last + timedelta(days=1))).status_code == 302

    def test_unless_the_service_has_said_everything(self, sent):
        assert sent.send("head", "finish-answer").status_code == 302
        assert "its answer is complete" in sent.client("head").get(sent.address("draft")).text
        assert sent.send("lead", "publish").status_code == 302
        assert is_public(sent)

    def test_another_draft_is_waited_for_anew(self, sent):
        sent.send("head", "finish-answer")
        draft = DraftToService.objects.get()
        send_draft(
            inspection=sent.inspection, answer_by=draft.answer_by, expected_version=draft.version, by=draft.changed_by
        )
        assert sent.send("lead", "publish").status_code == 422

    def test_a_point_calls_off_what_waits(self, sent, later):
        last = sent.inspection.draft_to_service.answer_by
        assert sent.send("lead", "publish", **day("day", last + timedelta(days=1))).status_code == 302
        point = {"where": "1.1", "draft_says": "Four", "service_says": "Three", "evidence": "The list"}
        assert sent.send("head", "new-point", kind="fact", **point).status_code == 302
        assert Publication.objects.get().called_off_why == "the service made a point on the draft"
        later(days=60)
        assert not is_public(sent)


def test_every_page_that_shows_what_cases_say_is_on_record_whatever_was_sent():
    service, lead = a_service(), a_user("Lead")
    inspection = a_judged_inspection(lead, service, programme=a_programme(), cases=12)
    in_team(lead, inspection, Role.LEAD_INSPECTOR)
    client = Client()
    client.force_login(lead)
    for sent in ({}, {"state": "withheld"}):
        before = AuditEvent.objects.count()
        answer = client.post(reverse("moderated-score", args=[inspection.pk, "1.1"]), {"key": "k", **sent})
        assert answer.status_code == 422
        assert "/cases/C0" in answer.text
        assert [one.verb for one in AuditEvent.objects.filter(sequence__gt=before)] == ["answers.read"]


def test_the_notes_of_meetings_are_read_on_record(team):
    values = MeetingValues(timezone.localdate(), time(17), "All", "C001 was talked of")
    made = record_meeting(inspection=team.inspection, kind="feedback", values=values, by=team.people["lead"])
    for page in (("meetings",), ("meeting", made.pk), ("feedback",)):
        before = AuditEvent.objects.count()
        assert "C001 was talked of" in team.client("lead").get(team.address(*page)).text
        assert [one.verb for one in AuditEvent.objects.filter(sequence__gt=before)] == ["meetings.read"]


def test_what_is_on_record_of_a_week_is_done_and_not_late(team):
    team.finding()
    team.sign()
    assert team.send("lead", "send-draft").status_code in (302, 422)
    values = MeetingValues(timezone.localdate(), time(17), "All", "Said")
    record_meeting(inspection=team.inspection, kind="feedback", values=values, by=team.people["lead"])
    team.inspection.refresh_from_db()
    done = done_days(team.inspection)
    expected = {"assessments_submitted", "scores_moderated", "signed_off", "feedback_given"}
    assert expected <= set(done)
    assert "accuracy_returned" not in done


def test_the_timetable_has_the_steps_in_the_order_of_the_stages():
    steps = list(timetable_for("core").by_id)
    stages = ["assessments_submitted", "second_reads_settled", "scores_moderated", "signed_off", "draft_sent"]
    assert sorted(stages, key=steps.index) == stages
    assert "signed_off" in timetable_for("core").by_id["draft_sent"].needs


def test_what_assessors_noted_is_gathered_for_whoever_decides_and_is_read_on_record(team):
    case = team.inspection.draws.last().drawn.filter(place="sample").first().case
    reopen_case(submission=Submission.objects.get(case=case), why="more is seen", by=team.people["lead"])
    values = NotesValues("", "antedated", "Three entries of one day")
    save_case_notes(case=case, values=values, expected_version=0, by=team.people["lead"])
    change = AnswerChange("Q1.1.1", "sufficient", 1, note="Asked the child", flag="good")
    save_assessment(case=case, answers=[change], findings=[], key="flag", by=team.people["lead"])
    for name, words in (("moderation", "Three entries of one day"), ("findings", "Good practice")):
        before = AuditEvent.objects.count()
        page = team.client("lead").get(team.address(name)).text
        assert words in page
        assert reverse("case", args=[team.inspection.pk, case.number]) in page
        assert [one.verb for one in AuditEvent.objects.filter(sequence__gt=before)] == ["case.read"]
