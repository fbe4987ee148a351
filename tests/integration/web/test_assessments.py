"""The case form over HTTP: saved without scripts and with them, conflicts, replays, hostile posts."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from aboveline.domain.applicability import CASE_FACTS
from aboveline.records.actions.allocation import allocate, end_allocation
from aboveline.records.audit import verify
from aboveline.records.models import Assessment, AuditEvent, Role, SavedRequest
from aboveline.records.queries.cases import answers_of, findings_of
from tests.inspection_builders import with_cases
from tests.records_builders import a_draw, a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert('x')</script>"


@pytest.fixture
def inspection():
    service = a_service()
    return with_cases(an_inspection(service), with_role(a_user("Anna Bell"), service), 3)


@pytest.fixture
def anna(inspection):
    return Browser(inspection.service.roles.first().user, inspection)


@pytest.fixture
def ben(inspection):
    return Browser(in_team(a_user("Ben Cole"), inspection, Role.INSPECTOR), inspection)


class Browser:
    """A browser without scripts: opens the form, changes fields as a person would, sends all of them."""

    def __init__(self, user, inspection, number="C001"):
        self.client = Client()
        self.client.force_login(user)
        self.user, self.inspection = user, inspection
        self.address = reverse("judge-case", args=[inspection.pk, number])

    def open(self):
        self.answer = self.client.get(self.address)
        assert self.answer.status_code == 200
        return fields_of(self.answer)

    def send(self, fields, **headers):
        self.answer = self.client.post(self.address, fields, headers=headers)
        return self.answer

    def save(self, changes):
        return self.send(self.open() | changes)

    def send_json(self, fields):
        return self.send(fields, accept="application/json")

    @property
    def case(self):
        return self.inspection.cases.get(number=self.address.split("/")[-3])

    def stored(self, question):
        return answers_of(self.case)[question]


class Fields(HTMLParser):
    """Every field of the case form as a browser would send it untouched."""

    def __init__(self):
        super().__init__()
        self.found, self.inside, self.text = {}, False, None

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        self.inside = self.inside or a.get("id") == "case-form"
        if not self.inside:
            return
        if tag == "input" and (a.get("type") != "radio" or "checked" in a):
            self.found[a["name"]] = a.get("value", "")
        elif tag in {"select", "textarea"}:
            self.name, self.text = a["name"], "" if tag == "textarea" else None
            self.found.setdefault(self.name, "")
        elif tag == "option" and "selected" in a:
            self.found[self.name] = a["value"]

    def handle_data(self, data):
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.inside:
            self.found[self.name] = self.text.removeprefix("\n").replace("\n", "\r\n")
            self.text = None
        self.inside = self.inside and tag != "form"


def fields_of(response):
    parser = Fields()
    parser.feed(response.content.decode())
    return parser.found


def wrong(response):
    """The error summary's links: (target, words)."""
    summary = response.content.decode().partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return [(target, unescape(words)) for target, words in re.findall(r'<a href="#([^"]+)">(.*?)</a>', summary)]


LOW = {"fact-rosh_recorded-option": "low", "fact-rosh_should_be-option": "low"}


def test_an_untouched_page_saves_nothing_and_begins_no_assessment(anna):
    response = anna.save({})
    assert response.status_code == 303
    assert not Assessment.objects.exists()


def test_an_answer_is_saved_and_shown_again(anna):
    response = anna.save({"Q1.1.1-answer": "insufficient", "Q1.1.1-improvement": "a\r\nplan", "go": "section-1"})
    assert (response.status_code, response["Location"]) == (303, f"{anna.address}#section-1")
    row = anna.stored("Q1.1.1")
    assert (row.answer, row.improvement, row.version) == ("insufficient", "a\nplan", 1)
    fields = anna.open()
    assert (fields["Q1.1.1-answer"], fields["Q1.1.1-improvement"]) == ("insufficient", "a\r\nplan")
    assert "1 of 92 questions" in anna.answer.content.decode()


def test_what_was_saved_is_not_saved_again(anna):
    anna.save({"Q1.1.1-answer": "sufficient", "Q1.1.1-note": "  \n leading and trailing \n"})
    before = AuditEvent.objects.count()
    anna.save({})
    assert AuditEvent.objects.count() == before + 1  # the page was read
    assert anna.stored("Q1.1.1").version == 1


