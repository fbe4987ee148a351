"""The forms that set an inspection up, narrow lists, draw and replace: what each refuses, beside which field."""

from datetime import date

import pytest

from aboveline.records.models import Inspection, Service
from aboveline.web.forms.comparison import ComparisonForm
from aboveline.web.forms.inspections import FirstPlanForm, InspectionFilter, QuestionFilter, SetUpForm
from aboveline.web.forms.reports_new import NewReportForm
from aboveline.web.forms.samples import DrawForm, ReplaceForm
from aboveline.web.forms.trail import TrailFilter
from tests.builders import a_framework
from tests.scored_builders import an_unsaved_inspection

HERE, THERE = (Service(pk=n, slug=slug, name=slug.title()) for n, slug in ((1, "here"), (2, "there")))
FRAMEWORK = a_framework()
FIRST = an_unsaved_inspection(pk=11, service=HERE, held_on=date(2009, 6, 1))
ELSEWHERE = an_unsaved_inspection(pk=12, service=THERE)
OTHER_RULES = an_unsaved_inspection(pk=13, service=HERE, framework_id="another")


def day(name, *parts):
    return {f"{name}_{part}": str(value) for part, value in zip(("day", "month", "year"), parts, strict=True)}


SENT = {"service": "here", "kind": "core", "framework": "test-1", "original": "", "key": "k"} | day(
    "held_on", 1, 9, 2010
)
AGAIN = SENT | {"kind": "reinspection", "original": "11"}


AUDIT = an_unsaved_inspection(pk=14, service=HERE, kind="local_audit", held_on=date(2013, 6, 1))
AFTER_AUDIT = an_unsaved_inspection(pk=15, service=HERE, kind="reinspection", original=AUDIT, held_on=date(2014, 6, 1))


def set_up(sent, services=(HERE, THERE)):
    originals = [FIRST, ELSEWHERE, OTHER_RULES, AUDIT, AFTER_AUDIT]
    return SetUpForm(sent, services=services, originals=originals, frameworks=[FRAMEWORK])


@pytest.mark.parametrize("sent", [SENT, AGAIN, SENT | {"kind": "local_audit"}, SENT | day("published_on", 1, 9, 2010)])
def test_a_set_up_in_order_is_taken(sent):
    assert set_up(sent).errors == {}


