"""From a matplotlib figure to an SVG that is the same everywhere and shows anywhere.

matplotlib's own SVG carries inline styles, which a strict content security policy refuses, ids
that collide when two charts share a page, and facts about the program. What comes out here has
presentation attributes only, text as text in the reader's own font, a title for screen readers,
no scripts and no outside references; the same figure gives the same bytes.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
import warnings
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
FONT = re.compile(r"(?:(?P<style>italic|oblique) )?(?:(?P<weight>bold|\d{3}) )?(?P<size>[\d.]+px)")
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REFERENCE = re.compile(r"(?<=^#)[\w.-]+|(?<=url\(#)[\w.-]+")
PNG_DPI = 110
KEPT = {
    "svg",
    "g",
    "defs",
    "path",
    "use",
    "text",
    "tspan",
    "rect",
    "circle",
    "line",
    "polyline",
    "polygon",
    "clipPath",
    "pattern",
}


def figure_svg(figure: Figure, title: str, description: str) -> str:
    """Return the figure as clean SVG text with a title and a description for screen readers."""
    buffer = io.StringIO()
    with warnings.catch_warnings():
        # a name may hold letters that matplotlib's font lacks; the reader's own font has them
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return clean_svg(drop_forbidden_characters(buffer.getvalue()), title, description)


def figure_png(figure: Figure) -> bytes:
    """Return the figure as a picture of pixels, for places that show no SVG."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.savefig(buffer, format="png", dpi=PNG_DPI, metadata={"Software": None})
    return buffer.getvalue()


def clean_svg(svg: str, title: str, description: str = "") -> str:
    """Return SVG text reduced to drawing elements and presentation attributes.

    Raises: ElementTree.ParseError when the text is no SVG.
    """
    root = ElementTree.fromstring(svg)
    _reduce(root)
    _shorten_ids(root, hashlib.sha256((title + svg).encode()).hexdigest()[:8])
    root.set("role", "img")
    root.set("aria-label", drop_forbidden_characters(title))
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(f"{{{SVG}}}{tag}")
        element.text = drop_forbidden_characters(text)
        root.insert(position, element)
    root.set("stroke-linejoin", "round")
    root.set("font-family", "ui-sans-serif, system-ui, sans-serif")
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def drop_forbidden_characters(text: str) -> str:
    """Return the text without characters that XML forbids."""
    return NOT_XML.sub("\ufffd", text)


def first_element_text(svg: str, tag: str) -> str:
    """Return the text of the first element of this tag in an SVG, '' without one."""
    found = re.search(f"<{tag}>(.*?)</{tag}>", svg, re.DOTALL)
    return html.unescape(found[1]) if found else ""


def _reduce(element: ElementTree.Element) -> None:
    """Drop children that do not draw, and turn inline styles into attributes."""
    for child in list(element):
        name = child.tag.removeprefix(f"{{{SVG}}}") if isinstance(child.tag, str) else ""
        if name in KEPT:
            _reduce(child)
        else:
            element.remove(child)
    _attributes(element)


def _attributes(element: ElementTree.Element) -> None:
    """Keep safe attributes only: no handlers, no links out of the document, no inline style."""
    style = element.attrib.pop("style", "")
    link = element.attrib.pop(XLINK, "") or element.attrib.pop("href", "")
    for name in [name for name in element.attrib if name.lower().startswith("on")]:
        del element.attrib[name]
    if link.startswith("#"):
        element.set("href", link)
    for part in style.split(";"):
        name, _, value = (text.strip() for text in part.partition(":"))
        if name == "font":
            _font(element, value)
        elif name and "url(" not in value.replace("url(#", "") and name != "font-family":
            element.set(name, value)


def _font(element: ElementTree.Element, value: str) -> None:
    """Set size, weight and slant of CSS's font shorthand; the family is the reader's own."""
    found = FONT.match(value)
    if found:
        element.set("font-size", found["size"])
        for name in ("weight", "style"):
            if found[name]:
                element.set(f"font-{name}", found[name])


def _shorten_ids(root: ElementTree.Element, prefix: str) -> None:
    """Rename the ids that are referred to, so that charts can share a page; drop all others."""
    elements = list(root.iter())
    values = [value for item in elements for value in _references(item).values()]
    used = dict.fromkeys(name for value in values for name in REFERENCE.findall(value))
    names = {old: f"c{prefix}-{number}" for number, old in enumerate(used)}
    for element in elements:
        identifier = element.attrib.pop("id", "")
        if identifier in names:
            element.set("id", names[identifier])
        for name, value in _references(element).items():
            element.set(name, REFERENCE.sub(lambda found: names[found[0]], value))


def _references(element: ElementTree.Element) -> dict[str, str]:
    """Return the attributes of an element that refer to another one."""
    return {
        name: value for name, value in element.attrib.items() if name == "href" or "url(#" in value
    }