def test_facts_answer_what_they_rule_out_and_take_it_back(anna):
    anna.save(LOW)
    ruled_out = anna.stored("Q1.1.9")
    assert (ruled_out.answer, ruled_out.reason) == ("not_applicable", CASE_FACTS)
    fields = anna.open()
    assert fields["Q1.1.9-answer"] == ""
    assert 'data-applies="no"' in anna.answer.content.decode()
    anna.send(fields | {"fact-rosh_should_be-option": "medium"})
    assert (anna.stored("Q1.1.9").answer, anna.stored("Q1.1.9").reason) == ("not_answered", "")


def test_a_judgement_against_the_facts_needs_its_reason_in_the_note(anna):
    anna.save(LOW)
    response = anna.save({"Q1.1.9-answer": "insufficient"})
    assert response.status_code == 422
    assert [target for target, _ in wrong(response)] == ["Q1.1.9-note"]
    again = fields_of(response)
    assert again["Q1.1.9-answer"] == "insufficient"
    anna.send(again | {"Q1.1.9-note": "The class was wrong"})
    assert anna.stored("Q1.1.9").answer == "insufficient"


def test_a_judgement_stands_when_the_facts_change(anna):
    anna.save({"Q1.1.9-answer": "insufficient", "Q1.1.10-answer": "sufficient"})
    anna.save(LOW)
    assert anna.stored("Q1.1.9").answer == "insufficient"
    assert 'data-applies="override"' in anna.client.get(anna.address).content.decode()


def test_not_applicable_needs_a_reason_and_the_rest_is_saved(anna):
    changes = {"Q1.1.1-answer": "sufficient", "Q1.1.2-answer": "not_applicable", "Q1.1.2-note": "kept"}
    response = anna.save(changes)
    assert response.status_code == 422
    assert [target for target, _ in wrong(response)] == ["Q1.1.2-reason"]
    assert set(answers_of(anna.case)) == {"Q1.1.1"}
    again = fields_of(response)
    assert (again["Q1.1.2-answer"], again["Q1.1.2-note"]) == ("not_applicable", "kept")
    anna.send(again | {"Q1.1.2-reason": "too_early"})
    assert anna.stored("Q1.1.2").reason == "too_early"


def test_every_problem_comes_at_once(anna):
    response = anna.save(
        {
            "Q1.1.1-answer": "perhaps",
            "Q1.1.2-answer": "not_applicable",
            "Q1.1.3-note": "x" * 5001,
            "Q1.1.7-answer": "not_applicable",
            "Q1.1.7-reason": "nope",
            "fact-mappa-option": "level_9",
            f"{HOSTILE}-answer": "sufficient",
        }
    )
    assert response.status_code == 422
    found = [target for target, _ in wrong(response)]
    assert found == ["fact-mappa-option", "Q1.1.1-answer", "Q1.1.2-reason", "Q1.1.3-note", "Q1.1.7-reason"]
    text = response.content.decode()
    assert HOSTILE not in text
    assert "&lt;script&gt;" in text
    assert fields_of(response)["Q1.1.3-note"] == "x" * 5001
    assert not Assessment.objects.exists()


def test_a_fact_s_problem_is_named_in_its_own_words(anna):
    response = anna.save({"fact-mappa-option": "level_9"})
    assert wrong(response)[0][1].startswith("Multi-agency public protection")


def test_hostile_words_are_shown_as_words(anna):
    anna.save({"Q1.1.1-answer": "insufficient", "Q1.1.1-note": f"{HOSTILE}</textarea>", "Q1.1.1-improvement": HOSTILE})
    text = anna.client.get(anna.address).content.decode()
    assert HOSTILE not in text
    assert fields_of(anna.client.get(anna.address))["Q1.1.1-note"] == f"{HOSTILE}</textarea>"


@pytest.mark.parametrize("seen", ["", "x", "-1.ab", "1" * 50, "٣.ab"])
def test_a_made_up_version_never_overwrites(anna, seen):
    anna.save({"Q1.1.1-answer": "sufficient"})
    response = anna.send(anna.open() | {"Q1.1.1-answer": "insufficient", "Q1.1.1-seen": seen})
    assert response.status_code in {409, 422}
    assert anna.stored("Q1.1.1").answer == "sufficient"


