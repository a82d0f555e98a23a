"""An executed notebook as a page: its prose and outputs, without code, without the network."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import cast

from markupsafe import Markup

from motomind_nb.report.page import render

# nbformat checks addresses in notebooks with this module, which takes seconds to import
SLOW = "rfc3987_syntax"


def notebook_html(notebook: Path, out: Path) -> Path:
    """Write an executed notebook as a page of the report's look and return its path.

    Prose and outputs only; no address outside the page is loaded, no script of an output runs.
    Writes: ``out``.
    """
    sys.modules.setdefault(SLOW, cast(ModuleType, None))
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="basic", exclude_input=True, exclude_input_prompt=True,
        exclude_output_prompt=True, mathjax_url="", require_js_url="", jquery_url="",
    )  # fmt: skip
    body, _ = exporter.from_filename(str(notebook))
    report = out.parent.parent / "report.html"
    values = {
        "title": notebook.stem.replace("_", " "), "body": Markup(body),
        "back": "../report.html" if report.parent.joinpath("run.json").exists() else "",
    }  # fmt: skip
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(render("notebook.html.j2", values, exact_styles=False), encoding="utf-8")
    return out
