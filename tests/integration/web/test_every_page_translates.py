"""Every page of the demonstration in a language made for tests: what is in English there was not marked.

A Django test case, because the demonstration loads once for the whole class.
"""

import csv
import re
import shutil
import tempfile
from collections import Counter
from datetime import date
from html import unescape
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase, override_settings
from django.urls import resolve, reverse
from django.utils.translation import override

import translations
from aboveline.domain.caseload import CODES
from aboveline.domain.framework import Text
from aboveline.jobs.demonstration import PASSWORD, SIGN_IN, load_demonstration
from aboveline.jobs.frameworks import load_framework
from aboveline.records.models import Inspection, Report
from tests.integration.web.what_is_data import Data
from tests.pseudo_language import CODE, each_word, untranslated, write_pseudo_language
from tests.records_builders import an_inspection

#: names that are the same in every language: of programs and of forms of files
SAME_EVERYWHERE = frozenset(
    {"Aboveline", "PDF", "HTML", "CSV", "XLSX", "ODS", "DOCX", "YAML", "JSON", "MB", "aboveline", "python", "logit"}
)
#: pages of one kind that are opened
OF_A_KIND = 4
_ADDRESS = re.compile(r'href="(/[^"#]*)')


#: the report itself is in English; its words go to a committee that has no other text
IN_ENGLISH = {"report-file"}


#: said by the library that reads YAML, in its own words; the name these tests give a file
#: keys of a report’s file
KEYS = frozenset({"council", "subject", "rule_set", "report_to", "report_of", "contact_officer"})
NOT_OURS = frozenset({"did not find expected node content", "list.csv"})
FIXTURES = Path(__file__).parents[2] / "fixtures"


def _file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("list.csv", content)


def _cells() -> frozenset[str]:
    """What stands in the files that are wrong, shown as it was found, and the codes that may stand there."""
    files = [path.read_text(encoding="utf-8").splitlines() for path in FIXTURES.rglob("*.csv")]
    cells = {cell.strip() for file in files for row in csv.reader(file) for cell in row if cell.strip()}
    codes = (*CODES.values(), load_framework("cci-2009").order_type_by_id, KEYS)
    return frozenset(cells.union(*codes))


def walk(client: Client) -> dict[str, str]:
    """Every page reached by links from the first, a few of each kind, by address."""
    pages: dict[str, str] = {}
    kinds: Counter[str] = Counter()
    todo, seen = ["/"], {"/"}
    while todo:
        address = todo.pop(0)
        kind = resolve(address.partition("?")[0]).url_name or ""
        kinds[kind] += 1
        wanted = kinds[kind] <= OF_A_KIND and kind not in IN_ENGLISH
        answer = client.get(address) if wanted else None
        if answer is None or answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        pages[address] = answer.content.decode()
        found = [unescape(link) for link in _ADDRESS.findall(pages[address]) if not link.startswith("/static/")]
        todo += [link for link in dict.fromkeys(found) if link not in seen]
        seen.update(found)
    return pages


class TestEveryPage(TestCase):
    @classmethod
    def setUpClass(cls):
        folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, folder)
        write_pseudo_language(folder, translations.catalogue())
        cls.enterClassContext(patch.object(Text, "in_language", lambda text, code: each_word(text.en)))
        cls.enterClassContext(
            override_settings(
                LOCALE_PATHS=[folder], LANGUAGES=[("en-gb", "English"), (CODE, "made for tests")], SYNTHETIC=True
            )
        )
        super().setUpClass()

    @classmethod
    def setUpTestData(cls):
        load_demonstration(say=lambda line: None)

    def setUp(self):
        self.client.cookies["django_language"] = CODE
        assert self.client.login(username=SIGN_IN, password=PASSWORD)

    def test_nothing_but_data_is_in_english(self):
        self.assert_in_no_english(walk(self.client))

    def assert_in_no_english(self, pages, given=frozenset()):
        """`given` are texts somebody gave that are on no record."""
        with override(CODE):
            data = Data(SAME_EVERYWHERE | given)
        found = {}
        for address, page in pages.items():
            for line in untranslated(page):
                if left := data.left(line):
                    found.setdefault(line, (address, left))
        assert found == {}

    def test_what_is_wrong_is_told_in_the_readers_language(self):
        inspection = Inspection.objects.get(kind="reinspection", service__slug="demonstration")
        listed = an_inspection(inspection.service, held_on=date(2010, 6, 1))
        own = [reverse(name, args=[listed.pk]) for name in ("caseload-upload", "caseload-check")]
        answers = []
        for path in sorted((FIXTURES / "caseloads").glob("*.csv")):
            answers.append(self.client.post(own[0], {"list": _file(path.read_bytes())}, follow=True))
            answers.append(self.client.get(own[1]))
        judged = reverse("import-judgements", args=[inspection.pk])
        faults = (FIXTURES / "judgements" / "faults.csv").read_bytes()
        answers += [self.client.post(judged, {"file": _file(faults)}), self.client.post(judged, {"file": _file(b"MZ")})]
        answers += [self.client.post(reverse(name), {}) for name in ("set-up-inspection", "new-report", "sign-in")]
        answers += [self.client.get("/compare/?inspection=1&as_at_day=41"), self.client.get("/nowhere/")]
        source = reverse("report-source", args=[Report.objects.get().pk])
        answers += [
            self.client.post(source, {"file": _file(text), "version": 1}) for text in (b"a: [", b"title: 3\nx: y")
        ]
        pages = {str(number): answer.content.decode() for number, answer in enumerate(answers) if answer.content}
        self.assert_in_no_english(pages, _cells() | NOT_OURS)

    def test_control_an_unmarked_sentence_is_found(self):
        home = self.client.get("/").content.decode().replace("</main>", "<p>Planted in passing</p></main>")
        with pytest.raises(AssertionError, match="Planted in passing"):
            self.assert_in_no_english({"/": home})
