"""The three formats of a committee report say the same, in the same order, whatever is written in it."""

import io
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources
from typing import Any

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import ImageFont

from aboveline.domain.committee_entry import Entry
from aboveline.rendering.hidden_data import scan
from aboveline.rendering.outline import Facts, Grid, Heading, Items, Outline, Para, printable
from aboveline.rendering.report_docx import TEXT_WIDTH_MM, docx_document
from aboveline.rendering.report_figures import figure_blocks
from aboveline.rendering.report_html import html_fragment, html_page
from aboveline.rendering.report_outline import report_outline
from aboveline.rendering.report_pdf import pdf_document
from aboveline.rendering.score_chart import ChartRow, score_chart
from tests.pdf_words import words_of_pdf
from tests.report_builders import FIGURES, SCORES, opened

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]><!--",
    '#eval("1") $x^2$ *bold* _it_ @cite <label> // /* \\ #include',
    "${title} $$ %s {0} {{rank",
    '=HYPERLINK("http://x")',
    "bell\x07 null\x00 escape\x1b[31m \ufffe \ud800",
    "turn\u202eround \u2066mark\u2069 \u200bhidden",
    "x" * 3000,
    "العربية עברית 漢字 🙂 Llŷn",
)


MM_A_POINT, CELL_MARGINS_MM = 25.4 / 72, 3.8


@pytest.fixture(scope="module")
def outline() -> Outline:
    return opened().expect().outline


@pytest.fixture(scope="module")
def draft() -> Outline:
    return opened(lambda tree: tree.update(status="draft")).expect().outline


class Headings(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.level = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else self.level

    def handle_data(self, data: str) -> None:
        if self.level:
            self.found.append((self.level, data))

    def handle_endtag(self, tag: str) -> None:
        self.level = 0


def docx_headings(data: bytes) -> list[tuple[int, str]]:
    paragraphs = Document(io.BytesIO(data)).paragraphs
    return [(int(p.style.name[-1]), p.text) for p in paragraphs if p.style.name.startswith("Heading")]


def structure(pdf: pikepdf.Pdf) -> list[Any]:
    """Every element of the structure tree, in reading order."""
    found: list[Any] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(pdf.Root["/StructTreeRoot"]["/K"])
    return found


def heading_cells(block: Grid | Facts) -> int:
    """Headings of columns, and of rows where a table is more than one row or two columns."""
    if isinstance(block, Facts):
        return len(block.rows)
    return len(block.headings) + (len(block.rows) if len(block.rows) > 1 and len(block.headings) > 2 else 0)


def test_headings_are_the_same_in_all_three(outline: Outline) -> None:
    expected = list(outline.headings())
    assert Headings(html_page(outline)).found == expected
    assert docx_headings(docx_document(outline)) == expected
    with pikepdf.open(io.BytesIO(pdf_document(outline))) as pdf:
        tags = [str(node["/S"]) for node in structure(pdf) if re.fullmatch(r"/H\d", str(node["/S"]))]
        assert tags == [f"/H{level}" for level, _ in expected]


def test_the_blocks_of_the_template_stand_in_its_order(outline: Outline) -> None:
    words = [text for _, text in outline.headings()][1:]
    assert words == [
        "Purpose and summary",
        "Scores",
        "Change since the original inspection",
        "Reason why decision required",
        "Recommendations",
        "Key decision",
        "Forward plan",
        "Commitments to report back",
        "Implementation date",
        "Alternative options",
        "Implications",
        "Budget and policy framework",
        "Financial",
        "Legal",
        "Risk assessment",
        "Asset management",
        "Corporate objective monitoring",
        "Links to ensuring integration",
        "Impact on children’s services targets and priorities",
        "Background papers relied upon",
        "Background",
        "Improvement plan",
        "Sources of the figures",
    ]
    assert len({b.id for b in outline.blocks if isinstance(b, Heading)}) == len(words)
    front = next(block for block in outline.blocks if isinstance(block, Facts))
    assert [label for label, _ in front.rows][:7] == [
        "Report to and date",
        "Agenda item",
        "Subject",
        "Wards affected",
        "Report of",
        "Contact officer",
        "Exempt or confidential",
    ]


def test_each_figure_has_its_number_of_cases_and_date_beside_it(outline: Outline) -> None:
    notes = [b.text for b in outline.blocks if isinstance(b, Para) and b.text.startswith("Figures here")]
    assert notes[0] == "Figures here: Northmoor new, May 2024, 38 cases; areas inspected, as at 1 June 2024."
    assert notes[1] == "Figures here: Northmoor new, May 2024, 38 cases."
    table = next(b for b in outline.blocks if isinstance(b, Grid) and b.headings[0] == "Theme")
    assert "May 2024 (38 cases); other areas as at 1 June 2024" in table.caption


def test_the_pdf_is_tagged(outline: Outline) -> None:
    with pikepdf.open(io.BytesIO(pdf_document(outline))) as pdf:
        assert bool(pdf.Root["/MarkInfo"]["/Marked"])
        assert str(pdf.Root["/Lang"]).lower() == "en-gb"
        assert bool(pdf.Root["/ViewerPreferences"]["/DisplayDocTitle"])
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == outline.title
            assert metadata["pdfuaid:part"] == "1"
        nodes = structure(pdf)
        kinds = [str(node["/S"]) for node in nodes]
        grids = [block for block in outline.blocks if isinstance(block, Grid | Facts)]
        assert kinds.count("/Table") == len(grids)
        assert kinds.count("/TH") == sum(heading_cells(block) for block in grids)
        assert kinds.count("/LI") == sum(len(b.items) for b in outline.blocks if isinstance(b, Items))
        pictures = [node for node in nodes if str(node["/S"]) == "/Figure" and "/Alt" in node]
        assert [str(node["/Alt"])[:25] for node in pictures] == ["Chart. Safeguarding: Nort"]


def test_each_cell_of_the_pdf_names_the_headings_of_its_row_and_column(outline: Outline) -> None:
    table = next(b for b in outline.blocks if isinstance(b, Grid) and b.headings[0] == "Theme")
    with pikepdf.open(io.BytesIO(pdf_document(outline))) as pdf:
        ids = {str(key): value for key, value in pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree).items()}
        rows = [node for node in structure(pdf) if str(node["/S"]) == "/TR" and len(node.K) == len(table.headings)]
        head, first = list(rows[0].K), list(rows[1].K)
        assert [str(cell.A[0].Scope) for cell in (head[0], first[0])] == ["/Column", "/Row"]
        for column, cell in enumerate(first[1:], 1):
            named = [ids[str(name)] for name in cell.A[0].Headers]
            assert named == [head[column], first[0]]


def test_the_pdf_carries_only_our_font(outline: Outline) -> None:
    with pikepdf.open(io.BytesIO(pdf_document(outline))) as pdf:
        names = {str(o["/BaseFont"]) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o}
    assert {re.sub(r"^/[A-Z]{6}\+", "", name) for name in names} <= {"LiberationSans", "LiberationSans-Bold"}


def test_the_docx_is_styled_and_british(outline: Outline) -> None:
    data = docx_document(outline)
    document = Document(io.BytesIO(data))
    assert document.styles["Normal"].font.name == "Arial"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        texts = {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}
    styles = texts["word/styles.xml"]
    assert set(re.findall(r'<w:lang [^>]*w:val="([^"]*)"', "".join(texts.values()))) == {"en-GB"}
    assert set(re.findall(r'w:ascii="([^"]*)"', styles)) == {"Arial"}
    assert not re.search(r"(ascii|hAnsi|eastAsia|cs)Theme=", "".join(texts.values()))
    for table in document.tables:
        rows = table._tbl.tr_lst
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        total = sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol")))
        assert 9600 < total < 9660, "tables are as wide as the text"
    assert not re.search(r"<w:rsid|w:rsid\w*=", "".join(texts.values())), "no trace of editing sessions"
    assert (
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
        in (texts["word/settings.xml"])
    ), "Word opens it without compatibility mode"
    assert set(re.findall(r'latin typeface="([^"]+)"', texts["word/theme/theme1.xml"])) == {"Arial"}
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert len(captions) == len(document.tables) + len(document.inline_shapes)
    assert all(shape._inline.docPr.get("descr").startswith("Chart.") for shape in document.inline_shapes)


def test_no_heading_of_the_score_table_breaks_inside_a_word() -> None:
    folder = resources.files("aboveline.rendering") / "fonts"
    bold = ImageFont.truetype(str(folder / "LiberationSans-Bold.ttf"), 9.5)
    for area in ("Sefton", "Northamptonshire", "Hammersmith and Fulham"):
        changed = replace(SCORES, area=area)
        table = next(b for b in figure_blocks(replace(FIGURES, scores=changed)) if isinstance(b, Grid))
        assert sum(table.widths) == pytest.approx(1)
        for words, share in zip(table.headings, table.widths, strict=True):
            for word in words.split():
                assert bold.getlength(word) * MM_A_POINT < share * TEXT_WIDTH_MM - CELL_MARGINS_MM, word


def test_a_report_the_public_may_not_read_says_so_on_every_page() -> None:
    assert opened().expect().outline.footer.endswith("Exempt in part: not for publication in full")
    restricted = opened(lambda tree: tree.update(access={"class": "confidential"})).expect().outline
    assert restricted.footer.endswith("Confidential: not for publication")
    assert "publication" not in opened(lambda tree: tree.pop("access")).expect().outline.footer


def test_numbered_lists_each_start_at_one(outline: Outline) -> None:
    paragraphs = Document(io.BytesIO(docx_document(outline))).paragraphs
    numbers = [p._p.pPr.numPr.numId.val for p in paragraphs if p.style.name == "List Number"]
    assert len(set(numbers)) == 2


def test_draft_is_marked_in_every_format_and_only_then(outline: Outline, draft: Outline) -> None:
    assert "report--draft" in html_fragment(draft)
    assert "report--draft" not in html_fragment(outline)
    for made, marked in ((outline, False), (draft, True)):
        headers = zipfile.ZipFile(io.BytesIO(docx_document(made)))
        watermark = any(b'string="DRAFT"' in headers.read(n) for n in headers.namelist() if "header" in n)
        assert watermark is marked
    assert len(pdf_document(draft)) != len(pdf_document(outline))


def test_the_watermark_is_no_content_for_a_screen_reader(draft: Outline) -> None:
    with pikepdf.open(io.BytesIO(pdf_document(draft))) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    assert content.index(b"/Artifact") < content.index(b"/MCID")


@pytest.mark.parametrize("make", [docx_document, pdf_document, html_page], ids=["docx", "pdf", "html"])
def test_the_same_report_gives_the_same_bytes(make: Any, outline: Outline) -> None:
    assert make(outline) == make(outline)


@pytest.mark.parametrize("ending", ["docx", "pdf", "html"])
def test_nothing_is_hidden(ending: str, draft: Outline) -> None:
    data = {"docx": docx_document, "pdf": pdf_document, "html": lambda o: html_page(o).encode()}[ending](draft)
    assert scan(f"report.{ending}", data) == ()


def hostile_outline() -> Outline:
    blocks: list[Any] = [Heading(2, printable(HOSTILE[0]), "a")]
    for words in map(printable, HOSTILE):
        blocks += [Para(words), Items((words, words)), Facts(words[:100], ((words, (words, words)),))]
    blocks.append(Grid("c", HOSTILE[:2], tuple((printable(w), printable(w)) for w in HOSTILE), (0.5, 0.5)))
    blocks.append(
        score_chart(printable(HOSTILE[0]), printable(HOSTILE[1]), [ChartRow(HOSTILE[2], 0, 0, 100, 50, (0, 100))])
    )
    return Outline(printable(HOSTILE[0]), printable(HOSTILE[1]), tuple(blocks), "DRAFT", printable(HOSTILE[3]))


def test_hostile_text_stays_text() -> None:
    made = hostile_outline()
    page = html_page(made)
    assert scan("x.html", page.encode()) == ()
    assert "<script" not in page
    assert "<img" not in page
    document = Document(io.BytesIO(docx_document(made)))
    assert HOSTILE[3] in [paragraph.text for paragraph in document.paragraphs]
    pdf = pdf_document(made)
    assert scan("x.pdf", pdf) == ()
    text = words_of_pdf(pdf)
    assert "#eval(" in text
    assert "\u202e" not in text


def test_many_rows_go_over_many_pages() -> None:
    rows = tuple((f"Row {n}", "Words that fill the cell " * 6) for n in range(400))
    made = Outline("Many rows", "Council", (Grid("Long", ("No.", "Words"), rows, (0.2, 0.8)),))
    with pikepdf.open(io.BytesIO(pdf_document(made))) as pdf:
        assert len(pdf.pages) > 10
    assert len(Document(io.BytesIO(docx_document(made))).tables[0].rows) == 401


def test_an_empty_report_is_still_a_report() -> None:
    empty = {"council": "C", "subject": "S", "rule_set": "england-2012", "status": "draft"}

    def spoil(tree: dict[str, Any]) -> None:
        kept = {key: tree[key] for key in ("report_to", "report_of", "contact_officer")}
        tree.clear()
        tree.update(kept | empty)

    built = opened(spoil).expect()
    made = built.outline
    assert sum(isinstance(b, Para) and b.text == "Not yet completed" for b in made.blocks) >= 14
    assert docx_headings(docx_document(made)) == list(made.headings())
    assert pdf_document(made).startswith(b"%PDF")


def test_not_applicable_and_blank_are_told_apart() -> None:
    built = opened().expect()
    said = {b.text for b in report_outline(built.report, FIGURES).blocks if isinstance(b, Para)}
    assert "Not applicable: no asset is concerned" in said
    assert Entry[str]().words not in said


def test_rows_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="unequal"):
        Grid("c", ("a", "b"), (("only one",),), (0.5, 0.5))


@pytest.mark.parametrize("synthetic", [True, False])
def test_a_report_on_made_up_cases_says_so_on_its_front(synthetic: bool) -> None:
    figures = replace(FIGURES, scores=replace(SCORES, synthetic=synthetic))
    front = next(
        block for block in report_outline(opened().expect().report, figures).blocks if isinstance(block, Facts)
    )
    assert (("Cases", ("Made up, for demonstration only",)) in front.rows) is synthetic
