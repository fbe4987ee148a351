"""A number that no page of ours sends back is answered like any other stale or wrong one, never with a failure."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from aboveline.records.models import Role
from aboveline.web.forms.date_parts import DatePartsField
from aboveline.web.forms.reports import with_row, without_row
from aboveline.web.middleware import BodiesLimited
from tests.integration.records.world import a_world
from tests.records_builders import with_role

ODD = ["9" * 5000, "²", "x", "٣٣", "-1", "1_0", ""]
#: page, what to send beside the number, the number's field
FORMS = [
    ("draw", {"size": "2", "method": "simple"}, "expected_draws"),
    ("check", {}, "version"),
    ("bind", {"seen": ""}, "version"),
    ("edit", {"add": "report_to"}, "report_to-count"),
    ("edit", {"remove": "report_to-0", "report_to-²-body": "x"}, "report_to-count"),
    ("save", {"key": "k"}, "version"),
    ("replace", {"reason": "conflict", "note": "n"}, "version"),
]


@pytest.fixture
def world():
    world = a_world()
    with_role(world.by, world.service, Role.HEAD_OF_SERVICE)
    return world


@pytest.fixture
def pages(world):
    return {
        "draw": reverse("sample-draw", args=[world.drawn.pk]),
        "check": reverse("caseload-check", args=[world.fresh.pk]),
        "bind": reverse("bind-report", args=[world.report.pk]),
        "edit": reverse("edit-report", args=[world.report.pk]),
        "save": reverse("edit-report", args=[world.report.pk]),
        "replace": reverse("replace-case", args=[world.drawn.pk, world.place.pk]),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("number", ODD[:3])
@pytest.mark.parametrize(("name", "sent", "field"), FORMS)
def test_no_number_brings_a_page_down(world, pages, name, sent, field, number):
    client = Client()
    client.force_login(world.by)
    answer = client.post(pages[name], {**sent, field: number})
    assert answer.status_code in {200, 302, 409, 422}


@pytest.mark.django_db
@pytest.mark.parametrize("number", ODD[:3])
def test_an_odd_version_saves_nothing(world, pages, number):
    client = Client()
    client.force_login(world.by)
    client.post(pages["save"], {"version": number, "key": "k", "subject": "Mine"})
    world.report.refresh_from_db()
    assert (world.report.version, world.report.document) == (1, "subject: x")


@pytest.mark.parametrize("count", ODD)
def test_rows_are_added_and_taken_out_whatever_their_count(count):
    assert with_row({"report_to-count": count}, "report_to")["report_to-count"] == "1"
    assert without_row({"report_to-count": count}, "report_to", 0)["report_to-count"] == "0"


@pytest.mark.parametrize("length", ["²", "9" * 5000, "-1", "1e3", "x"])
def test_a_body_of_an_odd_length_is_refused(length):
    request = RequestFactory().get("/")
    request.META["CONTENT_LENGTH"] = length
    assert BodiesLimited(lambda _request: pytest.fail("it was let in"))(request).status_code == 413


@pytest.mark.parametrize("length", ["", "0", "12"])
def test_a_small_body_or_none_is_let_in(length):
    request = RequestFactory().get("/")
    request.META["CONTENT_LENGTH"] = length
    assert BodiesLimited(lambda _request: "in")(request) == "in"


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        (["1", "1", "9" * 5000], (2,)),
        (["14", "6", "09"], (2,)),
        (["14", "6", "209"], (2,)),
        (["14", "6", "20009"], (2,)),
        (["1_0", "6", "2009"], (0,)),
        (["+1", "6", "2_09"], (0, 2)),
        (["٣", "6", "2009"], (0,)),
        (["0", "13", "0000"], (0, 1, 2)),
        (["32", "12", "2009"], (0,)),
        (["30", "2", "2009"], ()),
    ],
)
def test_a_day_is_written_in_plain_figures_with_four_for_the_year(parts, wrong):
    with pytest.raises(Exception, match="must be a real date") as found:
        DatePartsField(label="Day").clean(parts)
    assert found.value.date_parts == wrong
