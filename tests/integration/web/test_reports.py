"""Committee reports over HTTP: who sees what, what is saved, what two people do to each other, what files hold."""

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from aboveline.jobs.service_report_start import Beginning, started
from aboveline.jobs.service_reports import text_of, tree_of
from aboveline.records.actions.assessments import AnswerChange, import_answers
from aboveline.records.actions.reports import add_report, save_report
from aboveline.records.models import AuditEvent, Judgement, Report, Role
from aboveline.web.forms.reports import flat_of
from tests.inspection_builders import a_judged_inspection
from tests.records_builders import a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("x")</script>&amp;{% csrf_token %} ${x} ]]> <b>bold</b>'
BEGINNING = Beginning(
    "On our work", "A Council", "england", "Cabinet", "executive", date(2011, 1, 18), "Director", "Head"
)


@pytest.fixture
def world():
    user = a_user("Quality manager")
    service = a_service()
    with_role(user, service)
    inspection = a_judged_inspection(user, service, cases=2)
    report = add_report(service=service, title="On our work", document=started(BEGINNING, inspection), by=user)
    return user, service, inspection, report


@pytest.fixture
def client(world):
    return signed_in(world[0])


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def address(name, report, *more):
    return reverse(name, args=[report.pk, *more])


def sent(report, version=None, **changes):
    flat = flat_of(tree_of(report.document).value)
    return flat | {"version": str(version or report.version), "key": "key-1"} | changes


def save(client, report, version=None, **changes):
    return client.post(address("edit-report", report), sent(report, version, **changes))


def on_record(report):
    return tree_of(Report.objects.get(pk=report.pk).document).value


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# --- home, the list and beginning


def test_home_names_each_report_that_cannot_be_made_and_why(client, world):
    user, service, _, report = world
    assert "Correct the committee report" not in words(client.get("/"))
    broken = add_report(service=service, title="Broken", document="council: [", by=user)
    home = words(client.get("/"))
    assert "Correct the committee report “Broken” Exampleshire youth justice service. Cannot be made: 1 problem" in home
    assert address("report", broken) in client.get("/").content.decode()
    changed = re.sub(r"digest: sha256:\w{8}", "digest: sha256:00000000", report.document)
    save_report(report=report, title=report.title, document=changed, expected_version=1, by=user)
    assert re.search(r"“On our work”.*Cannot be made: 1 problem.*changed", words(client.get("/")))


def test_home_asks_nobody_to_correct_what_is_published_or_what_they_may_not_write(client, world):
    user, service, inspection, _ = world
    add_report(service=service, title="Broken", document="status: published\ncouncil: 7", by=user)
    assert "Correct the committee report" not in words(client.get("/"))
    add_report(service=service, title="Broken too", document="council: [", by=user)
    assert "Broken too" in words(client.get("/"))
    assert "Broken" not in words(signed_in(in_team(a_user(), inspection)).get("/"))


def test_the_list_says_where_each_report_goes_and_how_it_stands(client, world):
    add_report(service=world[1], title="Broken", document="council: [", by=world[0])
    page = words(client.get(reverse("reports")))
    assert "On our work Cabinet, 18 January 2011 Draft" in page
    assert "Broken No meeting given Cannot be made: 1 problem" in page


def test_the_list_holds_only_reports_one_may_read(world):
    other = a_service()
    add_report(service=other, title="Elsewhere", document="", by=world[0])
    inspector = in_team(a_user(), world[2], Role.LEAD_INSPECTOR)
    assert "Elsewhere" not in words(signed_in(world[0]).get(reverse("reports")))
    page = words(signed_in(inspector).get(reverse("reports")))
    assert "On our work" not in page
    assert "no committee report here for you" in page


def test_an_empty_list_says_what_to_do():
    user = with_role(a_user(), a_service())
    assert "There is no committee report yet" in words(signed_in(user).get(reverse("reports")))


