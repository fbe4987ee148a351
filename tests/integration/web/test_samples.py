"""The sample pages over HTTP: weighed, drawn once, shown without references, replaced by the next reserve, checked."""

import json
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from aboveline.exchange.frameworks import load_framework
from aboveline.jobs.caseloads import read_case_list
from aboveline.jobs.casework import attributes_of
from aboveline.jobs.sampling import check_draw
from aboveline.records.actions.assessments import import_answers
from aboveline.records.actions.caseloads import CaseRow, confirm_caseload
from aboveline.records.models import AuditEvent, Draw, DrawnCase, Role
from aboveline.records.queries.cases import reference_of
from tests.caseload_builders import a_caseload
from tests.records_builders import a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection():
    """60 eligible cases on record, none drawn."""
    inspection = an_inspection(a_service(), held_on=date(2010, 6, 1))
    rows = [CaseRow(f"REF-{e.case_ref}", attributes_of(e)) for e in a_caseload(60).entries]
    confirm_caseload(inspection=inspection, rows=rows, digest="d", exclusions=[], by=a_user())
    return inspection


@pytest.fixture
def client(inspection):
    return signed_in(inspection)


def signed_in(inspection, role=Role.LEAD_INSPECTOR):
    client, user = Client(), a_user("Lead Inspector")
    is_team = role in (Role.LEAD_INSPECTOR, Role.INSPECTOR)
    client.force_login(in_team(user, inspection, role) if is_team else with_role(user, inspection.service, role))
    return client


def at(name, inspection, *more):
    return reverse(name, args=[inspection.pk, *more])


def page_of(client, inspection, **query):
    return client.get(at("sample", inspection), query).content.decode()


def draw(client, inspection, size=20, draws=0, method="cube", **more):
    sent = {"size": size, "method": method, "expected_draws": draws} | more
    return client.post(at("sample-draw", inspection), sent, follow=True)


def a_place(inspection, place=DrawnCase.Place.SAMPLE):
    return inspection.draws.last().drawn.filter(place=place).order_by("position").first()


def replace(client, inspection, drawn, **more):
    sent = {"reason": "transferred", "note": "Moved in May", "version": 1} | more
    return client.post(at("replace-case", inspection, drawn.pk), sent, follow=True)


class TestBeforeTheDraw:
    def test_without_a_list_the_page_says_where_to_go(self):
        bare = an_inspection(a_service())
        page = page_of(signed_in(bare), bare)
        assert "no case list to draw from" in page
        assert at("caseload", bare) in page

    def test_the_calculator_says_what_a_size_buys(self, client, inspection):
        page = page_of(client, inspection, size=38)
        assert "With 38 of 60 cases" in page
        assert '<input name="size" value="38" class="govuk-input govuk-input--width-4" id="id_size"' in page
        assert "What a size of sample buys" in page

    @pytest.mark.parametrize("size", ["0", "61", "many"])
    def test_a_size_that_cannot_be_is_told_beside_the_box(self, client, inspection, size):
        page = page_of(client, inspection, size=size)
        assert 'id="calculator_size-error"' in page
        assert "With 40 of 60 cases" in page

    def test_what_the_methods_mean_and_what_is_balanced(self, client, inspection):
        page = page_of(client, inspection)
        assert "as in drawing lots" in page
        assert "balances the sample on order type" in page

    def test_who_may_not_draw_sees_no_form_and_no_way_in(self, inspection):
        head = signed_in(inspection, Role.HEAD_OF_SERVICE)
        page = page_of(head, inspection)
        assert "What a size of sample buys" in page
        assert at("sample-draw", inspection) not in page
        assert draw(head, inspection).status_code == 404
        assert not Draw.objects.exists()


