"""A child that ends while the server reads or builds is a problem on the page: no fault, and nothing on record."""

from importlib import resources

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from aboveline.exchange import tables
from aboveline.records.actions.reports import add_report
from aboveline.records.models import AuditEvent, Case, Report
from tests import planted_children as child
from tests.inspection_builders import with_cases
from tests.planted_children import plant
from tests.records_builders import a_service, a_user, an_inspection, with_role

pytestmark = pytest.mark.django_db
ENDS = pytest.mark.parametrize("death", [child.die_by_signal, child.eat_memory, child.fall_over])


@pytest.fixture
def service():
    return a_service()


@pytest.fixture
def user(service):
    return with_role(a_user("Quality manager"), service)


@pytest.fixture
def client(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def report(user, service):
    document = (resources.files("aboveline") / "data" / "reports" / "sefton-2011.yaml").read_text("utf-8")
    return add_report(service=service, title="On our work", document=document, by=user)


def sent(name, data):
    return {"file": SimpleUploadedFile(name, data), "version": 1}


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_a_report_is_handed_out_from_the_child(client, report, form):
    """The control of the next one, with real children."""
    answer = client.get(reverse("report-file", args=[report.pk, form]))
    assert (answer.status_code, len(answer.content) > 1_000) == (200, True)
    assert AuditEvent.objects.filter(verb="report.downloaded").count() == 1


@ENDS
@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_a_report_that_cannot_be_built_says_so_on_its_page(monkeypatch, client, report, form, death):
    plant(monkeypatch, death, instead_of="aboveline.rendering")
    answer = client.get(reverse("report-file", args=[report.pk, form]))
    assert answer.status_code == 422
    assert f"The {form.upper()} was not made: making it" in answer.content.decode()
    assert not AuditEvent.objects.filter(verb="report.downloaded").exists()


@ENDS
def test_an_uploaded_report_that_ends_its_reader_is_not_taken(monkeypatch, client, report, death):
    plant(monkeypatch, death)
    before = Report.objects.get().document
    answer = client.post(reverse("report-source", args=[report.pk]), sent("r.yaml", b"council: Elsewhere\n"))
    assert answer.status_code == 422
    assert "The file was given up: reading it" in answer.content.decode()
    assert Report.objects.get().document == before


@ENDS
def test_a_judgement_file_that_ends_its_reader_is_not_imported(monkeypatch, client, user, service, death):
    inspection = with_cases(an_inspection(service), user, 1)
    plant(monkeypatch, death)
    address = reverse("import-judgements", args=[inspection.pk])
    answer = client.post(address, sent("j.csv", b"case,question,answer\nC001,1.1.1,yes\n"))
    assert answer.status_code == 422
    assert "The file was given up: reading it" in answer.content.decode()


@ENDS
def test_a_case_list_that_ends_its_reader_is_not_taken(monkeypatch, client, service, death):
    inspection = an_inspection(service)
    plant(monkeypatch, death)
    assert tables.read_table(b"a,b\n1,2\n", file="l.csv").value is None
    answer = client.post(
        reverse("caseload-upload", args=[inspection.pk]), {"list": SimpleUploadedFile("l.csv", b"a,b\n1,2\n")}
    )
    assert answer.status_code == 422
    assert "The file was given up: reading it" in answer.content.decode()
    assert not Case.objects.exists()