def test_two_people_who_judge_different_questions_do_not_conflict(anna, ben):
    first, second = anna.open(), ben.open()
    anna.send(first | {"Q1.1.1-answer": "sufficient"})
    assert ben.send(second | {"Q1.1.2-answer": "insufficient"}).status_code == 303
    assert anna.stored("Q1.1.1").answer == "sufficient"
    assert anna.stored("Q1.1.2").author.name == "Ben Cole"


def conflicting(anna, ben):
    first, second = anna.open(), ben.open()
    anna.send(first | {"Q1.1.1-answer": "sufficient", "Q1.1.1-note": "seen on file"})
    changes = {"Q1.1.1-answer": "insufficient", "Q1.1.1-improvement": "speed", "Q1.1.2-answer": "sufficient"}
    return ben.send(second | changes)


def test_a_conflict_comes_back_with_both_values_and_the_rest_is_saved(anna, ben):
    response = conflicting(anna, ben)
    assert response.status_code == 409
    text = response.content.decode()
    assert "Anna Bell saved another answer (" in text
    assert "Note: seen on file" in text
    assert "Not everything is saved" in text
    assert "What would have made it sufficient: speed" in text
    assert wrong(response)[0][0] == "Q1.1.1-choice"
    assert anna.stored("Q1.1.1").answer == "sufficient"
    assert anna.stored("Q1.1.2").author.name == "Ben Cole"


def test_theirs_can_be_kept(anna, ben):
    ben.send(fields_of(conflicting(anna, ben)) | {"Q1.1.1-choice": "theirs"})
    assert ben.answer.status_code == 303
    assert anna.stored("Q1.1.1").answer == "sufficient"


def test_mine_can_be_used(anna, ben):
    ben.send(fields_of(conflicting(anna, ben)) | {"Q1.1.1-choice": "mine"})
    assert ben.answer.status_code == 303
    row = anna.stored("Q1.1.1")
    assert (row.answer, row.note, row.version, row.author.name) == ("insufficient", "", 2, "Ben Cole")


def test_no_choice_saves_neither_and_asks_again(anna, ben):
    response = ben.send(fields_of(conflicting(anna, ben)))
    assert response.status_code == 422
    assert wrong(response)[0][0] == "Q1.1.1-choice"
    assert "Note: seen on file" in response.content.decode()
    assert fields_of(response)["Q1.1.1-answer"] == "insufficient"
    assert anna.stored("Q1.1.1").answer == "sufficient"


def test_a_third_save_meanwhile_conflicts_again(anna, ben):
    fields = fields_of(conflicting(anna, ben))
    anna.save({"Q1.1.1-note": "newer still"})
    assert ben.send(fields | {"Q1.1.1-choice": "mine"}).status_code == 409
    assert anna.stored("Q1.1.1").note == "newer still"


def test_facts_conflict_as_answers_do_and_the_newer_decide_meanwhile(anna, ben):
    first, second = anna.open(), ben.open()
    anna.send(first | LOW | {"fact-rosh_should_be-option": "high"})
    response = ben.send(second | LOW)
    assert response.status_code == 409
    assert wrong(response)[0][0] == "fact-rosh_should_be-choice"
    assert findings_of(anna.case)["rosh_should_be"].option == "high"
    assert "Q1.1.9" not in answers_of(anna.case)
    ben.send(fields_of(response) | {"fact-rosh_should_be-choice": "mine"})
    assert anna.stored("Q1.1.9").reason == CASE_FACTS


def test_the_same_person_in_two_tabs_is_asked_as_well(anna):
    first, second = anna.open(), anna.open()
    anna.send(first | {"Q1.1.1-answer": "sufficient"})
    assert anna.send(second | {"Q1.1.1-answer": "insufficient"}).status_code == 409


def test_a_post_sent_again_has_one_effect(anna):
    fields = anna.open() | LOW | {"Q1.1.1-answer": "sufficient"}
    anna.send(fields)
    before = AuditEvent.objects.count()
    assert anna.send(fields).status_code == 303
    assert AuditEvent.objects.count() == before
    assert verify().sound


def test_a_key_sent_with_other_answers_is_refused_and_nothing_typed_is_lost(anna):
    fields = anna.open()
    anna.send(fields | {"Q1.1.1-answer": "sufficient"})
    response = anna.send(fields | {"Q1.1.2-answer": "insufficient", "Q1.1.2-note": "mine"})
    assert response.status_code == 422
    again = fields_of(response)
    assert (again["Q1.1.2-answer"], again["Q1.1.2-note"]) == ("insufficient", "mine")
    assert "Q1.1.2" not in answers_of(anna.case)
    assert anna.send(again).status_code == 303
    assert anna.stored("Q1.1.2").note == "mine"