def test_what_was_chosen_is_what_the_action_takes():
    form = set_up(AGAIN | day("published_on", 18, 1, 2011))
    assert form.is_valid()
    assert form.chosen == {
        "service": HERE,
        "framework_id": "test-1",
        "framework_digest": FRAMEWORK.digest,
        "kind": Inspection.Kind.REINSPECTION,
        "original": FIRST,
        "held_on": date(2010, 9, 1),
        "published_on": date(2011, 1, 18),
    }


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"original": ""}, {"original": "Choose the inspection that"}),
        ({"original": "12"}, {"original": "of the same service"}),
        ({"original": "13"}, {"framework": "Choose the framework of the first"}),
        ({"kind": "core"}, {"original": "Only a re-inspection follows"}),
        ({"kind": "local_audit"}, {"original": "Only a re-inspection follows"}),
        (day("held_on", 1, 6, 2009), {"held_on": "must be after 1 June 2009"}),
        (day("published_on", 31, 8, 2010), {"published_on": "must not be before the first day"}),
        (day("held_on", 1, 9, 2012), {"held_on": "from 1 April 2009 to 31 August 2012"}),
        ({"service": "nowhere"}, {"service": "Select a valid choice"}),
        ({"original": "99"}, {"original": "Select a valid choice"}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(changes, wrong):
    form = set_up(AGAIN | changes)
    assert not form.is_valid()
    for field, words in wrong.items():
        assert words in str(form.errors[field])


@pytest.mark.parametrize(
    ("parts", "fine"),
    [((31, 3, 2009), False), ((1, 4, 2009), True), ((31, 8, 2012), True), ((1, 9, 2012), False)],
)
def test_the_first_and_the_last_day_of_a_framework_are_in_its_time(parts, fine):
    assert set_up(SENT | day("held_on", *parts)).is_valid() is fine
    assert set_up(SENT | {"kind": "local_audit"} | day("held_on", *parts)).is_valid()


@pytest.mark.parametrize("audit", [AUDIT, AFTER_AUDIT])
def test_what_follows_a_local_audit_may_lie_outside_the_frameworks_time_too(audit):
    sent = SENT | {"kind": "reinspection", "original": str(audit.pk)} | day("held_on", 1, 6, 2015)
    assert set_up(sent).errors == {}
    assert "must be after" in str(set_up(sent | day("held_on", 1, 6, 2013)).errors["held_on"])


def test_a_local_audit_named_by_mistake_frees_no_core_inspection_of_the_frameworks_time():
    assert "original" in set_up(SENT | {"original": str(AUDIT.pk)} | day("held_on", 1, 6, 2015)).errors


def test_earlier_inspections_name_their_service_only_among_several():
    names = [words for _value, words in set_up(SENT).fields["original"].choices]
    assert names[:2] == ["None: it is not a re-inspection", "June 2009 core inspection, Here"]
    assert set_up(SENT, services=(HERE,)).fields["original"].choices[1][1] == "June 2009 core inspection"


def test_a_used_key_is_renewed_and_what_was_typed_stays():
    form = set_up(SENT)
    form.is_valid()
    form.renew_key()
    assert form.data["key"] not in {"", "k"}
    assert form.data["held_on_year"] == "2010"
    assert "sent before with other values" in str(form.non_field_errors())


def test_a_first_plan_cannot_be_set_back_to_not_recorded():
    assert not FirstPlanForm({"outcome": "not_recorded", "version": 1}).is_valid()
    assert FirstPlanForm({"outcome": "partly", "version": 1}).is_valid()
    assert [value for value, _words in FirstPlanForm().fields["outcome"].choices] == [
        "carried_out",
        "partly",
        "not_carried_out",
    ]


def test_filters_offer_everything_first_and_then_what_there_is():
    questions = QuestionFilter(framework=FRAMEWORK)
    assert questions.fields["criterion"].choices[:2] == [("", "All"), ("1.1", "1.1 Criterion 1.1")]
    assert [value for value, _ in questions.fields["theme"].choices] == ["", "safeguarding", "roh", "lor"]
    inspections = InspectionFilter(services=[HERE], frameworks=[FRAMEWORK])
    assert inspections.fields["service"].choices == [("", "All"), ("here", "Here")]
    assert inspections.fields["kind"].choices[1] == ("core", "Core inspection")
    assert inspections.fields["framework"].choices == [("", "All"), ("test-1", "A framework for tests")]


class TestTrail:
    def test_verbs_stand_by_their_words(self):
        choices = TrailFilter(verbs=["sample.drawn", "case.read"]).fields["verb"].choices
        assert choices == [("", "Everything"), ("sample.drawn", "Drew a sample"), ("case.read", "Opened a case")]

    @pytest.mark.parametrize(("until", "fine"), [((1, 6, 2009), True), ((31, 5, 2009), False)])
    def test_the_last_day_is_not_before_the_first(self, until, fine):
        form = TrailFilter(day("since", 1, 6, 2009) | day("until", *until), verbs=[])
        assert form.is_valid() is fine
        assert set(form.errors) == (set() if fine else {"until"})


class TestComparison:
    SENT = {"basis": "printed"} | day("as_at", 18, 1, 2011)

    def form(self, **changes):
        return ComparisonForm(self.SENT | changes, framework=FRAMEWORK, inspections=[FIRST])

    def test_an_inspection_is_enough(self):
        form = self.form(inspection="11")
        assert form.is_valid()
        assert form.chosen == FIRST

    def test_so_is_an_area_with_a_percent_even_nought(self):
        form = self.form(area="Exampleshire", **{"percent-roh": "0"})
        assert form.is_valid()
        assert (form.percents, form.chosen) == ({"roh": 0}, None)

    def test_without_either_both_are_asked_for(self):
        assert set(self.form().errors) == {"area", "percent-safeguarding"}

    @pytest.mark.parametrize("percent", ["101", "-1", "x", "7.5"])
    def test_a_percent_that_is_none_is_the_only_thing_said_of_percents(self, percent):
        form = self.form(area="Exampleshire", **{"percent-lor": percent})
        assert {name: str(words[0]) for name, words in form.errors.items()} == {
            "percent-lor": "Lor must be a whole percent from 0 to 100"
        }

    def test_an_inspection_that_is_not_ones_own_is_not_explained_away(self):
        assert set(self.form(inspection="99").errors) == {"inspection"}


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"method": "cube", "expected_draws": "0"}, {"size"}),
        ({"method": "lottery", "size": "2", "expected_draws": "0"}, {"method"}),
        ({"size": "2", "expected_draws": "0"}, {"method"}),
        ({"method": "cube", "size": "2", "expected_draws": "-1"}, {"expected_draws"}),
    ],
)
def test_a_draw_needs_its_size_method_and_what_was_seen(sent, wrong):
    assert set(DrawForm(sent, eligible=9, draws=0).errors) == wrong


@pytest.mark.parametrize("missing", ["reason", "note", "version"])
def test_a_replacement_needs_its_reason_what_happened_and_what_was_seen(missing):
    sent = {"reason": "transferred", "note": "moved", "version": "1"}
    assert ReplaceForm(sent).is_valid()
    assert set(ReplaceForm(sent | {missing: ""}).errors) == {missing}
    assert set(ReplaceForm(sent | {"note": "x" * 2001}).errors) == {"note"}
    assert set(ReplaceForm(sent | {"reason": "conflict"}).errors) == {"reason"}


def test_a_new_report_names_the_service_of_an_inspection_only_among_several():
    def offered(*inspections):
        return [str(words) for _value, words in NewReportForm(inspections=inspections).fields["inspection"].choices]

    assert offered(FIRST) == ["June 2009 core inspection"]
    assert offered(FIRST, ELSEWHERE) == ["June 2009 core inspection, Here", "June 2009 core inspection, There"]
