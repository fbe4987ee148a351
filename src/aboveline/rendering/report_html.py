"""An outline as HTML: a fragment to set into a page, or a whole file that needs nothing else. Nothing is fetched."""

from functools import lru_cache, singledispatch
from html import escape
from importlib import resources
from string import Template

from aboveline.rendering.outline import Block, Facts, Grid, Heading, Items, Outline, Para, Picture


def html_fragment(outline: Outline) -> str:
    """Return the document as one `<article>`; it brings no style, inline or other; ids are those of headings."""
    mark = '<p class="report-draft"><strong>Draft</strong> Not for publication.</p>' if outline.watermark else ""
    body = "\n".join(_html(block) for block in outline.blocks)
    classes = "report report--draft" if outline.watermark else "report"
    return (
        f'<article class="{classes}" lang="en-GB" dir="ltr">\n'
        f'<header><p class="report-organisation">{_text(outline.organisation)}</p>\n'
        f"<h1>{_text(outline.title)}</h1>\n{mark}</header>\n{body}\n</article>"
    )


def html_page(outline: Outline) -> str:
    """Return a whole page with its style for screen and print; its own policy closes it to scripts and other hosts."""
    return _template().substitute(
        title=_text(outline.title),
        article=html_fragment(outline),
        footer=_text(outline.footer),
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    return Template((resources.files("aboveline.rendering") / "templates" / "report.html").read_text("utf-8"))


def _text(words: str) -> str:
    """Escape text for HTML."""
    return escape(words, quote=True)


@singledispatch
def _html(block: Block) -> str:
    raise TypeError(f"no HTML for {type(block).__name__}")


@_html.register
def _(block: Heading) -> str:
    return f'<h{block.level} id="{_text(block.id)}">{_text(block.text)}</h{block.level}>'


@_html.register
def _(block: Para) -> str:
    style = ' class="report-note"' if block.quiet else ""
    return f"<p{style}>{_text(block.text)}</p>"


@_html.register
def _(block: Items) -> str:
    tag = "ol" if block.numbered else "ul"
    return f"<{tag}>{''.join(f'<li>{_text(item)}</li>' for item in block.items)}</{tag}>"


@_html.register
def _(block: Facts) -> str:
    rows = "".join(
        f'<tr><th scope="row">{_text(label)}</th><td>{"<br>".join(map(_text, lines))}</td></tr>\n'
        for label, lines in block.rows
    )
    return f'<table class="report-facts"><caption>{_text(block.caption)}</caption>\n<tbody>{rows}</tbody></table>'


@_html.register
def _(block: Grid) -> str:
    def style(column: int) -> str:
        return ' class="report-number"' if column in block.numeric else ""

    head = "".join(f'<th scope="col"{style(i)}>{_text(h)}</th>' for i, h in enumerate(block.headings))
    rows = []
    for index, row in enumerate(block.rows):
        cells = "".join(f"<td{style(i)}>{_text(cell)}</td>" for i, cell in enumerate(row) if i)
        strong = ' class="report-total"' if index in block.strong else ""
        rows.append(f'<tr{strong}><th scope="row">{_text(row[0])}</th>{cells}</tr>\n')
    return _scrolling(
        block.caption,
        f"<table><caption>{_text(block.caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>{''.join(rows)}</tbody></table>",
    )


@_html.register
def _(block: Picture) -> str:
    drawing = block.svg.replace("<svg ", f'<svg role="img" aria-label="{_text(block.alt)}" ', 1)
    return f"<figure>{_scrolling(block.caption, drawing)}<figcaption>{_text(block.caption)}</figcaption></figure>"


def _scrolling(name: str, content: str) -> str:
    """What may be wider than a phone scrolls by itself, by keyboard too."""
    return f'<div class="report-scroll" role="region" tabindex="0" aria-label="{_text(name)}">{content}</div>'