@pytest.mark.parametrize("key", ["", "k" * 81])
def test_a_post_without_a_usable_key_saves_nothing(anna, key):
    assert anna.send(anna.open() | {"Q1.1.1-answer": "sufficient", "key": key}).status_code == 422
    assert not Assessment.objects.exists()


# ---- as the page's script saves


def part(fields, *names, **changes):
    chosen = {name: value for name, value in fields.items() if name.rpartition("-")[0] in names}
    return chosen | {"key": changes.pop("key", "k1")} | changes


def test_one_answer_saves_by_itself_and_again(anna):
    fields = part(anna.open(), "Q1.1.1")
    first = anna.send_json(fields | {"Q1.1.1-answer": "sufficient"}).json()
    assert (first["ok"], first["versions"]) == (True, {"Q1.1.1": 1})
    assert re.fullmatch(r"\d\d:\d\d", first["at"])
    newer = fields | {"Q1.1.1-answer": "insufficient", "Q1.1.1-seen": first["seen"]["Q1.1.1"], "key": "k2"}
    assert anna.send_json(newer).json()["versions"] == {"Q1.1.1": 2}


def test_a_fact_saved_by_itself_brings_the_tokens_of_all_it_answered(anna):
    fields = anna.open()
    sent = part(fields, "fact-rosh_recorded", "fact-rosh_should_be") | LOW
    answer = anna.send_json(sent).json()
    assert answer["versions"]["Q1.1.9"] == 1
    own = part(fields, "Q1.1.9", key="k2") | {"Q1.1.9-answer": "sufficient", "Q1.1.9-note": "all the same"}
    assert anna.send_json(own | {"Q1.1.9-seen": answer["seen"]["Q1.1.9"]}).json()["ok"]


def test_a_conflict_is_told_with_both_values(anna, ben):
    fields = part(ben.open(), "Q1.1.1")
    anna.save({"Q1.1.1-answer": "sufficient"})
    response = ben.send_json(fields | {"Q1.1.1-answer": "insufficient"})
    (conflict,) = response.json()["conflicts"]
    assert (response.status_code, response.json()["ok"]) == (409, False)
    assert (conflict["yours"]["answer"], conflict["theirs"]["answer"]) == ("insufficient", "sufficient")
    assert conflict["author"] == "Anna Bell"


def test_a_problem_is_told_with_its_place(anna):
    response = anna.send_json(part(anna.open(), "Q1.1.1") | {"Q1.1.1-answer": "not_applicable"})
    (problem,) = response.json()["problems"]
    assert response.status_code == 422
    assert (problem["code"], problem["place"]["path"]) == ("assessment.reason-missing", "Q1.1.1")


def test_a_reused_key_is_told(anna):
    fields = part(anna.open(), "Q1.1.1")
    anna.send_json(fields | {"Q1.1.1-answer": "sufficient"})
    response = anna.send_json(fields | {"Q1.1.1-answer": "insufficient"})
    assert (response.status_code, response.json()) == (422, {"ok": False, "error": "key_reused"})


def test_signed_out_the_script_is_told_and_not_sent_away(anna):
    fields = part(anna.open(), "Q1.1.1")
    anna.client.logout()
    assert anna.send_json(fields).status_code == 401


def test_a_confirmation_names_its_request_and_the_version_of_all_that_was_sent(anna):
    anna.save({"Q1.1.1-answer": "sufficient"})
    fields = part(anna.open(), "Q1.1.1", "Q1.1.2", "Q1.1.3", "fact-mappa") | {"Q1.1.3-answer": "insufficient"}
    response = anna.send_json(fields)
    assert response["Content-Type"] == "application/vnd.aboveline.save+json"
    answer = response.json()
    assert answer["key"] == "k1"
    assert answer["versions"] == {"Q1.1.1": 1, "Q1.1.2": 0, "Q1.1.3": 1, "mappa": 0}
    assert anna.send_json(fields).json()["versions"] == answer["versions"]