def beginning(inspection, **changes):
    return {
        "inspection": inspection.pk, "subject": "New", "council": "C", "jurisdiction": "england", "body": "Cabinet",
        "body_kind": "executive", "meets_on_day": "18", "meets_on_month": "1", "meets_on_year": "2011",
        "report_of": "Director", "contact": "Head", "key": "k1",
    } | changes  # fmt: skip


def test_a_report_is_begun_once_however_often_it_is_sent(client, world):
    first = client.post(reverse("new-report"), beginning(world[2]))
    again = client.post(reverse("new-report"), beginning(world[2]))
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    assert Report.objects.filter(title="New").count() == 1
    other = client.post(reverse("new-report"), beginning(world[2], subject="Other words"))
    assert other.status_code == 422
    assert "was sent before with other values" in words(other)


def test_the_inspection_in_the_address_is_chosen(client, world):
    later = a_judged_inspection(world[0], world[1], cases=2, held_on=date(2010, 6, 1))
    page = client.get(reverse("new-report"), {"inspection": later.pk}).content.decode()
    assert re.search(rf'value="{later.pk}" checked', page)
    assert len(re.findall(r"\bchecked", page)) == 1


def test_an_empty_beginning_names_every_field(client):
    answer = client.post(reverse("new-report"), {"key": "k"})
    assert answer.status_code == 422
    assert len(answer.context["form"].errors) == 9


def test_no_report_on_another_services_inspection_or_on_one_without_scores(client, world):
    for other in (an_inspection(), an_inspection(world[1])):
        assert client.post(reverse("new-report"), beginning(other)).status_code == 422


def test_wales_had_no_such_rules_in_2011(client, world):
    answer = client.post(reverse("new-report"), beginning(world[2], jurisdiction="wales"))
    assert "meets_on" in answer.context["form"].errors


# --- the page and its files


def test_the_page_previews_one_level_down_and_links_each_problem(client, world):
    report = world[3]
    page = client.get(address("report", report)).content.decode()
    assert page.count("<h1") == 1
    assert '<h3 id="report-legal">' not in page
    assert '<h4 id="report-legal">Legal</h4>' in page
    assert 'href="#report-legal"' in page
    assert f'href="{address("edit-report", report)}#id_legal-text"' in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_each_link_into_the_preview_has_a_heading_to_go_to(client, world):
    page = client.get(address("report", world[3])).content.decode()
    targets = set(re.findall(r'href="#(report-[^"]+)"', page))
    assert len(targets) > 10
    assert targets <= set(re.findall(r'\bid="([^"]+)"', page))


def test_every_figure_leads_to_its_inspection(client, world):
    page = client.get(address("report", world[3])).content.decode()
    href = reverse("inspection", args=[world[2].pk])
    assert len(re.findall(rf'<a class="govuk-link" href="{href}" aria-label="[^"]+ \d+%', page)) == 3


