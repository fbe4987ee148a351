"""Answering by single keys is each person's own setting, kept on the server."""

import pytest
from django.urls import reverse

from aboveline.records.models import AuditEvent
from tests.integration.web.test_second_reads import Week, browser
from tests.records_builders import a_user

pytestmark = pytest.mark.django_db
ADDRESS = "/account/answer-keys/"


def test_they_are_on_until_a_person_switches_them_off_for_themselves_in_either_form():
    week = Week()
    week.give(week.bob)
    forms = ((week.ann, "judge-case"), (week.bob, "second-read"))
    for user, form in forms:
        assert 'data-keys="on"' in week.get(user, form, "C001").text
        assert browser(user).post(ADDRESS, {"state": "off"}).status_code == 302
        assert 'data-keys="off"' in week.get(user, form, "C001").text
    assert 'data-keys="on"' in week.get(week.lead, "judge-case", "C002").text


def test_the_account_says_how_it_stands_and_who_switched_it_is_on_record():
    user = a_user()
    page = browser(user).post(ADDRESS, {"state": "off"}, follow=True)
    assert "Off: no single key gives an answer" in page.text
    browser(user).post(ADDRESS, {"state": "off"})
    assert AuditEvent.objects.filter(verb="answer_keys.set", actor=user).count() == 1
    assert "On: in the form of a case" in browser(user).post(ADDRESS, {"state": "on"}, follow=True).text


@pytest.mark.parametrize(
    ("back", "to"),
    [
        ("/inspections/", "/inspections/"),
        ("", "/account/"),
        ("https://elsewhere.example/", "/account/"),
        ("//elsewhere.example/", "/account/"),
        ("javascript:alert(1)", "/account/"),
    ],
)
def test_it_leads_back_to_a_page_of_this_site_only(back, to):
    assert browser(a_user()).post(ADDRESS, {"state": "off", "back": back}).url == to


def test_a_link_switches_nothing():
    user = a_user()
    assert browser(user).get(reverse("answer-keys")).status_code == 405
    user.refresh_from_db()
    assert user.answer_keys