class TestDrawing:
    def test_the_sample_is_drawn_by_the_seed_made_before_and_listed_by_number(self, client, inspection):
        page = draw(client, inspection).content.decode()
        assert "The sample is drawn and on record" in page
        made = Draw.objects.get()
        assert (made.seed, made.size, made.method) == (inspection.seed, 20, "cube")
        assert all(number in page for number in made.certificate["sample"] + made.certificate["reserves"])
        assert "REF-" not in page

    def test_pressed_twice_it_is_drawn_once(self, client, inspection):
        draw(client, inspection)
        again = draw(client, inspection)
        assert again.status_code == 200
        assert "It was not drawn twice" in again.content.decode()
        assert Draw.objects.count() == 1

    @pytest.mark.parametrize("size", [20, 25])
    def test_someone_else_s_draw_is_a_conflict_and_is_shown(self, client, inspection, size):
        draw(client, inspection)
        answer = draw(signed_in(inspection), inspection, size=size)
        assert answer.status_code == 409
        assert "Someone else drew a sample meanwhile" in answer.content.decode()
        assert Draw.objects.get().size == 20

    def test_more_cases_than_there_are_is_refused(self, client, inspection):
        answer = draw(client, inspection, size=61)
        assert answer.status_code == 422
        assert "Enter a number from 1 to 60" in answer.content.decode()

    def test_a_second_draw_needs_a_reason_and_both_stay(self, client, inspection):
        draw(client, inspection)
        assert draw(client, inspection, draws=1).status_code == 422
        page = draw(client, inspection, draws=1, reason="A team was left out").content.decode()
        assert "A team was left out" in page
        assert "Draw 1: certificate" in page
        assert "Draw 2: certificate" in page
        assert Draw.objects.count() == 2

    def test_once_assessment_began_there_is_no_drawing_again(self, client, inspection):
        draw(client, inspection)
        import_answers(case=a_place(inspection).case, answers=[], by=a_user())
        assert "cannot be drawn again" in page_of(client, inspection)
        assert at("sample-draw", inspection) not in page_of(client, inspection)
        assert "so the sample stays" in draw(client, inspection, draws=1, reason="again").content.decode()
        assert Draw.objects.count() == 1

    def test_the_sample_sorts_by_address(self, client, inspection):
        draw(client, inspection)
        page = page_of(client, inspection, sort="-case")
        numbers = Draw.objects.get().certificate["sample"]
        assert page.index(f">{numbers[-1]}<") < page.index(f">{numbers[0]}<")


class TestReferences:
    def test_they_are_shown_on_request_only_and_each_is_on_record(self, client, inspection):
        draw(client, inspection)
        page = client.post(at("sample-references", inspection)).content.decode()
        shown = inspection.draws.get().drawn.filter(place="sample")
        assert all(reference_of(one.case) in page for one in shown)
        events = AuditEvent.objects.filter(verb="reference.shown")
        assert {e.object_id for e in events} == {str(one.case_id) for one in shown}
        assert "REF-" not in page_of(client, inspection)

    def test_opening_the_address_shows_nothing(self, client, inspection):
        draw(client, inspection)
        answer = client.get(at("sample-references", inspection), follow=True)
        assert "REF-" not in answer.content.decode()
        assert not AuditEvent.objects.filter(verb="reference.shown").exists()

    def test_democratic_services_do_not_see_the_sample_at_all(self, inspection):
        other = signed_in(inspection, Role.DEMOCRATIC_SERVICES)
        assert other.post(at("sample-references", inspection)).status_code == 404