@pytest.mark.parametrize(
    ("form", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE"), ("yaml", b"council")]
)
def test_each_file_has_a_safe_name_and_its_handing_out_is_on_the_trail(client, world, form, begins):
    report = world[3]
    Report.objects.filter(pk=report.pk).update(title='../..\\"x"; filename=evil.exe\r\nSet-Cookie: a=b' + "y" * 140)
    answer = client.get(address("report-file", report, form))
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert re.fullmatch(rf'attachment; filename="[a-z0-9_-]{{1,60}}\.{form}"', answer["Content-Disposition"])
    event = AuditEvent.objects.order_by("-sequence").first()
    assert (event.verb, event.object_id, event.actor) == ("report.downloaded", str(report.pk), world[0])


def test_a_file_names_the_event_that_put_its_text_on_the_trail(client, world):
    """The event of the text itself: it stays the same however often the file is taken."""
    event = AuditEvent.objects.filter(object_type="report", verb__in=("report.added", "report.bound")).last()
    for _ in range(2):
        text = client.get(address("report-file", world[3], "html")).content.decode()
        assert f"as event {event.sequence}." in text
        assert event.hash in text.replace(" ", "")


def test_a_title_of_other_letters_still_makes_a_name(client, world):
    Report.objects.filter(pk=world[3].pk).update(title="报告")
    answer = client.get(address("report-file", world[3], "html"))
    assert f'filename="report-{world[3].pk}.html"' in answer["Content-Disposition"]


def test_an_unknown_form_is_not_there_and_nothing_is_noted(client, world):
    before = AuditEvent.objects.count()
    assert client.get(address("report-file", world[3], "exe")).status_code == 404
    assert AuditEvent.objects.count() == before


def change_a_judgement(world):
    row = Judgement.objects.filter(answer="insufficient").first()
    change = AnswerChange(row.question, "sufficient", row.version, note="")
    import_answers(case=row.assessment.case, answers=[change], by=world[0])


def test_a_changed_judgement_stops_the_files_and_binding_is_an_act_of_its_own(client, world):
    report = world[3]
    change_a_judgement(world)
    refused = client.get(address("report-file", report, "pdf"))
    assert refused.status_code == 422
    assert "no longer those this report was written on" in words(refused)
    page = client.get(address("bind-report", report))
    form = {"version": report.version, "seen": page.context["seen"]}
    assert client.post(address("bind-report", report), form).status_code == 302
    assert client.get(address("report-file", report, "pdf")).status_code == 200
    assert AuditEvent.objects.filter(verb="report.bound", actor=world[0]).count() == 1
    assert "bound the figures to the scores as they then were" in words(client.get(address("report", report)))


def test_nobody_binds_to_figures_they_have_not_seen(client, world):
    report = world[3]
    change_a_judgement(world)
    form = {"version": report.version, "seen": client.get(address("bind-report", report)).context["seen"]}
    change_a_judgement(world)
    assert client.post(address("bind-report", report), form).status_code == 409
    assert client.post(address("bind-report", report), {}).status_code == 409
    assert not AuditEvent.objects.filter(verb="report.bound").exists()


# --- the form


def test_saving_keeps_what_was_written(client, world):
    report = world[3]
    answer = save(client, report, **{"legal-text": "One.\r\n\r\n- Two", "legal-state": "answered"})
    assert answer["Location"] == address("report", report)
    assert on_record(report)["legal"] == ["One.", "- Two"]
    assert Report.objects.get(pk=report.pk).version == 2
    assert "saved the report" in words(client.get(address("report", report)))


def test_sending_the_same_save_again_has_one_effect(client, world):
    report = world[3]
    changes = {"legal-text": "Once."}
    assert save(client, report, **changes).status_code == 302
    assert save(client, report, **changes).status_code == 302
    assert Report.objects.get(pk=report.pk).version == 2
    assert AuditEvent.objects.filter(verb="report.saved").count() == 1


def test_two_people_at_once_lose_nothing(client, world):
    report = world[3]
    other = with_role(a_user("Other writer"), world[1], Role.DEMOCRATIC_SERVICES)
    save(signed_in(other), report, **{"legal-text": "Theirs.", "risk_assessment-text": "Only theirs."})
    answer = save(client, report, **{"legal-text": "Mine.", "asset_management-text": "Only mine."})
    assert answer.status_code == 409
    page = words(answer)
    assert "Other writer saved it" in page
    assert "Theirs." in page
    assert on_record(report)["legal"] == ["Theirs."]
    form = answer.context["form"].data
    assert (form["legal-text"], form["risk_assessment-text"]) == ("Mine.", "Only theirs.")
    again = client.post(address("edit-report", report), {**form, "version": answer.context["version"], "key": "key-2"})
    assert again.status_code == 302
    saved = on_record(report)
    assert (saved["legal"], saved["risk_assessment"], saved["asset_management"]) == (
        ["Mine."], ["Only theirs."], ["Only mine."],
    )  # fmt: skip


@pytest.mark.parametrize("version", ["", "x", "-1", "0", "99", "9" * 30, "²"])
def test_a_version_that_is_none_is_refused_not_guessed(client, world, version):
    report = world[3]
    answer = client.post(address("edit-report", report), sent(report, **{"legal-text": "Mine."}) | {"version": version})
    assert answer.status_code == 409
    assert answer.context["form"].data["legal-text"] == "Mine."
    assert "legal" not in on_record(report)


def test_adding_a_row_saves_nothing_and_keeps_what_was_typed(client, world):
    report = world[3]
    answer = save(client, report, **{"add": "commitments", "legal-text": "Typed."})
    assert answer.status_code == 200
    assert answer.context["form"].data["commitments-count"] == "2"
    assert answer.context["form"].data["legal-text"] == "Typed."
    assert "Not saved yet" in words(answer)
    assert Report.objects.get(pk=report.pk).version == 1


@pytest.mark.parametrize(
    ("button", "value"), [("add", "nothing"), ("remove", "x"), ("remove", "commitments-²"), ("add", "legal")]
)
def test_a_button_that_is_none_does_nothing(client, world, button, value):
    assert save(client, world[3], **{button: value}).status_code == 200


def test_a_half_done_draft_is_kept_and_every_problem_leads_to_its_input(client, world):
    report = world[3]
    wrong = {"commitments-0-what": "Report back", "commitments-0-due_day": "31", "commitments-0-due_month": "13"}
    wrong |= {"financial-revenue-gross-2010/11": "lots", "key_decision-is_key": "yes"}
    answer = save(client, report, **wrong)
    assert answer["Location"] == address("edit-report", report)
    page = client.get(answer["Location"])
    html = page.content.decode()
    links = re.findall(r'<li><a href="#([^"]+)">', html.partition("govuk-error-summary__list")[2])
    assert {"id_commitments-0-due_2", "id_commitments-0-owner", "id_financial-revenue-gross-2010/11"} <= set(links)
    assert all(f'id="{link}"' in html for link in links)
    assert page.context["form"].data["financial-revenue-gross-2010/11"] == "lots"


def test_what_cannot_be_read_hides_no_other_problem(client, world):
    report = world[3]
    wrong = {"financial-revenue-gross-2010/11": "abc", "purpose-text": "It was {{score.nonsense}}."}
    wrong |= {"legal-state": "not_applicable", "legal-reason": ""}
    answer = save(client, report, **wrong)
    page = client.get(answer["Location"])
    assert {"financial-revenue-gross-2010/11", "purpose-text", "legal-reason"} <= set(page.context["form"].errors)
    assert "Saved as a draft; it cannot be made until the problems listed below are put right" in words(page)


def test_an_answer_under_not_applicable_is_not_dropped(client, world):
    answer = save(client, world[3], **{"legal-state": "not_applicable", "legal-text": "But there is."})
    assert answer.status_code == 422
    assert "But there is." in answer.content.decode()
    assert Report.objects.get(pk=world[3].pk).version == 1


def test_a_text_without_end_is_refused_with_all_of_it_kept(client, world):
    answer = save(client, world[3], **{"legal-text": "long " * 110_000})
    assert answer.status_code == 422
    assert "too long" in words(answer)


def test_a_report_the_form_cannot_hold_is_left_to_its_file(client, world):
    report = world[3]
    Report.objects.filter(pk=report.pk).update(document=report.document + "odd: <b>1</b>\n")
    page = client.get(address("edit-report", report)).content.decode()
    assert "changed through its file" in page
    assert "<li>odd</li>" in page
    assert client.post(address("edit-report", report), {"version": "1", "key": "k"}).status_code == 200
    assert Report.objects.get(pk=report.pk).version == 1


# --- the report's own file


def upload(client, report, data, version=1):
    file = SimpleUploadedFile("my report.yaml", data)
    return client.post(address("report-source", report), {"file": file, "version": version})


def test_the_file_comes_back_as_it_was_taken(client, world):
    report = world[3]
    data = client.get(address("report-file", report, "yaml")).content
    assert upload(client, report, data + b"legal: From the file.\n").status_code == 302
    assert on_record(report)["legal"] == "From the file."


def test_a_bad_file_is_refused_with_every_line_and_the_report_stays(client, world):
    report = world[3]
    data = (report.document + "odd: 1\nlegal: {maybe: x}\n").encode()
    answer = upload(client, report, data)
    assert answer.status_code == 422
    lines = {problem.place.line for problem in answer.context["problems"]}
    assert lines == {report.document.count("\n") + 1, report.document.count("\n") + 2}
    assert on_record(report) == tree_of(report.document).value


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"a: &x [*x, *x]", b"[" * 5000, b"x" * 600_000, b"a: \x00"])
def test_hostile_files_are_refused_plainly(client, world, data):
    assert upload(client, world[3], data).status_code == 422


