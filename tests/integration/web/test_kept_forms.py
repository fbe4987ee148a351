"""A form sent after the session had ended comes back after sign-in: whole, unsent, only to the person who had it."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from aboveline.records.actions.inspections import record_first_plan
from aboveline.records.identity import seal
from aboveline.records.models import Inspection, Judgement
from aboveline.web import kept_forms
from aboveline.web.forms.case_form import seen_token
from tests.inspection_builders import with_cases
from tests.records_builders import PASSWORD, a_service, a_user, an_inspection, with_role

pytestmark = pytest.mark.django_db
NOTE = 'No plan was written;\r\nthe review says "later" & <b>nothing</b> since'


@pytest.fixture
def service():
    return a_service()


@pytest.fixture
def user(service):
    return with_role(a_user("Quality Manager"), service)


@pytest.fixture
def inspection(service, user):
    return with_cases(an_inspection(service), user, 2)


@pytest.fixture
def client(user):
    """A browser with the guard against forged posts on, in which the person signed in and whose session then ended."""
    client = Client(enforce_csrf_checks=True)
    signed_in(client, client.get(reverse("sign-in")), user)
    return client


def end_session(client):
    del client.cookies["sessionid"]


def hidden(answer):
    """The hidden inputs of the page's own form, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode())
    return {html.unescape(name): html.unescape(value) for name, value in found}


def signed_in(client, page, user, password=PASSWORD):
    """Fill in and send the sign-in page."""
    return client.post(reverse("sign-in"), hidden(page) | {"username": user.email, "password": password})


def case_form(client, inspection):
    """The address of a case's form, and what a browser without JavaScript sends after one answer was given."""
    address = reverse("judge-case", args=[inspection.pk, "C001"])
    answer = {"Q1.1.1-answer": "insufficient", "Q1.1.1-note": NOTE, "Q1.1.1-seen": seen_token(0, ("",) * 6)}
    return address, hidden(client.get(address)) | answer


def test_what_was_typed_comes_back_and_is_saved_when_it_is_sent_again(client, user, inspection):
    address, sent = case_form(client, inspection)
    end_session(client)
    page = client.post(address, sent)
    assert page.status_code == 401
    assert "What you typed is kept" in page.content.decode()
    assert "No plan was written" not in page.content.decode()
    back = signed_in(client, page, user)
    assert "Your form is back" in back.content.decode()
    assert html.escape("<b>nothing</b>") in back.content.decode()
    assert not Judgement.objects.exists()
    fields = hidden(back)
    assert {name: fields[name] for name in sent if name != "csrfmiddlewaretoken"} == {
        name: value for name, value in sent.items() if name != "csrfmiddlewaretoken"
    }
    assert f'action="{address}"' in back.content.decode()
    assert client.post(address, fields).status_code == 303
    assert Judgement.objects.get(question="Q1.1.1").note == NOTE.replace("\r\n", "\n")


def test_it_outlasts_a_wrong_password(client, user, inspection):
    address, sent = case_form(client, inspection)
    end_session(client)
    wrong = signed_in(client, client.post(address, sent), user, "wrong")
    assert "What you typed is kept" in wrong.content.decode()
    assert "Your form is back" in signed_in(client, wrong, user).content.decode()


def test_somebody_else_does_not_get_it(client, service, inspection):
    address, sent = case_form(client, inspection)
    end_session(client)
    other = with_role(a_user("Other"), service)
    answer = signed_in(client, client.post(address, sent), other)
    assert answer.url == "/"
    home = client.get("/").content.decode()
    assert "What it held was not kept" in home
    assert "No plan was written" not in home


def test_a_form_of_the_person_before_is_refused_by_the_next_persons_sign_in(client, service, inspection):
    address, sent = case_form(client, inspection)
    end_session(client)
    signed_in(client, client.get(reverse("sign-in")), with_role(a_user("Other"), service))
    end_session(client)
    assert client.post(address, sent).status_code == 403


def test_what_others_saved_meanwhile_is_not_overwritten(client, user, service):
    first = an_inspection(service)
    again = an_inspection(service, kind="reinspection", original=first, held_on=first.held_on.replace(year=2010))
    address = reverse("first-plan", args=[again.pk])
    sent = hidden(client.get(address)) | {"outcome": "partly", "note": "two of five"}
    end_session(client)
    record_first_plan(
        inspection=again, outcome=Inspection.FirstPlan.CARRIED_OUT, note="all", expected_version=1, by=a_user("Other")
    )
    back = signed_in(client, client.post(address, sent), user)
    assert client.post(address, hidden(back)).status_code == 409


def test_nothing_is_kept_of_a_browser_nobody_signed_in_on(inspection):
    answer = Client().post(reverse("judge-case", args=[inspection.pk, "C001"]), {"Q1.1.1-note": NOTE})
    assert answer.url == "/sign-in/?next=%2F"


def test_neither_a_file_nor_a_form_beyond_the_limit_is_kept(client, inspection, monkeypatch):
    address, sent = case_form(client, inspection)
    end_session(client)
    with_file = sent | {"list": SimpleUploadedFile("a.csv", b"case_ref\n")}
    assert client.post(address, with_file).status_code == 302
    monkeypatch.setattr(kept_forms, "LIMIT", 100)
    assert client.post(address, sent).status_code == 302


def test_no_password_is_carried_along_and_a_changed_form_is_not_opened(client, user, rf):
    request = rf.post("/x/?a=1", {"old_password": "secret", "csrfmiddlewaretoken": "t", "note": ["one two", "x"]})
    request.COOKIES = {kept_forms.COOKIE: client.cookies[kept_forms.COOKIE].value}
    sealed = kept_forms.keep(request)
    assert kept_forms.given_back(sealed, user) == kept_forms.KeptForm("/x/?a=1", (("note", "one two"), ("note", "x")))
    assert kept_forms.given_back(sealed, user).words == ("one two",)
    assert kept_forms.given_back(sealed[:-9] + "A" * 9, user) is None
    assert kept_forms.given_back("é", user) is None
    assert kept_forms.given_back(seal(b"of something else").decode(), user) is None


def test_the_cookie_is_not_for_scripts_and_a_made_up_one_names_nobody(client, rf):
    assert client.cookies[kept_forms.COOKIE]["httponly"]
    request = rf.post("/", {"a": "b"})
    request.COOKIES = {kept_forms.COOKIE: "1"}
    assert kept_forms.keep(request) == ""
