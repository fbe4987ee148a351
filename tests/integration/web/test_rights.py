"""Every route against every role and relation, by the policy table: what is not allowed is not there."""

from dataclasses import dataclass
from datetime import date, time

import pytest
from django.http import Http404
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, resolve, reverse
from django.utils import timezone

from aboveline.domain.access import Reach, RunBy, Standing, reach_of
from aboveline.domain.roles import PLACES_OF, HeldAt, Role
from aboveline.domain.second_reading import HowChosen
from aboveline.domain.workflow import Stage
from aboveline.records.actions.allocation import allocate
from aboveline.records.actions.arranging import note_absence
from aboveline.records.actions.conflicts import record_conflict
from aboveline.records.actions.drafting import PointValues, make_point
from aboveline.records.actions.findings import FindingValues, add_finding
from aboveline.records.actions.invitations import invite
from aboveline.records.actions.meetings import MeetingValues, add_recommendation, record_meeting
from aboveline.records.actions.moderation import propose_override
from aboveline.records.actions.people import end_role, give_programme_role, give_role
from aboveline.records.actions.planning import WantedSupply, ask_supplies
from aboveline.records.actions.replacements import ask_replacement
from aboveline.records.actions.reports import add_report
from aboveline.records.actions.second_reads import give_second_read
from aboveline.records.models import Conflict, DraftPoint, Finding, Inspection, ServiceRole
from aboveline.web.policies import Action, policy_of
from tests.alert_builders import an_alert
from tests.architecture.test_routes import routes
from tests.records_builders import a_draw, a_programme, a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db

RELATIONS = ("own", "manages", "reads again", "here", "other service", "other inspection", "conflicted", "removed")
#: who runs the inspection, and the stage it is at
SETTINGS = (
    (RunBy.SERVICE, Stage.FIELDWORK),
    (RunBy.PROGRAMME, Stage.FIELDWORK),
    (RunBy.PROGRAMME, Stage.WITH_SERVICE),
    (RunBy.PROGRAMME, Stage.PUBLISHED),
)
#: stages that change nothing for pages of other things than inspections
LATER = {Stage.WITH_SERVICE, Stage.PUBLISHED}
#: where each page is asked for over HTTP and made; elsewhere its guard is asked, which is a fiftieth of the work
MADE_WHOLE = {(RunBy.PROGRAMME, Stage.FIELDWORK, relation) for relation in ("own", "conflicted", "removed")}
#: each role at each place it can be held at, in each setting; a programme has no part in a service's own exercise
EVERY = [
    (role, place, run_by, stage)
    for role in Role
    for place in sorted(PLACES_OF[role])
    for run_by, stage in SETTINGS
    if (run_by, place) != (RunBy.SERVICE, HeldAt.PROGRAMME)
]
CODE = "CM-1"
#: what nobody may do to a case they manage, whatever else they are
JUDGING = {Action.JUDGE, Action.COMMENT, Action.QUALITY_READ, Action.READ_AGAIN, Action.SECOND_READ, Action.SETTLE}


@dataclass(frozen=True)
class Setting:
    """One inspected service with everything in it; `arguments` build the address of every route."""

    service: object
    inspection: Inspection
    case: object
    arguments: dict


def a_setting(run_by=RunBy.SERVICE, stage=Stage.FIELDWORK) -> Setting:
    service = a_service()
    programme = a_programme() if run_by is RunBy.PROGRAMME else None
    inspection = an_inspection(service, programme=programme)
    draw = a_draw(inspection, a_user("Drawer"))
    Inspection.objects.filter(pk=inspection.pk).update(stage=stage)
    inspection.refresh_from_db()
    report = add_report(service=service, title="Report", document="", by=a_user("Writer"))
    case = draw.drawn.filter(place="sample").first().case
    type(case).objects.filter(pk=case.pk).update(attributes=case.attributes | {"case_manager": CODE})
    arguments = {
        "slug": service.slug,
        "inspection_id": inspection.pk,
        "report_id": report.pk,
        "number": case.number,
        "alert_id": an_alert(case).pk,
        "criterion": "1.1",
        "question": "Q1.1.1",
        "ordinal": draw.ordinal,
        "drawn_id": draw.drawn.first().pk,
        "form": "pdf",
        "kind": "csv",
        "framework_id": "cci-2009",
        "extension": "csv",
        "programme": programme.slug if programme else "none",
        **of_a_week(inspection, draw),
        **of_the_result(inspection),
        "provider_id": "organisation",
        "token": "made-up",
        "session_id": 1,
        **people_of(service, inspection, programme),
    }
    return Setting(service, inspection, case, arguments)


def of_the_result(inspection):
    """A finding, a proposed band and a point on the draft."""
    by = a_user("Writer of findings")
    said = add_finding(inspection=inspection, kind=Finding.Kind.STRENGTH, values=FindingValues("Good"), by=by)
    band = propose_override(inspection=inspection, target="1.1", computed="drastic", band="moderate", reason="r", by=by)
    values = PointValues("1.1", "Four", "Three", "The list")
    point = make_point(inspection=inspection, kind=DraftPoint.Kind.FACT, values=values, by=by)
    return {
        "finding_id": said.pk, "part": "findings", "override_id": band.pk, "target": "1.1", "point_id": point.pk,
        "published_id": inspection.pk,
    }  # fmt: skip