def test_what_was_stored_already_is_confirmed_in_the_version_it_has(anna):
    fields = part(anna.open(), "Q1.1.1", "fact-mappa") | {"Q1.1.1-answer": "sufficient", "fact-mappa-option": "level_1"}
    anna.send_json(fields)
    assert anna.send_json(fields | {"key": "k2"}).json()["versions"] == {"Q1.1.1": 1, "mappa": 1}


def test_a_save_sent_again_whose_key_is_forgotten_doubles_and_overwrites_nothing(anna, ben):
    fields = part(anna.open(), "Q1.1.1") | {"Q1.1.1-answer": "sufficient"}
    anna.send_json(fields)
    SavedRequest.objects.all().delete()
    before = AuditEvent.objects.count()
    assert anna.send_json(fields).json()["versions"] == {"Q1.1.1": 1}
    ben.save({"Q1.1.1-answer": "insufficient"})
    SavedRequest.objects.all().delete()
    assert anna.send_json(fields).status_code == 409
    assert anna.stored("Q1.1.1").answer == "insufficient"
    assert AuditEvent.objects.filter(verb="judgement.saved").count() == 2
    assert AuditEvent.objects.count() == before + 3  # Ben opened the form, and saved; Anna was shown what he saved


def test_a_conflict_brings_the_newest_as_the_form_shows_it_and_names_one_s_own_other_window(anna, ben):
    late, own = part(ben.open(), "Q1.1.1"), part(anna.open(), "Q1.1.1", key="k9")
    anna.save({"Q1.1.1-answer": "sufficient", "Q1.1.1-note": HOSTILE})
    (conflict,) = ben.send_json(late | {"Q1.1.1-answer": "insufficient"}).json()["conflicts"]
    assert conflict["shown"] == {
        "answer": "sufficient", "reason": "", "note": HOSTILE, "improvement": "", "evidence": "", "flag": "",
    }  # fmt: skip
    assert conflict["when"].endswith("by Anna Bell")
    assert "Anna Bell saved another answer (" in conflict["notice"]
    assert HOSTILE not in conflict["notice"]
    mine = late | {"Q1.1.1-answer": "insufficient", "Q1.1.1-seen": conflict["seen"], "key": "k2"}
    assert ben.send_json(mine).json()["versions"] == {"Q1.1.1": 2}
    ben.save({"Q1.1.1-note": "newer"})
    (conflict,) = anna.send_json(own | {"Q1.1.1-answer": "insufficient"}).json()["conflicts"]
    assert "Ben Cole saved another answer (" in conflict["notice"]
    anna.save({"Q1.1.1-note": "mine"})
    (conflict,) = anna.send_json(own | {"Q1.1.1-answer": "insufficient", "key": "k3"}).json()["conflicts"]
    assert "You saved another answer in another window (" in conflict["notice"]


def test_what_one_person_opened_another_does_not_send(anna, ben):
    fields = ben.open() | {"Q1.1.1-answer": "sufficient", "Q1.1.1-note": "Ben wrote this"}
    response = anna.send_json(fields)
    assert (response.status_code, response.json()["error"]) == (403, "another_person")
    response = anna.send(fields)
    assert response.status_code == 403
    assert "opened by someone else" in response.content.decode()
    assert fields_of(response)["Q1.1.1-note"] == "Ben wrote this"
    assert not Assessment.objects.exists()


def test_a_script_learns_who_is_signed_in_and_that_is_no_reading_of_the_case(anna, ben):
    ask = {"headers": {"accept": "application/json"}}
    answer = ben.client.get(ben.address, **ask).json()
    assert (answer["ok"], answer["person"]) == (True, ben.open()["person"])
    before = AuditEvent.objects.count()
    assert anna.client.get(anna.address, **ask).json()["token"]
    assert AuditEvent.objects.count() == before
    anna.client.logout()
    assert anna.client.get(anna.address, **ask).json() == {"ok": False, "error": "signed_out"}


def test_a_case_given_to_somebody_else_meanwhile_is_not_saved_and_says_so(anna, ben):
    case = anna.inspection.cases.get(number="C001")
    allocate(case=case, assessor=ben.user, by=anna.user)
    local = in_team(a_user("Lou Reed"), anna.inspection, Role.LOCAL_ASSESSOR)
    lou = Browser(local, anna.inspection)
    assert lou.client.get(lou.address).status_code == 404
    lou_held = allocate(case=case, assessor=local, by=anna.user)
    fields = part(lou.open(), "Q1.1.1") | {"Q1.1.1-answer": "sufficient"}
    end_allocation(allocation=lou_held, why="given to Ben", by=anna.user)
    response = lou.send_json(fields)
    assert (response.status_code, response.json()) == (404, {"ok": False, "error": "404"})
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_a_token_that_lost_its_partner_is_told_a_script_as_json(anna, accept):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(anna.user)
    response = strict.post(anna.address, {"key": "k"}, headers={"accept": accept})
    assert response.status_code == 403
    json = response["Content-Type"] == "application/json"
    assert json is (accept == "application/json")
    assert not json or response.json() == {"ok": False, "error": "expired"}