def test_a_file_on_an_older_version_is_refused(client, world):
    report = world[3]
    save(client, report, **{"legal-text": "Newer."})
    answer = upload(client, report, report.document.encode(), version=1)
    assert answer.status_code == 409
    assert on_record(report)["legal"] == ["Newer."]


# --- hostile words in every field


def hostile_tree(world, text):
    tree = tree_of(world[3].document).value
    row = {"body": text, "kind": "executive", "date": date(2011, 1, 18), "agenda_number": text}
    blocks = ("purpose", "legal", "risk_assessment", "background", "alternative_options", "forward_plan")
    return tree | dict.fromkeys(blocks, text) | {
        "council": text, "subject": text, "report_to": [row], "wards": [text],
        "report_of": {"post": text, "name": text}, "contact_officer": {"post": text, "email": text, "telephone": text},
        "recommendations": [{"text": text, "addressed_to": text}],
        "commitments": [{"what": text, "owner": text, "to_body": text, "due": date(2012, 1, 1), "due_words": text}],
        "asset_management": {"not_applicable": text}, "background_papers": [{"title": text, "location": text}],
    }  # fmt: skip


def test_markup_in_every_field_is_only_text(client, world):
    report = world[3]
    tree = hostile_tree(world, HOSTILE)
    Report.objects.filter(pk=report.pk).update(document=text_of(tree), title=HOSTILE)
    for name in ("report", "edit-report", "report-source", "bind-report"):
        page = client.get(address(name, report)).content.decode()
        assert "alert(" in page
        assert "<script>alert" not in page
        assert "<b>bold" not in page
    assert "<script>alert" not in client.get(address("report-file", report, "html")).content.decode()
    made = Document(io.BytesIO(client.get(address("report-file", report, "docx")).content))
    assert any(HOSTILE in paragraph.text for paragraph in made.paragraphs)
    assert client.get(address("report-file", report, "pdf")).content.startswith(b"%PDF")
    assert save(client, Report.objects.get(pk=report.pk)).status_code == 302
    assert on_record(report)["legal"] == [HOSTILE]


