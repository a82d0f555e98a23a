"""The page itself: facts of a run in, report.html out."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from motomind_nb.core import naming_path
from motomind_nb.report import sections
from motomind_nb.report.facts import read_facts

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; style-src {style}; script-src {script}; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def write_report(
    folder: Path, name: str = "report.html", verdict: dict[str, Any] | None = None
) -> Path:
    """Write the report of a run folder and return its path.

    Its facts are read from the folder's files; ``verdict`` stands for one that is not yet written.
    The same facts give the same bytes. Writes: one file without outside references.
    """
    known = read_facts(folder)
    if verdict is not None:
        known = replace(known, verdict=verdict)
    page = render("report.html.j2", sections.page_values(known), exact_styles=True)
    path = folder / name
    part = path.with_suffix(".part")
    with naming_path(path):
        part.write_text(page, encoding="utf-8")
    part.replace(path)
    return path


def render(template: str, values: dict[str, Any], *, exact_styles: bool) -> str:
    """Return a template filled with values, its style and script inside the page.

    The page's policy lets this script run and no other. ``exact_styles`` forbids every style but
    the page's own; a notebook's outputs bring theirs along.
    """
    style, script = _asset("page.css"), _asset("page.js")
    policy = POLICY.format(
        style=_fingerprint(style) if exact_styles else "'unsafe-inline'",
        script=_fingerprint(script),
    )
    text = (
        _environment()
        .get_template(template)
        .render(**values, policy=policy, style=Markup(style), script=Markup(script))
    )
    # a lone half of a surrogate pair can't be written; shown as what it is: not a letter
    return text.encode("utf-8", "replace").decode("utf-8")


@cache
def _environment() -> Environment:
    """Return the template engine: everything is escaped, a misspelt name is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    engine = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    engine.filters["shape"] = cell_class
    engine.filters["breakable"] = breakable
    return engine


def breakable(text: str) -> Markup:
    """Return a name that a narrow column may break: ``public.vehicle_events`` behind . and _."""
    parts = re.split(r"(?<=[._])", text)
    return Markup("<wbr>").join(parts)


def cell_class(text: str) -> Markup:
    """Return the class of a cell: wide for a sentence, long where a word has to be broken, name
    for an id that should stay on one line.
    """
    words = text.split()
    names = ["wide"] if len(text) > 36 and len(words) > 3 else []
    if max(map(len, words), default=0) > 40:
        names += ["wide", "long"]
    if len(words) == 1 and len(text) == 36:
        names = ["name"]
    listed = " ".join(dict.fromkeys(names))
    return Markup(f' class="{listed}"') if listed else Markup("")


@cache
def _asset(name: str) -> str:
    """Return the text of a file that goes into the page."""
    return (HERE / name).read_text(encoding="utf-8")


def _fingerprint(text: str) -> str:
    """Return the hash by which a policy knows a style or a script."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