# ---- who and what


def test_opening_a_case_is_on_record(anna):
    anna.open()
    event = AuditEvent.objects.last()
    assert (event.verb, event.object_id, event.actor.name) == ("case.read", str(anna.case.pk), "Anna Bell")


def test_another_inspection_s_case_is_not_there(anna):
    other = with_cases(an_inspection(), a_user(), 1)
    assert anna.client.get(reverse("judge-case", args=[other.pk, "C001"])).status_code == 404
    assert anna.client.get(reverse("judge-case", args=[anna.inspection.pk, "C999"])).status_code == 404


def test_a_case_out_of_the_sample_is_not_judged(anna):
    inspection = an_inspection(anna.inspection.service)
    a_draw(inspection, a_user(), size=2, number=5)
    reserve = inspection.draws.get().drawn.filter(place="reserve").first().case
    address = reverse("judge-case", args=[inspection.pk, reserve.number])
    assert anna.client.get(address).status_code == 404
    assert anna.client.post(address, {"key": "k"}).status_code == 404


def test_a_head_of_service_reads_but_does_not_judge(anna):
    head = Browser(with_role(a_user(), anna.inspection.service, Role.HEAD_OF_SERVICE), anna.inspection)
    assert head.client.get(head.address).status_code == 404
    text = head.client.get(reverse("cases", args=[anna.inspection.pk])).content.decode()
    assert reverse("case", args=[anna.inspection.pk, "C001"]) in text
    assert "/judge/" not in text
    assert reverse("import-judgements", args=[anna.inspection.pk]) not in text


# ---- the list


def listed(browser, query=""):
    text = browser.client.get(reverse("cases", args=[browser.inspection.pk]) + query).content.decode()
    return re.findall(r">(C\d+)</a>", text), unescape(text)


def test_the_list_says_who_judges_and_how_far(anna):
    anna.save({**LOW, "Q1.1.1-answer": "sufficient"})
    numbers, text = listed(anna)
    assert numbers == ["C001", "C002", "C003"]
    assert "0 of 3 cases are fully judged" in text
    ruled_out = sum(row.reason == CASE_FACTS for row in answers_of(anna.case).values())
    assert ruled_out > 3
    assert f"1 of {92 - ruled_out}" in text
    assert "Anna Bell" in text


def test_the_list_is_filtered_and_sorted_by_address(anna):
    anna.save({"Q1.1.1-answer": "sufficient"})
    assert listed(anna, "?state=in-progress")[0] == ["C001"]
    assert listed(anna, "?state=not-started&sort=-case")[0] == ["C003", "C002"]
    assert "No case is in this state" in listed(anna, "?state=complete")[1]
    assert len(listed(anna, f"?state={HOSTILE}")[0]) == 3


def test_a_case_with_every_answer_is_complete(anna):
    fields = anna.open()
    anna.send(fields | {name: "sufficient" for name in fields if name.startswith("Q") and name.endswith("-answer")})
    assert listed(anna, "?state=complete")[0] == ["C001"]
    assert "92 of 92" in listed(anna)[1]


def test_an_empty_list_says_what_to_do(anna):
    empty = an_inspection(anna.inspection.service)
    text = anna.client.get(reverse("cases", args=[empty.pk])).content.decode()
    assert "No case is under assessment yet" in text
    assert reverse("import-judgements", args=[empty.pk]) in text
    assert reverse("sample", args=[empty.pk]) in text


def test_six_hundred_cases_come_in_pages(anna, django_assert_max_num_queries):
    many = with_cases(an_inspection(anna.inspection.service), a_user(), 600)
    with django_assert_max_num_queries(30):
        text = anna.client.get(reverse("cases", args=[many.pk]) + "?page=6&sort=-case").content.decode()
    assert re.findall(r">(C\d+)</a>", text)[-1] == "C001"
