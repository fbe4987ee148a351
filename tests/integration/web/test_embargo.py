"""What is not out is not shown, by whatever way round: reports, re-inspections, changes told, results of few cases."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from aboveline.domain.workflow import Stage
from aboveline.jobs.inspections import scores_of
from aboveline.jobs.service_report_figures import RecordFigures, reference_to
from aboveline.records.actions.moderation import mark_score, propose_override
from aboveline.records.actions.people import give_programme_role
from aboveline.records.models import Inspection, Report, Role, ScoreMark
from tests.inspection_builders import a_judged_inspection, judged, with_cases
from tests.integration.web.test_reports import beginning
from tests.records_builders import a_programme, a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


class Inspected:
    """An inspectorate's judged inspection in fieldwork, and the people of the inspected service."""

    def __init__(self):
        self.service = a_service()
        self.lead = a_user("Lena Lead")
        self.inspection = a_judged_inspection(self.lead, self.service, cases=2, programme=a_programme())
        in_team(self.lead, self.inspection, Role.LEAD_INSPECTOR)
        self.to(Stage.FIELDWORK)

    def to(self, stage):
        Inspection.objects.filter(pk=self.inspection.pk).update(stage=stage)
        self.inspection.refresh_from_db()

    def person(self, *roles):
        user = a_user("Somebody")
        for role in roles:
            with_role(user, self.service, role)
        return user

    def reinspection(self, by):
        """The service's own re-inspection that follows the inspectorate's, every case judged."""
        again = an_inspection(
            self.service, kind=Inspection.Kind.REINSPECTION, original=self.inspection, held_on="2010-09-13"
        )
        return judged(with_cases(again, by, 2), by, rates={"safeguarding": 1, "roh": 1, "lor": 1})


@pytest.fixture
def inspected():
    return Inspected()


class TestCommitteeReports:
    @pytest.mark.parametrize("role", [Role.HEAD_OF_SERVICE, Role.DEMOCRATIC_SERVICES])
    @pytest.mark.parametrize("stage", [Stage.FIELDWORK, Stage.MODERATION, Stage.WITH_SERVICE])
    def test_nobody_begins_one_on_an_inspectorates_scores_before_they_are_out(self, inspected, role, stage):
        inspected.to(stage)
        client = browser(inspected.person(role))
        assert "No inspection has scores to report yet" in words(client.get(reverse("new-report")))
        assert client.post(reverse("new-report"), beginning(inspected.inspection)).status_code == 422
        assert not Report.objects.exists()

    def test_one_written_by_hand_gets_no_figures_either(self, inspected):
        figures, reference = RecordFigures(inspected.service), reference_to(inspected.inspection)
        for stage in Stage:
            inspected.to(stage)
            assert (figures.scores(reference) is None) is (stage is not Stage.PUBLISHED), stage

    def test_once_it_is_out_a_report_shows_it(self, inspected):
        inspected.to(Stage.PUBLISHED)
        client = browser(inspected.person(Role.DEMOCRATIC_SERVICES))
        begun = client.post(reverse("new-report"), beginning(inspected.inspection))
        assert begun.status_code == 302
        percent = scores_of(inspected.inspection).scores.themes[0].percent
        assert f"{percent}%" in words(client.get(begun["Location"]))


class TestReinspections:
    def test_an_inspection_not_out_cannot_be_followed_by_ones_own(self, inspected):
        head = inspected.person(Role.HEAD_OF_SERVICE, Role.QUALITY_MANAGER)
        sent = {
            "service": inspected.service.slug, "kind": "reinspection", "original": inspected.inspection.pk,
            "framework": "cci-2009", "key": "k", "held_on_day": "13", "held_on_month": "9", "held_on_year": "2010",
        }  # fmt: skip
        answer = browser(head).post(reverse("set-up-inspection"), sent)
        assert answer.status_code == 422
        assert "original" in answer.context["form"].errors
        inspected.to(Stage.PUBLISHED)
        assert browser(head).post(reverse("set-up-inspection"), sent).status_code == 302

    def test_the_scores_before_are_shown_to_those_who_may_see_them(self, inspected):
        head = inspected.person(Role.HEAD_OF_SERVICE, Role.QUALITY_MANAGER)
        again, client = inspected.reinspection(head), browser(head)
        page, criterion = reverse("inspection", args=[again.pk]), reverse("criterion", args=[again.pk, "1.1"])
        before = f"{scores_of(inspected.inspection).scores.themes[0].percent}%"
        shown = words(client.get(page))
        assert before not in shown
        assert "not open to you, or not yet" in shown
        assert not client.get(criterion).context["page"].changed
        inspected.to(Stage.WITH_SERVICE)
        assert before in words(client.get(page))
        assert client.get(criterion).context["page"].changed

    def test_what_is_published_is_shown_to_people_of_another_inspection(self, inspected):
        outsider = in_team(a_user(), inspected.reinspection(inspected.lead), Role.LEAD_INSPECTOR)
        address = reverse("inspection", args=[inspected.inspection.reinspections.get().pk])
        before = f"{scores_of(inspected.inspection).scores.themes[0].percent}%"
        assert before not in words(browser(outsider).get(address))
        inspected.to(Stage.PUBLISHED)
        assert before in words(browser(outsider).get(address))

    def test_a_programme_offers_no_inspection_that_its_administrator_may_not_know_of(self, inspected):
        programme = a_programme()
        admin = a_user("Administrator")
        give_programme_role(user=admin, programme=programme, role=Role.ADMINISTRATOR, by=None)
        address = reverse("programme-set-up", args=[programme.slug])
        option = f'value="{inspected.inspection.pk}"'
        assert option not in browser(admin).get(address).content.decode()
        inspected.to(Stage.PUBLISHED)
        assert option in browser(admin).get(address).content.decode()


class TestChanges:
    @pytest.fixture
    def decided(self, inspected):
        change = {"inspection": inspected.inspection, "target": "1.1", "by": inspected.lead}
        mark_score(state=ScoreMark.State.WITHHELD, reason="late entries", expected_version=0, **change)
        propose_override(computed="drastic", band="moderate", reason="close", **change)
        return inspected

    def test_home_and_the_services_trail_keep_what_moderation_does_until_it_is_out(self, decided):
        head = decided.person(Role.HEAD_OF_SERVICE)
        client, trail = browser(head), reverse("trail", args=[decided.service.slug])
        told = ("withheld a score", "proposed another band")
        home, page = client.get("/").content.decode(), client.get(trail).content.decode()
        assert [one for one in (*told, "joined somebody") if one in home] == []
        assert [one for one in ("override.proposed", "score.marked", *told) if one in page] == []
        decided.to(Stage.WITH_SERVICE)
        home, page = client.get("/").content.decode(), client.get(trail).content.decode()
        assert [one for one in told if one not in home] == []
        assert [one for one in ("override.proposed", "score.marked") if one not in page] == []
