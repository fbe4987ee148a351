"""Every page of the demonstration in a language made for tests: what is in English there was not marked.

A Django test case, because the demonstration loads once for the whole class.
"""

import re
import shutil
import tempfile
from collections import Counter
from html import unescape
from pathlib import Path
from unittest.mock import patch

from django.test import Client, TestCase, override_settings
from django.urls import resolve
from django.utils.translation import override

import translations
from aboveline.domain.framework import Text
from aboveline.jobs.demonstration import PASSWORD, SIGN_IN, load_demonstration
from tests.integration.web.what_is_data import Data
from tests.pseudo_language import CODE, each_word, untranslated, write_pseudo_language

#: names that are the same in every language: of programs and of forms of files
SAME_EVERYWHERE = frozenset(
    {"Aboveline", "PDF", "HTML", "CSV", "XLSX", "ODS", "DOCX", "YAML", "JSON", "MB", "aboveline", "python"}
)
#: pages of one kind that are opened
OF_A_KIND = 4
_ADDRESS = re.compile(r'href="(/[^"#]*)')


#: the report itself is in English; its words go to a committee that has no other text
IN_ENGLISH = {"report-file"}


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
        pages = walk(self.client)
        with override(CODE):
            data = Data(SAME_EVERYWHERE)
        found = {}
        for address, page in pages.items():
            for line in untranslated(page):
                if left := data.left(line):
                    found.setdefault(line, (address, left))
        assert found == {}