class TestReplacing:
    def test_the_next_reserve_takes_the_place_and_the_reason_stays(self, client, inspection):
        draw(client, inspection)
        out, reserve = a_place(inspection), a_place(inspection, DrawnCase.Place.RESERVE)
        asked = client.get(at("replace-case", inspection, out.pk)).content.decode()
        assert f"the next reserve, {reserve.case.number}" in asked
        page = replace(client, inspection, out).content.decode()
        assert f"{out.case.number} was replaced by {reserve.case.number}" in page
        assert f"took the place of {out.case.number}" in page
        assert "Moved in May" in page
        assert "Since then one case was replaced" in page

    def test_a_reason_and_a_sentence_are_needed(self, client, inspection):
        draw(client, inspection)
        answer = replace(client, inspection, a_place(inspection), reason="", note=" ")
        assert answer.status_code == 422
        assert "Choose why the case is taken out" in answer.content.decode()
        assert "Say in a sentence what happened" in answer.content.decode()

    def test_two_people_replace_one_case_and_the_second_sees_the_first_s_reason(self, client, inspection):
        draw(client, inspection)
        out = a_place(inspection)
        replace(client, inspection, out)
        answer = replace(signed_in(inspection), inspection, out, reason="other", note="Something else")
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Moved in May" in page
        assert "Something else" in page
        assert DrawnCase.objects.filter(place="replaced").count() == 1

    def test_pressed_twice_it_is_replaced_once(self, client, inspection):
        draw(client, inspection)
        out = a_place(inspection)
        replace(client, inspection, out)
        assert "It was not replaced twice" in replace(client, inspection, out).content.decode()
        assert DrawnCase.objects.filter(place="replaced").count() == 1

    def test_with_no_reserve_left_nothing_is_replaced(self, client, inspection):
        draw(client, inspection, size=60)
        answer = replace(client, inspection, a_place(inspection))
        assert "Carry on with one case fewer" in answer.content.decode()
        assert at("replace-case", inspection, a_place(inspection).pk) not in page_of(client, inspection)

    def test_a_case_of_an_earlier_draw_is_not_there(self, client, inspection):
        draw(client, inspection)
        earlier = a_place(inspection)
        draw(client, inspection, draws=1, reason="again")
        assert client.get(at("replace-case", inspection, earlier.pk)).status_code == 404

    def test_a_case_with_judgements_is_replaced_with_a_warning(self, client, inspection):
        draw(client, inspection)
        out = a_place(inspection)
        import_answers(case=out.case, answers=[], by=a_user())
        assert "no longer count in the scores" in client.get(at("replace-case", inspection, out.pk)).content.decode()


class TestCertificate:
    def test_the_page_holds_everything_and_no_reference(self, client, inspection):
        draw(client, inspection)
        certificate = Draw.objects.get().certificate
        page = client.get(at("certificate", inspection, 1)).content.decode().replace("<wbr>", "")
        for part in (certificate["draw"]["frame_digest"], certificate["caseload"]["digest"], inspection.seed):
            assert part in page
        assert ", ".join(certificate["sample"]) in page
        assert "REF-" not in page

    def test_checking_says_that_it_is_the_same(self, client, inspection):
        draw(client, inspection)
        page = client.get(at("certificate", inspection, 1), {"check": "yes"}).content.decode()
        assert "the same cases and the same reserves came out" in page

    def test_checking_says_what_differs_where_a_certificate_was_changed(self, client, inspection):
        draw(client, inspection)
        made = Draw.objects.get()
        made.certificate["sample"] = made.certificate["reserves"]
        made.save()
        page = client.get(at("certificate", inspection, 1), {"check": "yes"}).content.decode()
        assert "Drawing again gives a different sample" in page

    def test_the_two_files_are_enough_to_draw_again(self, client, inspection):
        draw(client, inspection)
        certificate = client.get(at("certificate-json", inspection, 1)).content
        listed = client.get(at("certificate-caseload", inspection, 1)).content
        framework = load_framework("cci-2009")
        caseload = read_case_list(listed, framework, file="caseload.csv").expect()
        assert check_draw(certificate, caseload, framework, file="certificate.json").ok
        assert json.loads(certificate)["draw"]["seed"] == inspection.seed
        assert b"REF-" not in certificate + listed
        assert AuditEvent.objects.filter(verb="caseload.downloaded").count() == 1

    def test_page_and_file_name_the_event_that_put_the_draw_on_the_trail(self, client, inspection):
        draw(client, inspection)
        event = AuditEvent.objects.get(verb="sample.drawn")
        audit = json.loads(client.get(at("certificate-json", inspection, 1)).content)["audit"]
        assert audit == {"event": event.sequence, "hash": event.hash}
        page = client.get(at("certificate", inspection, 1)).content.decode().replace("<wbr>", "")
        assert f"event {event.sequence}, chain head {event.hash}" in page

    def test_every_draw_keeps_its_own(self, client, inspection):
        draw(client, inspection)
        draw(client, inspection, draws=1, reason="A team was left out")
        first, second = (client.get(at("certificate", inspection, n)).content.decode() for n in (1, 2))
        assert "A team was left out" not in first
        assert "A team was left out" in second
        assert client.get(at("certificate", inspection, 3)).status_code == 404

    def test_a_draw_recorded_without_a_readable_certificate_says_so(self, client, inspection):
        draw(client, inspection)
        Draw.objects.update(certificate={"seed": "x"})
        page = client.get(at("certificate", inspection, 1), {"check": "yes"}).content.decode()
        assert "without a certificate that can be read" in page
