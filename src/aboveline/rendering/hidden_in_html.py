"""Hidden data in HTML: comments, elements nobody sees, scripts, and what would be fetched from elsewhere."""

from html.parser import HTMLParser

from aboveline.rendering.hidden_data import Finding

_ACTIVE = {"script", "iframe", "object", "embed", "applet", "form", "input"}
_FETCHING = {"src", "srcset", "poster", "background", "data"}
_HIDING = ("display:none", "visibility:hidden", "font-size:0", "opacity:0;")


class _Scanner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Finding] = []
        self.style = False

    def _where(self) -> str:
        return f"line {self.getpos()[0]}"

    def handle_comment(self, data: str) -> None:
        self.found.append(Finding("comment", self._where()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip() for name, value in attrs}
        self.style = tag == "style"
        if tag in _ACTIVE:
            self.found.append(Finding(f"active element {tag}", self._where()))
        if any(name.startswith("on") for name in given) or _runs(given.get("href", "")):
            self.found.append(Finding("script in an attribute", self._where()))
        style = given.get("style", "").replace(" ", "").lower() + ";"
        if "hidden" in given or given.get("aria-hidden") == "true" or any(word in style for word in _HIDING):
            self.found.append(Finding("hidden element", self._where()))
        if tag == "link" or any(given.get(name) for name in _FETCHING):
            self.found.append(Finding("link to another file", self._where()))
        if tag == "meta" and given.get("name", "").lower() in {"author", "generator", "keywords", "description"}:
            self.found.append(Finding("name or remark in the properties", self._where()))

    def handle_data(self, data: str) -> None:
        if self.style and ("url(" in data or "@import" in data):
            self.found.append(Finding("link to another file", self._where()))

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
