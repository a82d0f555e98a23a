"""An executed notebook as a page: its prose and outputs, without code, without the network."""

from __future__ import annotations

import base64
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import cast
from xml.etree.ElementTree import ParseError

from markupsafe import Markup

from motomind_nb.core import naming_path
from motomind_nb.report.page import render

PICTURE = re.compile(r'<img\b[^>]*?src="data:image/svg\+xml;base64,([\w+/=\s]+)"[^>]*>')
NEIGHBOUR = re.compile(r'href="(\d\d_\w+)\.ipynb"')
GLOSSARY = re.compile(r'<a href="README\.md#glossary">([^<]*)</a>')
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
        template_name="basic",
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        mathjax_url="",
        require_js_url="",
        jquery_url="",
    )
    exported, _ = exporter.from_filename(str(notebook))
    # the pages lie beside each other; the glossary did not come along
    linked = GLOSSARY.sub(r"\1", NEIGHBOUR.sub(r'href="\1.html"', exported))
    body = PICTURE.sub(_inline, linked)
    report = out.parent.parent / "report.html"
    values = {
        "title": notebook.stem.replace("_", " "),
        "body": Markup(body),
        "back": "../report.html" if report.parent.joinpath("run.json").exists() else "",
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    with naming_path(out):
        out.write_text(render("notebook.html.j2", values, exact_styles=False), encoding="utf-8")
    return out


def _inline(found: re.Match[str]) -> str:
    """Return a chart as part of the page: it follows its colours, and its text can be read."""
    from motomind_nb.charts import clean_svg, first_element_text

    svg = base64.b64decode(found[1]).decode("utf-8")
    try:
        drawing = clean_svg(svg, first_element_text(svg, "title"), first_element_text(svg, "desc"))
    except ParseError:
        return found[0]
    return f"<figure>{drawing}</figure>"