@pytest.mark.parametrize("character", ["\x07", "\u202e", "\u200b", "\ufeff", "\x0b", "\x85"])
def test_characters_that_cannot_be_seen_stop_the_files_and_are_named(client, world, character):
    report = world[3]
    answer = save(client, report, **{"legal-text": f"a{character}b", "subject": f"x{character}y"})
    assert answer["Location"] == address("edit-report", report)
    errors = client.get(answer["Location"]).context["form"].errors
    assert {"legal-text", "subject"} <= set(errors)
    assert client.get(address("report-file", report, "docx")).status_code == 422
    assert character not in Report.objects.get(pk=report.pk).title


def test_a_null_character_is_refused_in_words(client, world):
    answer = save(client, world[3], **{"legal-text": "a\x00b"})
    assert answer.status_code in (302, 422)
    assert client.get(address("edit-report", world[3])).status_code == 200


def test_a_very_long_title_is_cut_in_the_list_and_whole_in_the_report(client, world):
    report = world[3]
    save(client, report, subject="Very " * 95)
    assert len(Report.objects.get(pk=report.pk).title) <= 200
    assert "Very " * 94 in client.get(address("report", report)).content.decode()


def test_an_empty_document_opens_everywhere(client, world):
    report = add_report(service=world[1], title="Empty", document="", by=world[0])
    for name in ("report", "edit-report", "report-source", "bind-report"):
        assert client.get(address(name, report)).status_code == 200
    assert client.get(address("report-file", report, "pdf")).status_code == 422
    assert client.get(reverse("reports")).status_code == 200
