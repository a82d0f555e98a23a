"""The report as PDF, where a Chromium is found: it prints the page just as it shows it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-pdf-header-footer",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


def find_chromium() -> str | None:
    """Return the path of a Chromium on this machine, None without one."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def try_print_pdf(page: Path, out: Path) -> Path | None:
    """Print a page as PDF and return its path; None where no Chromium is found or it fails.

    Writes: ``out``. Nothing is sent: Chromium runs without names of hosts.
    """
    browser = find_chromium()
    if browser is None:
        return None
    with tempfile.TemporaryDirectory() as profile:
        command = [
            browser,
            *QUIET,
            *_as_root(),
            f"--user-data-dir={profile}",
            f"--print-to-pdf={out.resolve()}",
            page.resolve().as_uri(),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=60, check=False)
        except subprocess.TimeoutExpired:
            return None
    return out if out.exists() and out.stat().st_size else None


def _as_root() -> list[str]:
    """Return what Chromium asks of root: it has no sandbox there."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []
