"""The scanner finds each hidden thing when it is planted, and nothing in a clean file."""

import io
import zipfile
from collections.abc import Callable

import pikepdf
import pytest

from aboveline.rendering.hidden_data import UnknownKind, scan
from aboveline.rendering.outline import Outline, Para
from aboveline.rendering.report_docx import docx_document
from aboveline.rendering.report_pdf import pdf_document

PLAIN = Outline("Plain", "Council", (Para("Words."),))


@pytest.fixture(scope="module")
def docx() -> bytes:
    return docx_document(PLAIN)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return pdf_document(PLAIN)


def repacked(data: bytes, add: dict[str, str] | None = None, swap: tuple[str, str, str] | None = None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if swap and name == swap[0]:
                assert swap[1].encode() in part
                part = part.replace(swap[1].encode(), swap[2].encode(), 1)
            target.writestr(name, part)
        for name, text in (add or {}).items():
            target.writestr(name, text)
    return made.getvalue()


def test_clean_files_are_clean(docx: bytes, pdf: bytes) -> None:
    assert scan("a.docx", docx) == scan("a.PDF", pdf) == scan("a.html", b"<p>Words</p>") == ()


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("word/comments.xml", "comments"),
        ("word/people.xml", "comments"),
        ("customXml/item1.xml", "custom XML"),
        ("word/embeddings/sheet.xml", "embedded file"),
        ("word/vbaProject.bin", "macro"),
        ("docProps/thumbnail.jpeg", "thumbnail"),
        ("docProps/custom.xml", "custom properties"),
        ("xl/printerSettings/printerSettings1.bin", "printer settings"),
    ],
)
def test_a_planted_part_is_found(docx: bytes, part: str, kind: str) -> None:
    assert kind in {finding.kind for finding in scan("a.docx", repacked(docx, add={part: "<a/>"}))}


RUN = "<w:r><w:t>Words.</w:t></w:r>"


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        (f'<w:ins w:id="1" w:author="X">{RUN}</w:ins>', "tracked change"),
        ('<w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del>', "tracked change"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>", "hidden text"),
        ('<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>white</w:t></w:r>', "text in the colour of the paper"),
        ('<w:r><w:commentReference w:id="0"/></w:r>', "comments"),
        ("<!-- remark -->", "XML comment"),
        ('<w:r><w:rPr><w:color w:val="FDFDFD"/></w:rPr><w:t>nearly</w:t></w:r>', "text in the colour of the paper"),
        ('<w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t>tiny</w:t></w:r>', "hidden text"),
        ('<w:r w:rsidR="00AB12CD"><w:t>when</w:t></w:r>', "editing session marks"),
        ('<w:altChunk xmlns:r="x" r:id="rId9"/>', "embedded file"),
        ('<w:commentRangeStart w:id="0"/>', "comments"),
        ('<w:bookmarkStart w:id="0" w:name="A_Person"/><w:bookmarkEnd w:id="0"/>', "name of a bookmark"),
        (f'<w:customXml w:element="child">{RUN}</w:customXml>', "custom XML"),
        (f'<w:smartTag w:element="PersonName">{RUN}</w:smartTag>', "custom XML"),
    ],
)
def test_a_planted_run_is_found(docx: bytes, planted: str, kind: str) -> None:
    data = repacked(docx, swap=("word/document.xml", RUN, RUN + planted))
    assert kind in {finding.kind for finding in scan("a.docx", data)}


@pytest.mark.parametrize(
    ("style", "kind"),
    [
        ('<w:style w:type="character" w:styleId="X"><w:rPr><w:vanish/></w:rPr></w:style>', "hidden text"),
        ('<w:style w:type="paragraph" w:styleId="X"><w:rPr><w:vanish w:val="true"/></w:rPr></w:style>', "hidden text"),
        ('<w:style w:type="table" w:styleId="X"><w:rPr><w:vanish/></w:rPr></w:style>', "hidden text"),
        ('<w:style w:type="character" w:styleId="X"><w:rPr><w:sz w:val="2"/></w:rPr></w:style>', "hidden text"),
        (
            '<w:style w:type="paragraph" w:styleId="X"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>',
            "text in the colour of the paper",
        ),
    ],
)
def test_a_style_that_hides_is_found(docx: bytes, style: str, kind: str) -> None:
    data = repacked(docx, swap=("word/styles.xml", "</w:styles>", style + "</w:styles>"))
    assert kind in {finding.kind for finding in scan("a.docx", data)}


@pytest.mark.parametrize(
    ("relation", "kind"),
    [
        ("comments", "comments"),
        ("customXml", "custom XML"),
        ("oleObject", "embedded file"),
        ("custom-properties", "custom properties"),
    ],
)
def test_a_part_under_another_name_is_found_by_what_leads_to_it(docx: bytes, relation: str, kind: str) -> None:
    link = f'<Relationship Id="x" Type="t/{relation}" Target="remarks.xml"/></Relationships>'
    data = repacked(
        docx, add={"word/remarks.xml": "<a/>"}, swap=("word/_rels/document.xml.rels", "</Relationships>", link)
    )
    assert {finding.kind for finding in scan("a.docx", data)} == {kind}


def test_white_on_a_dark_table_and_the_marks_of_a_contents_list_hide_nothing(docx: bytes) -> None:
    style = '<w:style w:type="table" w:styleId="X"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style></w:styles>'
    assert scan("a.docx", repacked(docx, swap=("word/styles.xml", "</w:styles>", style))) == ()
    mark = '<w:bookmarkStart w:id="0" w:name="_Toc123"/><w:bookmarkEnd w:id="0"/>'
    assert scan("a.docx", repacked(docx, swap=("word/document.xml", RUN, RUN + mark))) == ()


def test_white_that_is_over_before_the_words_hides_nothing(pdf: bytes) -> None:
    data = change(pdf, lambda document: document.pages[0].contents_add(b"q 1 g Q 0 g BT (seen) Tj ET"))
    assert scan("a.pdf", data) == ()


def test_text_within_the_page_wherever_its_coordinates_begin_hides_nothing(pdf: bytes) -> None:
    seen = b"q 1 0 0 1 -900 0 cm BT 30 TL 1000 100 Td (seen) Tj (seen too) ' T* (and this) Tj ET Q"
    assert scan("a.pdf", change(pdf, lambda document: document.pages[0].contents_add(seen))) == ()


def test_a_switch_that_is_off_hides_nothing(docx: bytes) -> None:
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>seen</w:t></w:r>'
    assert scan("a.docx", repacked(docx, swap=("word/document.xml", RUN, RUN + shown))) == ()


@pytest.mark.parametrize("tag", ["dc:creator", "cp:lastModifiedBy", "cp:keywords", "dc:description"])
def test_a_name_in_the_properties_is_found(docx: bytes, tag: str) -> None:
    data = repacked(docx, swap=("docProps/core.xml", f"<{tag}></{tag}>", f"<{tag}>A. Person</{tag}>"))
    (finding,) = scan("a.docx", data)
    assert finding.kind == "name or remark in the properties"
    assert "Person" not in str(finding)


def test_session_marks_and_outside_links_are_found(docx: bytes) -> None:
    marks = repacked(docx, swap=("word/settings.xml", "<w:zoom", '<w:rsids><w:rsid w:val="1"/></w:rsids><w:zoom'))
    assert {f.kind for f in scan("a.docx", marks)} == {"editing session marks"}
    link = '<Relationship Id="x" Type="t/image" Target="http://x" TargetMode="External"/></Relationships>'
    linked = repacked(docx, swap=("word/_rels/document.xml.rels", "</Relationships>", link))
    assert {f.kind for f in scan("a.docx", linked)} == {"link to another file"}


def test_hidden_sheets_rows_and_columns_are_found() -> None:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    for xml in (
        f'<workbook {main}><sheets><sheet name="a" state="hidden"/></sheets></workbook>',
        f'<workbook {main}><sheets><sheet name="a" state="veryHidden"/></sheets></workbook>',
        f'<worksheet {main}><cols><col hidden="1"/></cols></worksheet>',
        f'<worksheet {main}><sheetData><row hidden="true"/></sheetData></worksheet>',
    ):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as package:
            package.writestr("xl/workbook.xml", xml)
        assert [f.kind for f in scan("a.xlsx", made.getvalue())] == ["hidden sheet, row or column"]


def change(data: bytes, spoil: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        spoil(document)
        made = io.BytesIO()
        document.save(made)
    return made.getvalue()


def attach(document: pikepdf.Pdf) -> None:
    document.attachments["a.txt"] = b"secret"


def script(document: pikepdf.Pdf) -> None:
    document.Root["/OpenAction"] = document.make_indirect(
        pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)")
    )


def author(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = "A. Person"


def author_in_xmp(document: pikepdf.Pdf) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:creator"] = ["A. Person"]


def note(document: pikepdf.Pdf) -> None:
    made = pikepdf.Dictionary(Type=pikepdf.Name("/Annot"), Subtype=pikepdf.Name("/Text"), Rect=[0, 0, 9, 9])
    document.pages[0]["/Annots"] = pikepdf.Array([document.make_indirect(made)])


def invisible(document: pikepdf.Pdf) -> None:
    document.pages[0].contents_add(b"BT 3 Tr ET")


def clipped(document: pikepdf.Pdf) -> None:
    document.pages[0].contents_add(b"BT 7 Tr (secret) Tj ET")


def transparent(document: pikepdf.Pdf) -> None:
    document.pages[0].obj["/Resources"]["/ExtGState"] = pikepdf.Dictionary(Clear=pikepdf.Dictionary(ca=0))
    document.pages[0].contents_add(b"q /Clear gs BT (secret) Tj ET Q")


def white_ink(document: pikepdf.Pdf) -> None:
    document.pages[0].contents_add(b"q 0 0 0 0 k BT (secret) Tj ET Q")


def beside(document: pikepdf.Pdf) -> None:
    document.pages[0].contents_add(b"BT 1 0 0 1 900 100 Tm (secret) Tj ET")


def above_by_its_coordinates(document: pikepdf.Pdf) -> None:
    document.pages[0].contents_add(b"q 1 0 0 1 0 800 cm BT 10 90 Td (secret) Tj ET Q")


def below_by_its_lines(document: pikepdf.Pdf) -> None:
    document.pages[0].contents_add(b"BT 30 TL 10 20 Td (seen) Tj (secret) ' ET")


def cut_off(document: pikepdf.Pdf) -> None:
    document.pages[0].obj["/CropBox"] = pikepdf.Array([0, 0, 300, 300])


def in_a_form(document: pikepdf.Pdf) -> None:
    form = pikepdf.Stream(document, b"1 g BT (secret) Tj ET")
    form["/Type"], form["/Subtype"] = pikepdf.Name("/XObject"), pikepdf.Name("/Form")
    document.pages[0].obj["/Resources"]["/XObject"] = pikepdf.Dictionary(Fm=document.make_indirect(form))
    document.pages[0].contents_add(b"/Fm Do")


def layers(document: pikepdf.Pdf) -> None:
    document.Root["/OCProperties"] = pikepdf.Dictionary()


def white(document: pikepdf.Pdf) -> None:
    document.pages[0].contents_add(b"q 1 1 1 rg BT (secret) Tj ET Q")


def editing_data(document: pikepdf.Pdf) -> None:
    document.Root["/PieceInfo"] = pikepdf.Dictionary()


def thumbnail(document: pikepdf.Pdf) -> None:
    document.pages[0]["/Thumb"] = pikepdf.Stream(document, b"")


def action_of_page(document: pikepdf.Pdf) -> None:
    document.pages[0]["/AA"] = pikepdf.Dictionary()


def form(document: pikepdf.Pdf) -> None:
    document.Root["/AcroForm"] = pikepdf.Dictionary(Fields=[])


@pytest.mark.parametrize(
    ("plant", "kind"),
    [
        (attach, "attachment"),
        (script, "script"),
        (script, "action on opening"),
        (author, "name or remark in the properties"),
        (author_in_xmp, "name or remark in the properties"),
        (note, "comment or form field"),
        (invisible, "hidden text"),
        (clipped, "hidden text"),
        (transparent, "hidden text"),
        (white_ink, "text in the colour of the paper"),
        (beside, "text outside the page"),
        (above_by_its_coordinates, "text outside the page"),
        (below_by_its_lines, "text outside the page"),
        (cut_off, "text outside the page"),
        (in_a_form, "text in the colour of the paper"),
        (layers, "layers"),
        (white, "text in the colour of the paper"),
        (editing_data, "data of another program"),
        (thumbnail, "thumbnail"),
        (action_of_page, "action on opening"),
        (form, "form"),
    ],
)
def test_what_is_planted_in_a_pdf_is_found(pdf: bytes, plant: Callable[[pikepdf.Pdf], None], kind: str) -> None:
    assert kind in {finding.kind for finding in scan("a.pdf", change(pdf, plant))}


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        ("<!-- remark -->", "comment"),
        ("<p hidden>x</p>", "hidden element"),
        ('<p style="display: none">x</p>', "hidden element"),
        ('<p aria-hidden="true">x</p>', "hidden element"),
        ("<script>1</script>", "active element script"),
        ('<p onclick="x()">x</p>', "script in an attribute"),
        ('<a href="java\nscript:x()">x</a>', "script in an attribute"),
        ('<img src="http://x/a.png">', "link to another file"),
        ("<style>@import 'x'</style>", "link to another file"),
        ('<link rel="stylesheet" href="x">', "link to another file"),
        ('<meta name="author" content="A. Person">', "name or remark in the properties"),
        ('<meta name="dc.creator" content="A. Person">', "name or remark in the properties"),
        ("<style>.q { display: none }</style>", "hidden element"),
        ("<style>.q{position:absolute;left:-9999px}</style>", "hidden element"),
        ('<p style="position:absolute;left:-9999px">x</p>', "hidden element"),
        ('<p style="color: #FFF">x</p>', "text in the colour of the paper"),
        ("<style>.q { color: white }</style>", "text in the colour of the paper"),
        ("<template>x</template>", "hidden element"),
        ("<noscript>x</noscript>", "hidden element"),
        ("<dialog>x</dialog>", "hidden element"),
        ("<svg><metadata>x</metadata></svg>", "hidden element"),
        ('<p data-author="A. Person">x</p>', "data in an attribute"),
        ("<?php remark ?>", "comment"),
    ],
)
def test_what_is_planted_in_html_is_found(planted: str, kind: str) -> None:
    assert [f.kind for f in scan("a.html", f"<p>Words</p>{planted}".encode())] == [kind]


@pytest.mark.parametrize("name", ["a.docx", "a.pdf"])
def test_a_file_that_is_not_what_it_says(name: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        scan(name, b"plain")


def test_broken_xml_and_unknown_endings() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/document.xml", "<a>")
    with pytest.raises(ValueError, match="is not XML"):
        scan("a.docx", made.getvalue())
    with pytest.raises(UnknownKind):
        scan("a.exe", b"")


def test_a_bomb_is_refused_by_its_directory() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(2_001):
            package.writestr(f"{number}.xml", "")
    with pytest.raises(ValueError, match="too large"):
        scan("a.docx", made.getvalue())
