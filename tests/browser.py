"""A headless Chromium, driven by playwright, that can reach nothing but files of this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

# without these Chromium looks for hosts of its maker at every start
FLAGS = (
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-color-profile=srgb",
)


@dataclass
class Seen:
    """A page, what it complained of, and the addresses that it asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: Path) -> Page:
        """Open a file, and forget what was seen before."""
        self.complaints.clear()
        self.requests.clear()
        self.page.goto(path.resolve().as_uri())
        return self.page


def watched(page: Page) -> Seen:
    """Return a page whose errors, warnings and requests are written down."""
    seen = Seen(page)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on(
        "console",
        lambda line: (
            seen.complaints.append(line.text) if line.type in ("error", "warning") else None
        ),
    )
    page.on("request", lambda request: seen.requests.append(request.url))
    return seen


@contextmanager
def offline_browser(binary: str) -> Iterator[Browser]:
    """Start a browser with an empty profile and no network; it ends with the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=binary, args=list(FLAGS), chromium_sandbox=os.geteuid() != 0
        )
        try:
            yield browser
        finally:
            browser.close()
