"""The report: whole, safe whatever the database holds, offline, the same bytes each time."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
import report_example as example
from pypdf import PdfReader

from motomind_nb import legacy, report
from motomind_nb.core import tables
from motomind_nb.report import facts, page_tables, portable, try_print_pdf

VERDICTS = {
    "passed": "Passed",
    "failed": "Failed",
    "refused": "Refused",
    "error": "Error",
    "nothing checked": "Nothing checked",
}


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self) -> str:
        return "".join(self.words)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = example.folder(tmp_path_factory.mktemp("run"))
    report.notebook_html(
        path / "notebooks" / "04_mileage.ipynb", path / "notebooks" / "04_mileage.html"
    )
    report.write_report(path)
    return path


@pytest.fixture(scope="module")
def html(folder: Path) -> str:
    return (folder / "report.html").read_text()


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_the_page_tells_everything(page: Page) -> None:
    for text in (
        "Passed",
        "MotoMind migration audit of ",
        "What was migrated",
        "Mileage",
        "What to decide",
        "Accepted differences",
        "ticket 5",
        "Notebooks and files",
        "04 mileage",
        "findings.csv",
        "35 rows",
        "What the plan decides: 1 note, nothing to do",
        "About this run",
        "Fingerprint of the input",
        "18.1",
        "4 of 5",
    ):
        assert text in page.text, text


def test_no_value_becomes_markup(page: Page, html: str) -> None:
    assert [tag for tag, _ in page.tags if tag == "script"] == ["script"]
    assert not page.named("img")
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert "&lt;script&gt;document.title" in html
    assert example.FORMULA in page.text
    assert not re.search(r"href=\"(?!#|[\w./]+\")", html)


def test_right_to_left_text_cannot_turn_the_page_around(html: str) -> None:
    assert f"<bdi>{tables.escape_control_characters(example.RIGHT_TO_LEFT)}</bdi>" in html
    assert "\u202e" not in html, "a mark that turns the text around is written out"


def test_a_megabyte_is_cut_and_the_page_stays_small(html: str) -> None:
    assert "(1,000,000 characters)" in html
    assert len(html.encode()) < 1_000_000


def test_nothing_outside_the_page_is_named(page: Page, html: str) -> None:
    policy = page.named("meta")[1]["content"] or ""
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert policy.count("sha256-") == 2
    assert not page.named("link")
    for _, attributes in page.tags:
        for name in ("src", "href", "action", "data", "poster"):
            assert not re.match(r"(?i)\s*(https?:)?//|javascript:", attributes.get(name) or "")
        assert "style" not in attributes
    assert not re.search(r"url\((?!#)|@import", html)


def test_every_link_leads_to_a_file(page: Page, folder: Path) -> None:
    links = [link["href"] or "" for link in page.named("a")]
    ids = {attributes.get("id") for _, attributes in page.tags}
    for link in links:
        target = link.removeprefix("#") in ids if link[0] == "#" else (folder / link).exists()
        assert target, link


def test_the_page_is_made_for_screen_readers(page: Page) -> None:
    assert page.named("html")[0]["lang"] == "en"
    assert page.named("a")[0] == {"class": "skip", "href": "#content"}
    assert len(page.named("table")) == len(page.named("caption")) == 8
    assert all(head.get("scope") in ("col", "row") for head in page.named("th"))
    assert all(region.get("aria-labelledby") for region in page.named("div") if "role" in region)
    svg = page.named("svg")
    assert len(svg) == 2 and all(one["role"] == "img" and one["aria-label"] for one in svg)
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_findings_come_by_severity_and_a_few_of_each_check(page: Page) -> None:
    text = page.text
    assert text.index("rows are equal") < text.index("reading is disputed")
    assert text.count("kept, marked as disputed") == 30
    assert text.index("What to decide") < text.index("What to know") < text.index("What the plan")
    assert text.index("rows are equal") < text.index("What to know: warnings by cause")


def test_the_way_back_is_a_section_of_its_own(folder: Path, tmp_path: Path) -> None:
    assert "The way back" not in (folder / "report.html").read_text()
    other = shutil.copytree(folder, tmp_path / "run")
    with (other / "findings.csv").open("a") as file:
        file.write(
            "architecture,round trip,fuel_logs,9 rows of 30 columns,9 rows of 30 columns,ok,,\n"
            "architecture,round trip,vehicle_events.updated_at,lives on only in the archived row,"
            "does not come back,note,an event is never updated,\n"
        )
    report.write_report(other)
    section = (other / "report.html").read_text().partition('id="given-back-section"')[2]
    shown = section.partition("</section>")[0]
    assert "9 rows of 30 columns" in shown and "an event is never updated" in shown


def quarantined(many: int) -> pd.DataFrame:
    """Rows in quarantine as a run writes them: many of one rule, one of another."""
    row = '{"miles": 1900.50, "notes": null, "vin": "(hidden)", "tags": ["a"], "ok": true}'
    names = ["source_table", "source_id", "tenant_id", "rule", "reason", "source_row"]
    rows = [("fuel_logs", f"f{place}", "t", "blank", "a reason", row) for place in range(many)]
    return pd.DataFrame([*rows, ("users", "u1", "t", "no_tenant", "why", row)], columns=names)


def test_rows_in_quarantine_stand_on_the_page_with_what_they_hold(
    folder: Path, tmp_path: Path
) -> None:
    assert "quarantined-section" not in (folder / "report.html").read_text()
    other = shutil.copytree(folder, tmp_path / "run")
    tables.write_csv(other / "quarantine.csv", quarantined(5_000))
    written = report.write_report(other)
    section = (
        written.read_text().partition('id="quarantined-section"')[2].partition("</section>")[0]
    )
    assert section.count("<tr>") == 1 + 5 + 1, "five of each rule"
    assert "miles: 1900.50, vin: (hidden), tags: [&#34;a&#34;], ok: true" in section
    assert "notes" not in section and "u1" in section and ">5,000<" in section
    assert "6 of 5,001 shown; all of them are in quarantine.csv." in section


@pytest.mark.parametrize("held", ["no JSON <b>", "[1]", '"text"', ""])
def test_contents_that_are_no_object_are_shown_as_they_are(held: str, tmp_path: Path) -> None:
    path = example.folder(tmp_path)
    tables.write_csv(path / "quarantine.csv", quarantined(1).assign(source_row=held))
    page = Page(report.write_report(path).read_text())
    assert held in page.text and not page.named("b")


def test_the_table_of_checks_counts_what_was_accepted(html: str) -> None:
    section = html.partition('id="checks-section"')[2].partition("</section>")[0]
    heads = re.findall(r'<th scope="col" class="([^"]*)">([^<]*)</th>', section)
    assert [name for _, name in heads] == ["Check", "Ok", "Note", "Warning", "Fail", "Accepted"]
    assert all("number" in shape for shape, _ in heads[1:])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("rebuilt 18940 miles on 2025-09-10", "rebuilt 18,940 miles on 2025-09-10"),
        ("1234567 rows, 999 rows", "1,234,567 rows, 999 rows"),
        ("since 2025, sum 14912813289886819619", "since 2025, sum 14912813289886819619"),
        (
            "id 50000000-0000-4000-8000-000000000141 rows",
            "id 50000000-0000-4000-8000-000000000141 rows",
        ),
        (f"{'9' * 5000} miles", f"{'9' * 5000} miles"[:600] + "\u2026 (5,006 characters)"),
    ],
)
def test_what_a_sentence_counts_has_thousands_separators(text: str, shown: str) -> None:
    frame = pd.DataFrame([("fuel_logs", 1, text)], columns=["object", "loaded", "reason"])
    table = page_tables.ledger_table(frame)
    assert table is not None
    assert table.rows[0][2] == shown


def test_notes_are_folded_and_stand_apart_from_warnings(page: Page, html: str) -> None:
    assert len(page.named("details")) == len(page.named("summary")) == 2
    folded = html.partition("<details>")[2].partition("</details>")[0]
    assert html.count("the feed is new") == folded.count("the feed is new") == 1
    assert "<dt>notes</dt><dd>2</dd>" in html


def test_where_everything_went_stands_folded_on_every_page(html: str) -> None:
    section = html.partition('<section id="old-names-section">')[2].partition("</section>")[0]
    folded = section.partition("<details>")[2].partition("</details>")[0]
    assert folded.count("<tr>") == len(legacy.old_names_table()) + 1
    assert "reminders.<wbr>due_<wbr>miles" in folded and "write due_mileage" in folded


def test_places_and_secrets_stay_out(html: str) -> None:
    assert "secret-place" not in html and "hunter2" not in html
    assert "Cluster" not in html and "(hidden)" in html


def test_the_same_files_give_the_same_bytes(folder: Path) -> None:
    first = (folder / "report.html").read_bytes()
    assert report.write_report(folder).read_bytes() == first
    known = facts.read_facts(folder).verdict
    assert report.write_report(folder, "waiting.html", known).read_bytes() == first
    other = report.write_report(folder, "waiting.html", {**known, "verdict": "error"})
    assert other.read_bytes() != first == (folder / "report.html").read_bytes()
    assert not list(folder.glob("*.part"))


@pytest.mark.parametrize("verdict", sorted(VERDICTS))
def test_every_verdict_has_its_words(verdict: str, tmp_path: Path) -> None:
    extra = (
        {}
        if verdict == "passed"
        else {
            "object": "fuel_logs <b>",
            "expected": "118",
            "found": "117",
            "action": "run it again",
        }
    )
    (tmp_path / "verdict.json").write_text(json.dumps({"verdict": verdict, **extra}))
    page = Page(report.write_report(tmp_path).read_text())
    assert VERDICTS[verdict] in page.text
    assert ("fuel_logs <b>" in page.text) == (verdict != "passed")


def test_an_empty_folder_gives_a_page_that_says_so(tmp_path: Path) -> None:
    page = Page(report.write_report(tmp_path).read_text())
    assert "The run left no verdict." in page.text
    assert [table["id"] for table in page.named("table")] == ["old-names"]


def test_without_saved_charts_ledger_and_mileage_are_drawn(tmp_path: Path) -> None:
    path = example.folder(tmp_path)
    for saved in (path / "charts").glob("*.svg"):
        saved.unlink()
    page = Page(report.write_report(path).read_text())
    titles = [svg["aria-label"] or "" for svg in page.named("svg")]
    assert len(titles) == 2
    assert titles[0].startswith("Each of ") and titles[1].startswith("1 of 5 vehicles")


def test_a_broken_chart_file_is_left_out(tmp_path: Path) -> None:
    path = example.folder(tmp_path)
    (path / "charts" / "03-x-broken.svg").write_text("<svg><script>")
    (path / "charts" / "04-x-hostile.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script></svg>'
    )
    page = Page(report.write_report(path).read_text())
    assert len(page.named("svg")) == 3
    assert len(page.named("script")) == 1


def test_a_fleet_of_ten_thousand_stays_readable(tmp_path: Path) -> None:
    path = example.folder(tmp_path)
    one = example.mileage()
    many = one.loc[one.index.repeat(2000)].assign(vehicle_id=range(10_000))
    tables.write_csv(path / "mileage.csv", many)
    written = report.write_report(path)
    assert "300 of 10,000 shown; all of them are in mileage.csv" in written.read_text()
    assert written.stat().st_size < 5_000_000


def test_half_a_surrogate_pair_does_not_stop_the_report(tmp_path: Path) -> None:
    (tmp_path / "verdict.json").write_text('{"verdict": "failed", "object": "\\ud800"}')
    assert report.write_report(tmp_path).exists()


def test_a_notebook_becomes_a_page_without_code_and_without_the_network(folder: Path) -> None:
    html = (folder / "notebooks" / "04_mileage.html").read_text()
    page = Page(html)
    assert "Does every vehicle still have its mileage?" in page.text
    assert "passed: 410 checks ok" in page.text and page.named("svg") and page.named("table")
    assert "secret_code_cell" not in html
    for _, attributes in page.tags:
        for name in ("src", "href"):
            assert not re.match(r"(?i)\s*(https?:)?//", attributes.get(name) or "")
    assert "cdn" not in html.lower()
    # an output's script stands in the page, but the policy lets only the page's own run
    policy = page.named("meta")[1]["content"] or ""
    assert re.search(r"script-src 'sha256-[\w+/=]+';", policy)
    assert page.named("a")[1]["href"] == "../report.html"


def test_a_notebook_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    source = folder / "notebooks" / "04_mileage.ipynb"
    first = report.notebook_html(source, tmp_path / "a.html").read_bytes()
    assert report.notebook_html(source, tmp_path / "b.html").read_bytes() == first


def squeezed(text: str) -> str:
    """A text without white space, by which lines are broken, and without ligatures."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_the_report_as_pdf(folder: Path, tmp_path: Path) -> None:
    if portable.find_chromium() is None:
        pytest.skip("no Chromium on this machine: the report stays HTML")
    printed = report.try_print_pdf(folder / "report.html", tmp_path / "report.pdf")
    assert printed is not None and printed.read_bytes().startswith(b"%PDF")
    pages = [page.extract_text() for page in PdfReader(printed).pages]
    for number, text in enumerate(pages, 1):
        assert f"{number} of {len(pages)}" in text, text
    whole = squeezed("".join(pages))
    for name in legacy.catalog.objects():
        assert squeezed(name) in whole, name
    # nothing is folded on paper, and a table that goes on begins with its headers again
    assert sum("Archived" in text and "Quarantined" in text for text in pages) > 1
    told = tables.read_csv(folder / "findings.csv")
    for check in set(told["check"]):
        assert squeezed(check) in whole, check


def test_without_chromium_there_is_no_pdf_and_no_error(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert try_print_pdf(folder / "report.html", tmp_path / "report.pdf") is None
