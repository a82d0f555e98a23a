"""The report in a real browser with the network off: seen, sorted, searched, walked by keyboard.

Screenshots stay in pytest's temporary folder (or in MOTOMIND_SCREENSHOTS), to be looked at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import report_example as example
from browser import Tab, tab
from PIL import Image

from motomind_nb import report
from motomind_nb.report import portable

LOOKS = {
    "light": (1280, {"prefers_color_scheme": "light"}),
    "dark": (1280, {"prefers_color_scheme": "dark"}),
    "phone": (390, {"prefers_color_scheme": "light"}),
    "phone-dark": (390, {"prefers_color_scheme": "dark"}),
}
# what WCAG 2 calls contrast, of every visible text against what is painted behind it
CONTRAST = """
(() => {
  const numbers = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = numbers(getComputedStyle(one).backgroundColor);
      if (color.length && (color.length < 4 || color[3] > 0)) return color;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = Array.from(element.childNodes).some(
      (node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || ["SCRIPT", "STYLE", "title", "desc"].includes(element.tagName)) continue;
    const style = getComputedStyle(element);
    const svg = element instanceof SVGElement;
    const [a, b] = [light(numbers(svg ? style.fill : style.color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push([element.tagName, element.textContent.slice(0, 40), ratio]);
  }
  return poor;
})()
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = example.folder(tmp_path_factory.mktemp("run"))
    for name in path.glob("notebooks/*.ipynb"):
        report.notebook_html(name, name.with_suffix(".html"))
    report.write_report(path)
    return path


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(os.environ.get("MOTOMIND_SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    binary = portable.find_chromium()
    if binary is None:
        pytest.skip("no Chromium on this machine: the pages were not looked at")
    profile = tmp_path_factory.mktemp("profile")
    with tab(binary, profile) as opened:
        yield opened
    shutil.rmtree(profile, ignore_errors=True)


@pytest.fixture
def page(browser: Tab, run: Path) -> Tab:
    browser.view(1280, 900, prefers_color_scheme="light")
    browser.open(run / "report.html")
    return browser


def test_the_page_opens_without_complaint_and_asks_nobody_for_anything(page: Tab) -> None:
    assert page.complaints() == []
    assert [url for url in page.requests() if not url.startswith("file:")] == []
    assert page.value("document.title") == "MotoMind migration audit: passed"


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_every_look_has_charts_with_pixels_and_contrast(
    page: Tab, pictures: Path, look: str
) -> None:
    width, features = LOOKS[look]
    page.view(width, 900, **features)
    assert page.value("document.documentElement.scrollWidth") <= width
    assert page.value(CONTRAST) == []
    boxes = page.value(
        "Array.from(document.querySelectorAll('figure')).map((figure) => {"
        " const box = figure.getBoundingClientRect();"
        " return [box.left, box.top + scrollY, box.right, box.bottom + scrollY]; })"
    )
    image = Image.open(page.screenshot(pictures / f"report-{look}.png")).convert("RGB")
    assert len(boxes) == 2
    for box in boxes:
        part = image.crop(tuple(round(side) for side in box))
        colours = part.getcolors(maxcolors=1_000_000) or []
        most, paper = max(colours)
        assert most < 0.97 * part.width * part.height, "an empty chart"
        assert (sum(paper) < 200) == ("dark" in look)


def test_tables_sort_by_number_and_text_and_say_so(page: Tab) -> None:
    def column(place: int) -> list[str]:
        found = page.value(
            "Array.from(document.querySelectorAll('#ledger tbody tr'))"
            f".map((row) => row.cells[{place}].textContent)"
        )
        return [str(text) for text in found]

    before = column(0)
    button = "document.querySelectorAll('#ledger thead button')[{}].click()"
    state = "document.querySelectorAll('#ledger thead th')[{}].getAttribute('aria-sort')"
    page.value(button.format(4))
    filled = [int(text.replace(",", "")) for text in column(4) if text]
    assert filled == sorted(filled) and page.value(state.format(4)) == "ascending"
    assert column(4)[-1] == "", "empty cells stand last"
    page.value(button.format(4))
    filled = [int(text.replace(",", "")) for text in column(4) if text]
    assert filled == sorted(filled, reverse=True) and page.value(state.format(4)) == "descending"
    assert column(4)[-1] == ""
    page.value(button.format(4))
    assert column(0) == before and page.value(state.format(4)) is None
    page.value(button.format(0))
    assert column(0) == sorted(before)


def test_a_search_narrows_the_table_and_tells_how_many_rows_are_left(page: Tab) -> None:
    shown = (
        "Array.from(document.querySelectorAll('#ledger tbody tr')).filter((r) => !r.hidden).length"
    )
    assert page.value(shown) == 35
    page.value("document.getElementById('ledger-search').focus()")
    for letter in "folded":
        page.press(letter)
        page.send("Input.insertText", text=letter)
    assert page.value("document.getElementById('ledger-search').value")
    page.value(
        "(() => { const box = document.getElementById('ledger-search'); box.value = 'folded fuel';"
        " box.dispatchEvent(new Event('input')); })()"
    )
    assert page.value(shown) == 1
    assert (
        page.value(
            "document.querySelector('#ledger').closest('section')"
            ".querySelector('output').textContent"
        )
        == "1 of 35 rows"
    )


def test_the_keyboard_reaches_everything_and_is_seen(page: Tab) -> None:
    page.value("document.activeElement.blur()")
    page.press("Tab")
    assert page.value("document.activeElement.className") == "skip"
    assert page.value("getComputedStyle(document.activeElement).left") == "0px"
    seen = set()
    for _ in range(200):
        page.press("Tab")
        outline = page.value("getComputedStyle(document.activeElement).outlineStyle")
        name = page.value("document.activeElement.tagName")
        if name == "BODY":
            break
        seen.add(name)
        assert outline != "none", name
    assert {"A", "INPUT", "BUTTON", "DIV"} <= seen


def test_a_header_is_pressed_by_keyboard(page: Tab) -> None:
    page.value("document.querySelectorAll('#ledger thead button')[0].focus()")
    page.press("Enter")
    assert page.value("document.querySelector('#ledger thead th').ariaSort") == "ascending"


def test_values_of_the_database_stay_text(page: Tab) -> None:
    assert page.value("document.querySelectorAll('img, script').length") == 1
    assert page.value("document.body.textContent.includes('onerror=alert(1)')") is True


def test_without_script_the_tables_are_plain_and_whole(page: Tab) -> None:
    page.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page.send("Page.reload")
        page.wait("document.readyState === 'complete' && !document.querySelector('.tools')")
        assert page.value("document.querySelectorAll('#ledger tbody tr').length") == 35
    finally:
        page.send("Emulation.setScriptExecutionDisabled", value=False)


def test_a_notebook_page_shows_its_charts_and_runs_no_foreign_script(
    browser: Tab, run: Path, pictures: Path
) -> None:
    browser.view(1280, 900, prefers_color_scheme="light")
    browser.open(run / "notebooks" / "04_mileage.html")
    complaints = browser.complaints()
    assert len(complaints) == 1 and "inline script" in complaints[0], "the planted script only"
    assert browser.value("document.title") == "04 mileage"
    assert browser.value("document.querySelector('svg').getBoundingClientRect().width") > 300
    assert [url for url in browser.requests() if not url.startswith(("file:", "data:"))] == []
    browser.screenshot(pictures / "notebook.png")


def test_the_page_prints_in_ink_on_paper(page: Tab, pictures: Path) -> None:
    page.view(1280, 900, prefers_color_scheme="dark")
    page.send(
        "Emulation.setEmulatedMedia",
        media="print",
        features=[{"name": "prefers-color-scheme", "value": "dark"}],
    )
    assert page.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.value("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert page.value(CONTRAST) == []
    page.screenshot(pictures / "print.png")
    page.send("Emulation.setEmulatedMedia", media="")
