"""Every route against every role and relation: what is not allowed is not there."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from aboveline.records.actions.reports import add_report
from aboveline.records.models import Role
from aboveline.records.models.people import SERVICE_ROLES, TEAM_ROLES
from aboveline.web.policies import Action, may, policy_of
from tests.architecture.test_routes import routes
from tests.records_builders import a_draw, a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """One inspected service with everything in it, and another service that has nothing to do with it."""
    service = a_service()
    inspection = an_inspection(service)
    draw = a_draw(inspection, a_user("Drawer"))
    report = add_report(service=service, title="Report", document="", by=a_user("Writer"))
    arguments = {
        "slug": service.slug,
        "inspection_id": inspection.pk,
        "report_id": report.pk,
        "number": inspection.cases.first().number,
        "criterion": "1.1",
        "question": "Q1.1.1",
        "ordinal": draw.ordinal,
        "drawn_id": draw.drawn.first().pk,
        "form": "pdf",
        "kind": "csv",
        "framework_id": "cci-2009",
        "extension": "csv",
    }
    return service, inspection, arguments


def addresses(arguments):
    """Every route that can be built from the world's parts, with its policy."""
    for pattern in routes(get_resolver().url_patterns):
        names = pattern.pattern.converters.keys()
        missing = set(names) - set(arguments)
        assert not missing, f"{pattern.pattern}: give the test a value for {missing}"
        try:
            yield reverse(pattern.name, kwargs={n: arguments[n] for n in names}), policy_of(pattern)
        except NoReverseMatch:
            continue


def guarded(arguments):
    own = {Action.PUBLIC, Action.SIGNED_IN}
    return [(address, policy) for address, policy in addresses(arguments) if policy not in own]


def opened(client, address):
    """Whether the page was there for this person; some answer a GET with 405, which is 'there'."""
    return client.get(address).status_code != 404


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_just_what_the_table_says(world, role):
    service, inspection, arguments = world
    user = a_user()
    with_role(user, service, role) if role in SERVICE_ROLES else in_team(user, inspection, role)
    client = signed_in(user)
    for address, policy in guarded(arguments):
        allowed = may(frozenset({role}), policy) and not (role in TEAM_ROLES and address.startswith("/reports"))
        assert opened(client, address) is allowed, (address, role)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_elsewhere_opens_nothing_here(world, role):
    _, _, arguments = world
    user, elsewhere = a_user(), a_service()
    if role in SERVICE_ROLES:
        with_role(user, elsewhere, role)
    else:
        in_team(user, an_inspection(elsewhere), role)
    client = signed_in(user)
    for address, _ in guarded(arguments):
        assert not opened(client, address), address


def test_someone_with_no_role_opens_nothing(world):
    client = signed_in(a_user())
    assert [a for a, _ in guarded(world[2]) if opened(client, a)] == []


def test_nobody_signed_out_gets_past_the_sign_in_page(world):
    for address, policy in addresses(world[2]):
        if policy is Action.PUBLIC:
            continue
        answer = Client().get(address)
        assert answer.status_code == 302, address
        assert answer.headers["Location"].startswith("/sign-in/"), address


def test_a_script_that_is_signed_out_gets_401_not_a_page(world):
    address = reverse("inspection", kwargs={"inspection_id": world[1].pk})
    answer = Client().get(address, headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["ok"] is False


def test_a_removed_role_holds_from_the_next_request(world):
    service, inspection, _ = world
    user = with_role(a_user(), service)
    client = signed_in(user)
    address = reverse("inspection", kwargs={"inspection_id": inspection.pk})
    assert client.get(address).status_code == 200
    user.service_roles.all().delete()
    assert client.get(address).status_code == 404


def test_private_pages_are_kept_out_of_caches(world):
    client = signed_in(with_role(a_user(), world[0]))
    answer = client.get(reverse("inspection", kwargs={"inspection_id": world[1].pk}))
    assert "no-store" in answer.headers["Cache-Control"]
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
