"""What must be true of every page: `check_page` and, where a form came back with errors, `check_error_summary`."""

import re
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Route, expect

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
}
DESKTOP, TABLET, PHONE = ({"width": w, "height": h} for w, h in ((1280, 900), (768, 1024), (320, 640)))


@dataclass(eq=False)
class Watch:
    """What a page has complained of, and asked for outside this machine, since it was opened."""

    complaints: list[str] = field(default_factory=list)
    asked_outside: list[str] = field(default_factory=list)
    _of: ClassVar[WeakKeyDictionary] = WeakKeyDictionary()

    @classmethod
    def over(cls, page: Page) -> "Watch":
        """Return the page's watch, set on it the first time."""
        if page not in cls._of:
            watch = cls._of[page] = cls()
            page.on("console", watch.console)
            page.on("pageerror", lambda error: watch.complaints.append(str(error)))
            page.context.route("**/*", watch.route)
        return cls._of[page]

    def console(self, message: ConsoleMessage) -> None:
        """Note errors and warnings, but not that the page itself was answered with an error status."""
        answered = message.text.startswith("Failed to load resource") and message.location["url"] == message.page.url
        if message.type in {"error", "warning"} and not answered:
            self.complaints.append(message.text)

    def route(self, route: Route) -> None:
        if urlsplit(route.request.url).hostname in LOOPBACK:
            route.continue_()
        else:
            self.asked_outside.append(route.request.url)
            route.abort()


def check_page(page: Page, viewports: tuple[dict, ...] = (DESKTOP, PHONE)) -> None:
    """Fail unless axe finds nothing, the console is quiet, and nothing scrolls sideways at any width.

    Folded details are opened first, for what is folded must be right too. Ends at the desktop's width.
    """
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    faults = [fault for viewport in viewports for fault in _axe_faults(page, viewport)]
    faults += [fault for viewport in (DESKTOP, TABLET, PHONE) for fault in _sideways(page, viewport)]
    page.set_viewport_size(DESKTOP)
    faults += [f"console: {text}" for text in Watch.over(page).complaints]
    assert not faults, f"{page.url}\n" + "\n".join(faults)


def check_error_summary(page: Page) -> None:
    """Fail unless the page says in its title that there is an error, and each link of the summary moves the focus to
    an input that is marked as wrong."""
    expect(page).to_have_title(re.compile("^Error: "))
    links = page.locator(".govuk-error-summary__list a")
    assert links.count(), "the error summary has no link"
    for index in range(links.count()):
        link = links.nth(index)
        target = (link.get_attribute("href") or "").removeprefix("#")
        link.click()
        focused = page.evaluate("({id: document.activeElement.id, tag: document.activeElement.tagName})")
        assert focused["id"] == target, f"{link.inner_text()!r} leads to {focused}, not to {target!r}"
        assert focused["tag"] in {"INPUT", "SELECT", "TEXTAREA"}, f"{link.inner_text()!r} leads to {focused}"


def _axe_faults(page: Page, viewport: dict) -> list[str]:
    page.set_viewport_size(viewport)
    violations = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    return [
        f"axe at {viewport['width']}: {violation['id']}: {violation['help']}: {node['html'][:200]}"
        for violation in violations
        for node in violation["nodes"]
    ]


def _sideways(page: Page, viewport: dict) -> list[str]:
    page.set_viewport_size(viewport)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width <= viewport["width"]:
        return []
    wide = page.evaluate(
        "[...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        ".slice(-3).map(e => e.outerHTML.slice(0, 120))"
    )
    return [f"{width} pixels wide at {viewport['width']}: {wide}"]
