"""A lead inspector and an assessor discuss an answer: opened, answered, resolved, reopened, and written at once."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from aboveline.records.models import Comment
from tests.integration.web.test_casework import Work
from tests.journeys.checks import PHONE, check_error_summary, check_page
from tests.journeys.test_case_form import shortened

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = "Q1.1.1"


@pytest.fixture
def work(live_server):
    made = Work().judged()
    made.discussion = live_server.url + reverse("discussion", args=[made.inspection.pk, made.case.number, QUESTION])
    made.form = live_server.url + made.at("judge-case")
    made.home = live_server.url + "/"
    return made


@pytest.fixture
def beside(browser, browser_context_args, live_server):
    """`beside(user)` returns a page of a person's own browser, beside the one in hand."""
    opened = []

    def open_page(user, **options):
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context = browser.new_context(**{**browser_context_args, **options})
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        opened.append(context)
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()


def test_from_a_doubt_of_the_lead_to_its_resolution_and_back(work, signed_in, beside):
    # given a lead who reads a case and doubts an answer
    lead = signed_in(work.lead)
    lead.goto(work.discussion.partition("discussions/")[0])
    check_page(lead)
    lead.locator(f"[id='{QUESTION}']").get_by_role("link", name="Discuss").click()
    check_page(lead)
    lead.get_by_role("button", name="Open a discussion").click()
    check_error_summary(lead)
    check_page(lead)
    lead.get_by_label("Comment").fill("Is the screening of 3 May not enough?")
    lead.get_by_role("button", name="Open a discussion").click()
    expect(lead.get_by_text("Your comment is on record")).to_be_visible()
    # then it stands on the home page of the assessor, who answers it
    assessor = beside(work.assessor)
    assessor.goto(work.home)
    assessor.get_by_role("link", name="an answer is being discussed").click()
    expect(assessor.get_by_text("Is the screening of 3 May not enough?")).to_be_visible()
    assessor.get_by_label("Comment").fill("It was signed in June.")
    assessor.get_by_role("button", name="Send the comment").click()
    check_page(assessor)
    # and the lead, whose page is older, is told of it with nothing lost
    lead.get_by_label("Comment").fill("I can find no other one")
    lead.get_by_role("button", name="Send the comment").click()
    expect(lead.get_by_text("Not sent: somebody wrote meanwhile")).to_be_visible()
    expect(lead.locator(".ab-new")).to_contain_text("It was signed in June.")
    expect(lead.get_by_label("Comment")).to_have_value("I can find no other one")
    check_page(lead)
    lead.get_by_label("Comment").fill("Then it stands")
    lead.get_by_role("button", name="Resolve the discussion").click()
    expect(lead.get_by_text("The discussion is resolved")).to_be_visible()
    # and reopened, it is marked beside the answer in the assessor's form and among the lead's open ones
    assessor.reload()
    assessor.get_by_label("Why it is open again").fill("There is another entry, of 10 May")
    assessor.get_by_role("button", name="Reopen the discussion").click()
    check_page(assessor)
    assessor.get_by_role("link", name="Change the answer").click()
    expect(assessor.locator(f"[id='{QUESTION}']").get_by_role("link", name="Open discussion")).to_be_visible()
    check_page(shortened(assessor))
    lead.get_by_role("link", name="Open discussions of the inspection").click()
    expect(lead.get_by_role("table")).to_contain_text(f"{work.case.number}: {QUESTION}")
    check_page(lead)
    assert [one.did for one in Comment.objects.all()] == ["said", "said", "resolved", "reopened"]


def test_without_scripts_on_a_phone_it_is_all_there(work, beside):
    page = beside(work.assessor, viewport=PHONE, java_script_enabled=False)
    page.goto(work.form)
    page.locator(f"[id='{QUESTION}']").get_by_role("link", name="Discuss").click()
    page.get_by_label("Comment").fill("What counts as in time here?")
    page.get_by_role("button", name="Open a discussion").click()
    expect(page.get_by_text("What counts as in time here?")).to_be_visible()
    page.get_by_role("button", name="Resolve the discussion").click()
    expect(page.get_by_role("button", name="Reopen the discussion")).to_be_visible()