def people_of(service, inspection, programme):
    """One held role and invitation at each place, and an entry of the register; 0 where there is no programme."""
    host, guest = a_user("Host"), a_user("Guest")
    numbers = {"entry_id": record_conflict(user=guest, tie=Conflict.Tie.SECONDED, service=service, by=host).pk}
    for name, place, role in (
        ("service", service, Role.MONITOR),
        ("team", inspection, Role.INSPECTOR),
        ("programme", programme, Role.ANALYST),
    ):
        held = give_role(user=a_user("Guest"), place=place, role=role, by=host) if place else None
        asked = invite(email="guest@example.org", roles=[role], place=place, by=host)[0] if place else None
        if name == "team":
            tie = record_conflict(user=held.user, tie=Conflict.Tie.MANAGED, case=inspection.cases.first(), by=host)
            numbers |= {"tie_id": tie.pk}
        numbers |= {f"{name}_role": held.pk if held else 0, f"{name}_invitation": asked.pk if asked else 0}
    return numbers


def of_a_week(inspection, draw) -> dict:
    """One of everything that belongs to a week and has a page."""
    by, day = a_user("Planner"), date(2009, 6, 1)
    asked = ask_replacement(
        drawn=draw.drawn.filter(place="sample").last(), side="team", reason="transferred", note="Gone", answer_by=day,
        expected_version=1, by=by,
    )  # fmt: skip
    reader = in_team(a_user("Reader"), inspection)
    allocate(case=draw.drawn.filter(place="sample")[1].case, assessor=reader, by=by)
    notes = MeetingValues(day, time(17), "All", "Progress")
    return {
        "step": "announced" if inspection.kind != "local_audit" else "cases_drawn",
        "assessor_id": reader.pk,
        "supply_id": ask_supplies(inspection=inspection, wanted=[WantedSupply("Rooms", day)], by=by)[0].pk,
        "request_id": asked.pk,
        "absence_id": note_absence(inspection=inspection, day=day, user=by, by=by).pk,
        "meeting_id": record_meeting(inspection=inspection, kind="daily", values=notes, by=by).pk,
        "recommendation_id": add_recommendation(inspection=inspection, text="Look", to="board", by=by).pk,
    }


@pytest.fixture
def world():
    setting = a_setting()
    return setting.service, setting.inspection, setting.arguments


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
    """Every route that asks for a right: its address, the right, what it is a page of, and whether it narrows."""
    own = {Action.PUBLIC, Action.SIGNED_IN}
    for pattern in routes(get_resolver().url_patterns):
        policy = policy_of(pattern)
        if policy in own:
            continue
        names = set(pattern.pattern.converters)
        address = reverse(pattern.name, kwargs={name: arguments[name] for name in names})
        thing = next((one for one in ("inspection_id", "report_id", "slug") if one in names), "programme")
        of_case = {"inspection_id", "number"} <= names
        yield address, policy, thing, of_case, pattern.callback.reaches_own


def let_in(user, address):
    """Whether the guard of a page lets this person in; the page itself is not made."""
    match = resolve(address)
    try:
        match.func.admit(user, dict(match.kwargs))
    except Http404:
        return False
    return True


def opened(client, address):
    """Whether the page was there for this person; some answer a GET with 405, which is 'there'."""
    return client.get(address).status_code != 404


def page_decides(address, relation, run_by):
    """Where the page itself says what is there: a conflicted person's alert is left to others, and only a service's
    own round is closed. (test_alerts.py, test_rounds.py)"""
    name = resolve(address).url_name
    return (name == "alert" and relation == "conflicted") or (name == "close-round" and run_by is RunBy.PROGRAMME)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def take_part(user, role, place, setting, relation):
    """Put a person in this relation to the setting."""
    service = a_service() if relation == "other service" else setting.service
    inspection = setting.inspection
    if relation in {"other service", "other inspection"}:
        programme = a_programme() if inspection.programme else None
        inspection = an_inspection(service, programme=programme)
    held = give(user, role, place, service, inspection)
    if relation in {"here", "other service", "other inspection"}:
        return
    if place is HeldAt.INSPECTION and relation == "reads again":
        give_second_read(case=setting.case, reader=user, how=HowChosen.BY_HAND, by=a_user())
    elif place is HeldAt.INSPECTION:
        allocate(case=setting.case, assessor=user, by=a_user())
    if relation == "manages" and role is not Role.CASE_MANAGER:
        give(user, Role.CASE_MANAGER, HeldAt.SERVICE, service, inspection)
    if relation == "conflicted":
        record_conflict(user=user, tie=Conflict.Tie.MANAGED, case=setting.case, by=a_user())
        record_conflict(user=user, tie=Conflict.Tie.EMPLOYED, service=setting.service, by=a_user())
    if relation == "removed":
        if place is not HeldAt.INSPECTION:
            give(a_user(), Role.ADMINISTRATOR, place, service, inspection)
        end_role(held=held, by=a_user())


