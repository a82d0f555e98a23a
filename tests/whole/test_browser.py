"""The report in a real browser with the network off: seen, sorted, searched, walked by keyboard.

Screenshots stay in pytest's temporary folder (or in MOTOMIND_SCREENSHOTS), to be looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
import report_example as example
from axe_playwright_python.sync_playwright import Axe
from browser import Seen, offline_browser, watched
from PIL import Image
from playwright.sync_api import Browser, Page

from motomind_nb import charts, report
from motomind_nb.report import portable

Scheme = Literal["light", "dark"]
LOOKS: dict[str, tuple[int, Scheme]] = {
    "light": (1280, "light"),
    "dark": (1280, "dark"),
    "laptop": (1024, "light"),
    "phone": (390, "light"),
    "phone-dark": (360, "dark"),
}


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


def chromium() -> str:
    binary = portable.find_chromium()
    if binary is None:
        pytest.skip("no Chromium on this machine: the pages were not looked at")
    return binary


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with offline_browser(chromium()) as opened:
        yield opened


@pytest.fixture
def seen(browser: Browser) -> Iterator[Seen]:
    context = browser.new_context(offline=True)
    yield watched(context.new_page())
    context.close()


@pytest.fixture
def page(seen: Seen, run: Path) -> Page:
    look(seen.page, 1280, "light")
    return seen.open(run / "report.html")


def look(page: Page, width: int, scheme: Scheme) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.1 A and AA, and its advice on structure."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def cells(page: Page, place: int) -> list[str]:
    return page.locator(
        f"#ledger tbody tr td:nth-child({place + 1}), #ledger tbody tr th:nth-child({place + 1})"
    ).all_text_contents()


def test_the_page_opens_without_complaint_and_asks_nobody_for_anything(
    page: Page, seen: Seen
) -> None:
    assert seen.complaints == []
    assert [url for url in seen.requests if not url.startswith("file:")] == []
    assert page.title() == "MotoMind migration audit: passed"


@pytest.mark.campaign(every=3)
@pytest.mark.parametrize("name", sorted(LOOKS))
def test_every_look_has_charts_with_pixels_and_nothing_that_axe_complains_of(
    page: Page, pictures: Path, name: str
) -> None:
    width, scheme = LOOKS[name]
    look(page, width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    boxes = page.evaluate(
        "Array.from(document.querySelectorAll('figure')).map((figure) => {"
        " const box = figure.getBoundingClientRect();"
        " return [box.left, box.top + scrollY, box.right, box.bottom + scrollY]; })"
    )
    picture = pictures / f"report-{name}.png"
    page.screenshot(path=picture, full_page=True)
    image = Image.open(picture).convert("RGB")
    assert len(boxes) == 2
    for box in boxes:
        part = image.crop(tuple(round(side) for side in box))
        colours = part.getcolors(maxcolors=1_000_000) or []
        most, paper = max(colours)
        assert most < 0.97 * part.width * part.height, "an empty chart"
        assert (sum(paper) < 200) == (scheme == "dark")


@pytest.mark.parametrize("width", [768, 1024, 1280, 1900])
def test_what_it_means_is_the_widest_part_of_a_finding(page: Page, width: int) -> None:
    look(page, width, "light")
    for name in ("findings", "warnings"):
        box = page.locator(f".{name}-box")
        assert box.evaluate("(box) => box.scrollWidth <= box.clientWidth"), "nothing is cut off"
        parts = page.locator(f"#{name} thead th").evaluate_all(
            "(heads) => heads.map((head) => head.getBoundingClientRect().width)"
        )
        assert max(parts[3:]) >= 0.24 * sum(parts)
        assert min(parts) >= 40
    assert (
        page.locator("#ledger thead th").last.evaluate("(head) => head.clientWidth") >= 0.1 * width
    )


def test_on_a_phone_each_row_is_a_block_that_needs_no_sideways_scrolling(page: Page) -> None:
    look(page, 360, "light")
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    wider = "(boxes) => boxes.filter((one) => one.scrollWidth > one.clientWidth).length"
    assert page.locator(".scroll").evaluate_all(wider) == 0
    row = page.locator("#findings tbody tr").first
    cells = row.locator("td, th").evaluate_all(
        "(cells) => cells.map((cell) => { const box = cell.getBoundingClientRect();"
        " return [box.left, box.right, box.top]; })"
    )
    assert all(left >= 0 and right <= 360 for left, right, _ in cells)
    assert [top for _, _, top in cells] == sorted({top for _, _, top in cells})
    words = page.locator("#findings td[data-heading='Found']").first
    assert words.evaluate("(cell) => getComputedStyle(cell, '::before').content") == '"Found: "'


def test_on_a_phone_what_is_not_to_decide_is_folded_until_it_is_asked_for(page: Page) -> None:
    look(page, 390, "light")
    height = page.evaluate("document.documentElement.scrollHeight")
    assert page.locator("#findings tbody tr").first.is_visible()
    assert page.get_by_role("heading", name="What was migrated").is_visible()
    for name in ("warnings", "ledger", "checks"):
        assert not page.locator(f"#{name} tbody tr").first.is_visible(), name
    page.locator("nav a[href='#ledger-section']").click()
    assert page.locator("#ledger tbody tr").first.is_visible()
    look(page, 1280, "light")
    assert page.locator("#checks tbody tr").first.is_visible()
    page.evaluate("document.querySelectorAll('details.folded').forEach((one) => one.open = true)")
    page.set_viewport_size({"width": 390, "height": 900})
    page.evaluate("document.querySelectorAll('details.folded').forEach((one) => one.open = true)")
    assert height < 0.6 * page.evaluate("document.documentElement.scrollHeight")


def test_tables_sort_by_number_and_text_and_say_so(page: Page) -> None:
    before = cells(page, 0)
    button = page.locator("#ledger thead button").nth(4)
    header = page.locator("#ledger thead th").nth(4)
    button.click()
    filled = [int(text.replace(",", "")) for text in cells(page, 4) if text]
    assert filled == sorted(filled)
    assert header.get_attribute("aria-sort") == "ascending"
    assert cells(page, 4)[-1] == "", "empty cells stand last"
    button.click()
    filled = [int(text.replace(",", "")) for text in cells(page, 4) if text]
    assert filled == sorted(filled, reverse=True)
    assert header.get_attribute("aria-sort") == "descending"
    assert cells(page, 4)[-1] == ""
    button.click()
    assert cells(page, 0) == before
    assert header.get_attribute("aria-sort") is None
    page.locator("#ledger thead button").first.click()
    assert cells(page, 0) == sorted(before)


def test_a_search_narrows_the_table_and_tells_how_many_rows_are_left(page: Page) -> None:
    shown = page.locator("#ledger tbody tr:not([hidden])")
    assert shown.count() == 35
    page.locator("#ledger-search").press_sequentially("folded fuel")
    assert shown.count() == 1
    section = page.locator("section", has=page.locator("#ledger"))
    assert section.locator("output").text_content() == "1 of 35 rows"


def test_the_keyboard_reaches_everything_and_is_seen(page: Page) -> None:
    page.keyboard.press("Tab")
    focus = "getComputedStyle(document.activeElement)"
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate(f"{focus}.left") == "0px"
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.tagName")
        if name == "BODY":
            break
        reached.add(name)
        assert page.evaluate(f"{focus}.outlineStyle") != "none", name
    assert {"A", "INPUT", "BUTTON", "DIV"} <= reached


def test_a_header_is_pressed_by_keyboard(page: Page) -> None:
    page.locator("#ledger thead button").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#ledger thead th").first.get_attribute("aria-sort") == "ascending"


def test_values_of_the_database_stay_text(page: Page) -> None:
    assert page.locator("img, script").count() == 1
    assert "onerror=alert(1)" in (page.locator("body").text_content() or "")


def test_a_notebook_page_shows_its_charts_and_runs_no_foreign_script(
    seen: Seen, run: Path, pictures: Path
) -> None:
    look(seen.page, 1280, "light")
    page = seen.open(run / "notebooks" / "04_mileage.html")
    assert len(seen.complaints) == 1, "the planted script only"
    assert "inline script" in seen.complaints[0]
    assert page.title() == "04 mileage"
    box = page.locator("svg").first.bounding_box()
    assert box is not None
    assert box["width"] > 300
    assert [url for url in seen.requests if not url.startswith(("file:", "data:"))] == []
    page.screenshot(path=pictures / "notebook.png", full_page=True)


def test_the_page_prints_in_ink_on_paper_with_repeated_headers(page: Page, pictures: Path) -> None:
    look(page, 1280, "dark")
    page.emulate_media(media="print", color_scheme="dark")
    style = "getComputedStyle(document.querySelector('{}')).{}"
    assert page.evaluate(style.format("body", "backgroundColor")) == "rgb(255, 255, 255)"
    assert page.evaluate(style.format("nav", "display")) == "none"
    assert page.evaluate(style.format("#ledger thead", "display")) == "table-header-group"
    assert violations(page) == []
    page.screenshot(path=pictures / "print.png", full_page=True)


def test_without_script_the_tables_are_plain_and_whole(browser: Browser, run: Path) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = watched(context.new_page()).open(run / "report.html")
    assert page.locator("#ledger tbody tr").count() == 35
    assert page.locator(".tools").count() == 0
    context.close()


def test_on_a_phone_the_ledger_chart_shows_what_is_quarantined_and_missing(
    seen: Seen, tmp_path: Path
) -> None:
    path = example.folder(tmp_path)
    (path / "charts" / next((path / "charts").glob("*01-*")).name).unlink()
    ledger = example.ledger().assign(missing=0)
    (place, *_) = ledger.index[ledger["loaded"].fillna(0) > 100]
    ledger.loc[place, ["loaded", "quarantined", "missing"]] = [ledger["loaded"][place] - 2, 1, 1]
    charts.ledger_bars(ledger, "Two rows are not there").save(path, 1)
    look(seen.page, 390, "light")
    figure = seen.open(report.write_report(path)).locator("figure").first
    for word in ("missing", "quarantined"):
        box = figure.get_by_text(word, exact=True).bounding_box()
        assert box is not None and box["x"] > 0 and box["x"] + box["width"] < 390
    figure.screenshot(path=tmp_path / "ledger.png")
    with Image.open(tmp_path / "ledger.png") as picture:
        above = picture.convert("RGB").crop((0, 0, picture.width, picture.height - 60))
    red = sum(r > 150 and g < 90 and b < 90 for r, g, b in above.getdata())
    orange = sum(r > 160 and 90 < g < 150 and b < 80 for r, g, b in above.getdata())
    assert red > 5 and orange > 5, "the marks stand at the left of the bar, above the legend"
