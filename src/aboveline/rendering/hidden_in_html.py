"""Hidden data in HTML: comments, elements nobody sees, scripts, and what would be fetched from elsewhere."""

import re
from html.parser import HTMLParser

from aboveline.rendering.hidden_data import Finding

_ACTIVE = {"script", "iframe", "object", "embed", "applet", "form", "input"}
_FETCHING = {"src", "srcset", "poster", "background", "data"}
_UNSEEN = {"template", "noscript", "dialog", "metadata", "desc"}
_HIDING = re.compile(r"display:none|visibility:hidden|font-size:0[;}]|opacity:0[;}]|-\d{3,}(px|em|%)")
_WHITE = re.compile(r"(?<![a-z-])color:(#fff(fff)?\b|white\b)")
_KNOWN_META = {"", "viewport", "robots"}


class _Scanner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Finding] = []
        self.style = False

    def _where(self) -> str:
        return f"line {self.getpos()[0]}"

    def handle_comment(self, data: str) -> None:
        self.found.append(Finding("comment", self._where()))

    def handle_pi(self, data: str) -> None:
        self.found.append(Finding("comment", self._where()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip() for name, value in attrs}
        self.style = tag == "style"
        if tag in _ACTIVE:
            self.found.append(Finding(f"active element {tag}", self._where()))
        if any(name.startswith("on") for name in given) or _runs(given.get("href", "")):
            self.found.append(Finding("script in an attribute", self._where()))
        if tag in _UNSEEN or "hidden" in given or given.get("aria-hidden") == "true":
            self.found.append(Finding("hidden element", self._where()))
        self._look_at_style(given.get("style", "") + ";")
        if any(name.startswith("data-") for name in given):
            self.found.append(Finding("data in an attribute", self._where()))
        if tag == "link" or any(given.get(name) for name in _FETCHING):
            self.found.append(Finding("link to another file", self._where()))
        if tag == "meta" and given.get("name", "").lower() not in _KNOWN_META:
            self.found.append(Finding("name or remark in the properties", self._where()))

    def handle_data(self, data: str) -> None:
        if not self.style:
            return
        if "url(" in data or "@import" in data:
            self.found.append(Finding("link to another file", self._where()))
        self._look_at_style(data)

    def _look_at_style(self, style: str) -> None:
        flat = "".join(style.lower().split())
        if _HIDING.search(flat):
            self.found.append(Finding("hidden element", self._where()))
        if _WHITE.search(flat):
            self.found.append(Finding("text in the colour of the paper", self._where()))

    def handle_endtag(self, tag: str) -> None:
        self.style = False if tag == "style" else self.style


def _runs(address: str) -> bool:
    return "".join(address.lower().split()).startswith(("javascript:", "data:", "vbscript:"))


def scan_html(data: bytes) -> tuple[Finding, ...]:
    """Return what is hidden. Raises ValueError where the file is not UTF-8."""
    scanner = _Scanner()
    scanner.feed(data.decode("utf-8"))
    scanner.close()
    return tuple(dict.fromkeys(scanner.found))