def give(user, role, place, service, inspection):
    if place is HeldAt.INSPECTION:
        return in_team(user, inspection, role).team_roles.get()
    if place is HeldAt.PROGRAMME:
        return give_programme_role(user=user, programme=inspection.programme, role=role, by=None)
    if role is Role.CASE_MANAGER:  # the code is one person's at a time
        ServiceRole.objects.filter(service=service, staff_code=CODE, ended_at=None).update(ended_at=timezone.now())
    with_role(user, service, role, staff_code=CODE if role is Role.CASE_MANAGER else "")
    return ServiceRole.objects.get(user=user, role=role)


def expected(held, setting, relation, policy, thing, of_case, narrows):
    """What the table says of a role held at a place, worked out here apart from the code that the pages use."""
    role, place = held
    if relation == "manages":
        asked = (setting, "own", policy, thing, of_case, narrows)
        both = {held, (Role.CASE_MANAGER, HeldAt.SERVICE)}
        if thing == "inspection_id" and setting.inspection.programme and place is not HeldAt.SERVICE:
            both.remove(held)  # they belong to the inspected service
        return not (of_case and policy in JUDGING) and any(expected(one, *asked) for one in both)
    elsewhere = {"other service", "removed"}
    at_service, in_programme = place is HeldAt.SERVICE, place is HeldAt.PROGRAMME
    if relation in elsewhere or (relation == "other inspection" and not held_beyond(thing, at_service, policy)):
        return False
    if thing == "programme":
        run_by, stage, holds = RunBy.PROGRAMME, Stage.SET_UP, in_programme
    elif thing == "inspection_id":
        run_by, stage, holds = setting.inspection.run_by, Stage(setting.inspection.stage), True
    else:
        run_by, stage, holds = RunBy.SERVICE, Stage.SET_UP, at_service or policy is Action.SEE_SERVICE
    if not holds:
        return False
    conflicted = relation == "conflicted" and thing == "inspection_id"
    if conflicted and not of_case and (run_by is RunBy.SERVICE or place is HeldAt.SERVICE):
        conflicted = False
    again = relation == "reads again" and place is HeldAt.INSPECTION
    blind = again and of_case
    of_inspection = thing == "inspection_id"
    theirs = of_case and place is HeldAt.INSPECTION and (again or relation == "own")
    standing = Standing(
        frozenset({role}), run_by, stage, allocated=theirs and policy is Action.SETTLE, conflicted=conflicted,
        second_reader=blind, blind=blind, held_at=frozenset({place}),
        reads_blind=again and of_inspection, few=of_inspection and run_by is RunBy.SERVICE,
    )  # fmt: skip
    reach = reach_of(standing, policy)
    if reach is Reach.OWN and policy is Action.READ_AGAIN:
        return blind
    if reach is Reach.OWN and not narrows:
        owner = role is Role.CASE_MANAGER or place is HeldAt.INSPECTION
        held = role is Role.CASE_MANAGER or again or relation == "own" or (relation == "conflicted" and not conflicted)
        return of_case and owner and held
    return reach is not None


def held_beyond(thing, at_service, policy):
    """Whether a role in another inspection of the same service opens this page: a service's role does."""
    return at_service or (thing == "slug" and policy is Action.SEE_SERVICE)


@pytest.mark.parametrize(("role", "place", "run_by", "stage"), EVERY)
def test_each_role_and_relation_opens_just_what_the_table_says(role, place, run_by, stage):
    setting = a_setting(run_by, stage)
    wrong, cells = [], 0
    for relation in RELATIONS:
        user = a_user()
        take_part(user, role, place, setting, relation)
        client = signed_in(user)
        for address, policy, *about in guarded(setting.arguments):
            if stage in LATER and about[0] != "inspection_id":
                continue
            cells += 1
            allowed = expected((role, place), setting, relation, policy, *about)
            whole = (run_by, stage, relation) in MADE_WHOLE and place is min(PLACES_OF[role])
            whole = whole and not page_decides(address, relation, run_by)
            if (opened(client, address) if whole else let_in(user, address)) is not allowed:
                wrong.append((relation, address, policy.name, "should open" if allowed else "should not"))
    assert wrong == []
    assert cells * len(EVERY) >= 2_000


def test_someone_with_no_role_opens_nothing(world):
    client = signed_in(a_user())
    assert [a for a, *_ in guarded(world[2]) if opened(client, a)] == []


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
    with_role(a_user(), service, Role.ADMINISTRATOR)
    end_role(held=user.service_roles.get(), by=user)
    assert client.get(address).status_code == 404


def test_private_pages_are_kept_out_of_caches(world):
    client = signed_in(with_role(a_user(), world[0]))
    answer = client.get(reverse("inspection", kwargs={"inspection_id": world[1].pk}))
    assert "no-store" in answer.headers["Cache-Control"]
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
