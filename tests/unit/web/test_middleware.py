"""Every page is refused without a policy, asked for sign-in, and kept out of caches."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from aboveline.web.context import navigation
from aboveline.web.middleware import BodiesLimited, PrivatePages, SignInRequired
from aboveline.web.policies import Action

SIGNED_OUT, SIGNED_IN = (SimpleNamespace(is_authenticated=known) for known in (False, True))


def request(path="/", user=SIGNED_OUT, method="get", **headers):
    made = getattr(RequestFactory(), method)(path, headers=headers)
    made.user = user
    return made


def refused(policy, **asked):
    view = SimpleNamespace(policy=policy) if policy else SimpleNamespace()
    return SignInRequired(HttpResponse).process_view(request(**asked), view, (), {})


@pytest.mark.parametrize("user", [SIGNED_OUT, SIGNED_IN])
def test_a_view_without_a_policy_is_refused_to_everyone(user):
    with pytest.raises(PermissionDenied):
        refused(None, user=user)


@pytest.mark.parametrize(
    ("policy", "user"), [(Action.PUBLIC, SIGNED_OUT), (Action.PUBLIC, SIGNED_IN), (Action.SEE_CASES, SIGNED_IN)]
)
def test_what_is_public_or_signed_in_is_let_through(policy, user):
    assert refused(policy, user=user) is None


def test_a_page_asked_for_is_where_sign_in_leads_back_to():
    assert refused(Action.SIGNED_IN, path="/reports/?sort=to").headers["Location"] == (
        "/sign-in/?next=%2Freports%2F%3Fsort%3Dto"
    )


def test_after_a_lost_post_sign_in_leads_home():
    assert refused(Action.JUDGE, path="/inspections/1/", method="post").headers["Location"] == "/sign-in/?next=%2F"


def test_a_script_is_answered_in_its_own_terms():
    answer = refused(Action.JUDGE, accept="application/json, text/plain")
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("path", "given", "kept"),
    [("/", {}, "no-store"), ("/static/a.css", {}, None), ("/", {"Cache-Control": "no-cache"}, "no-cache")],
)
def test_only_static_files_may_be_kept(path, given, kept, settings):
    settings.STATIC_URL = "static/"
    answer = PrivatePages(lambda _request: HttpResponse(headers=given))(request(path))
    assert answer.headers.get("Cache-Control") == kept


@pytest.mark.parametrize(("over", "status"), [(0, 200), (1, 413)])
def test_a_body_may_be_as_long_as_the_limit_and_no_longer(over, status, settings):
    made = request()
    made.META["CONTENT_LENGTH"] = str(settings.MAX_BODY_BYTES + over)
    assert BodiesLimited(lambda _request: HttpResponse())(made).status_code == status


@pytest.mark.parametrize("made_up", [True, False])
def test_every_page_knows_its_parts_and_whether_all_is_made_up(made_up, settings):
    settings.SYNTHETIC = made_up
    found = navigation(request())
    assert found["synthetic"] is made_up
    assert [name for name, _words in found["navigation"]] == ["home", "inspections", "comparison", "reports"]
