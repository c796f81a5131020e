"""Pages in a real browser: nothing fails to load or overflows, all is accessible, printed pages cut no figure."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import oshopt
from oshopt.assessment import assess
from oshopt.comparison import compare, compared
from oshopt.experts import analyse, answered_surveys
from oshopt.forecast import predict
from oshopt.language import speaking
from oshopt.model import Budget, Comparison, Scenario
from oshopt.reporting import (
    write_assessment,
    write_comparison,
    write_forecast,
    write_frontier,
    write_report,
    write_study,
)
from oshopt.simulation import Effort, simulate_each
from tests.reporting import cases

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
AXE = Path(__file__).resolve().parents[1] / "browser/node_modules/axe-core/axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SHIPPED = Path(__file__).resolve().parents[2] / "scenarios"

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
UNNAMED = """[...document.querySelectorAll('svg, img')].filter(e => !e.closest('[aria-hidden=true]')
  && !(e.closest('[role=img]')?.getAttribute('aria-label'))).length"""
SMALLEST_TEXT = """Math.min(...[...document.querySelectorAll('.canvas svg text')].map(
  t => parseFloat(getComputedStyle(t).fontSize) * Math.hypot(t.getScreenCTM().a, t.getScreenCTM().b)))"""
CLIPPED = """[...document.querySelectorAll('.canvas svg')].flatMap(svg => {
  const box = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(t => {
    const r = t.getBoundingClientRect();
    return r.left < box.left - 2 || r.right > box.right + 2 || r.top < box.top - 2 || r.bottom > box.bottom + 2;
  }).map(t => t.textContent);
})"""
MARK = """[...document.querySelectorAll('figure')].map((figure, at) => {
  for (const [place, word] of [['afterbegin', 'top'], ['beforeend', 'end']]) {
    const mark = document.createElement('div');
    mark.textContent = `figure${at}${word}`;
    mark.style.cssText = 'font: 2px monospace; color: #000; height: 2px; line-height: 2px';
    figure.insertAdjacentElement(place, mark);
  }
}).length"""
"""Writes a word at the top and one at the end of every figure, to be looked for on printed pages."""


@cache
def _argument(name: str) -> tuple[Scenario, Comparison, dict[str, Any]]:
    """Everything that a shipped scenario gives to a report, with little effort."""
    scenario = oshopt.load(SHIPPED / name)
    plan = oshopt.allocate(scenario)
    tables = compared(scenario, optimum=plan)
    study = simulate_each(scenario, tables, effort=Effort(replications=12, seed=1), every_pair=True)
    comparison = compare(scenario, optimum=plan, study=study, standings=True)
    surveys = [analyse(scenario, survey) for survey in answered_surveys(scenario)]
    found: dict[str, Any] = {"frontier": oshopt.frontier(scenario, points=4), "surveys": surveys}
    if scenario.history:
        found["outlook"] = predict(scenario)
    if scenario.scorecard:
        found["assessment"] = assess(scenario, dict(comparison.strategies), comparison.nothing)
    return scenario, comparison, found


def _report(name: str, path: Path) -> None:
    scenario, comparison, found = _argument(name)
    write_report(scenario, comparison, path, command="oshopt report scenario --out out", **found)


def _frontier(path: Path) -> None:
    scenario, _, found = _argument("conditional-enterprise")
    write_frontier(scenario, found["frontier"], path, command="oshopt frontier x")


def _simulation(path: Path) -> None:
    scenario, comparison, _ = _argument("conditional-enterprise")
    assert comparison.study is not None
    write_study(scenario, comparison.study, path, command="oshopt simulate x")


def _comparison(path: Path) -> None:
    scenario, comparison, _ = _argument("food-plant")
    write_comparison(scenario, comparison, path, command="oshopt compare x")


def _forecast(path: Path) -> None:
    scenario, _, found = _argument("food-plant")
    write_forecast(scenario, found["outlook"], path, command="oshopt forecast x")


def _assessment(path: Path) -> None:
    scenario, _, found = _argument("food-plant")
    write_assessment([found["assessment"]], path, scenario=scenario, command="oshopt assess x")


PAGES: dict[str, dict[str, Callable[[Path], None]]] = {
    "conditional-enterprise": {
        "report": lambda path: _report("conditional-enterprise", path),
        "frontier": _frontier,
        "simulation": _simulation,
    },
    "food-plant": {
        "report": lambda path: _report("food-plant", path),
        "comparison": _comparison,
        "forecast": _forecast,
        "assessment": _assessment,
    },
}
"""Pages by the scenario that they are of. A report has every figure of the other pages; in Ukrainian the larger one is
only held against the widths, as its structure is the same."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip(f"there is no browser at {CHROMIUM}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        opened = tool.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield opened
        opened.close()


@contextmanager
def _opened(browser: Browser, path: Path) -> Iterator[Page]:
    """Open a page; whatever it loads, logs or fails at is an error."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    page.on("request", lambda request: None if request.url == path.as_uri() else complaints.append(request.url))
    page.goto(path.as_uri(), wait_until="networkidle")
    yield page
    assert complaints == [], path.name
    page.close()


def _require_fit(page: Page, name: str) -> None:
    """Nothing overflows or is cut off at any width, folded or not; every figure is named; its text can be read."""
    assert page.evaluate(UNNAMED) == 0, name
    for width in (1440, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(OVERFLOW) <= 0, (name, width)
    page.evaluate(OPEN)
    for width, least in ((390, 6.4), (1440, 8)):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(OVERFLOW) <= 0, (name, width)
        assert page.evaluate(CLIPPED) == [], (name, width)
        assert page.evaluate(SMALLEST_TEXT) >= least, (name, width)


def _require_whole_figures(page: Page, printed: Path) -> None:
    """No figure stands on two printed pages, and every page has its number."""
    figures = page.locator("figure").count()
    assert page.evaluate(MARK) == figures
    sheets = _printed(page, printed)
    where = {word: at for at, sheet in enumerate(sheets) for word in re.findall(r"figure\d+(?:top|end)", sheet)}
    assert len(where) == 2 * figures, printed
    assert [at for at in range(figures) if where[f"figure{at}top"] != where[f"figure{at}end"]] == [], printed
    for at, sheet in enumerate(sheets, start=1):
        assert re.search(rf"\b{at} / {len(sheets)}\b", sheet), f"{printed}: page {at} has no number"


def _printed(page: Page, path: Path) -> list[str]:
    """Print a page and return the text of each sheet."""
    if shutil.which("pdftotext") is None and not os.environ.get("CI"):
        pytest.skip("pdftotext is missing: install poppler-utils")
    page.pdf(path=path, prefer_css_page_size=True)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


def _complaints(page: Page) -> list[tuple[str, list[str]]]:
    """What axe-core finds wrong with a page, folded parts opened; figures are named images to it."""
    if not AXE.exists() and not os.environ.get("CI"):
        pytest.skip("axe-core is not installed: make test does it where npm is there")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.evaluate(AXE.read_text(encoding="utf-8"))
    asked = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = page.evaluate("asked => axe.run({exclude: [['.canvas svg']]}, asked)", asked)
    assert found["passes"]
    return [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found["violations"]]


@pytest.mark.parametrize("code", ["en", "uk"])
@pytest.mark.parametrize("scenario", PAGES)
def test_pages_fit_are_accessible_and_print(browser: Browser, scenario: str, code: str, tmp_path: Path) -> None:
    for name, write in PAGES[scenario].items():
        path = tmp_path / f"{name}.html"
        with speaking(code):
            write(path)
        with _opened(browser, path) as page:
            _require_fit(page, name)
            if code == "en" or scenario == "conditional-enterprise":
                assert _complaints(page) == [], name
            if name == "report" and (code == "en" or scenario == "conditional-enterprise"):
                _require_whole_figures(page, path.with_suffix(".pdf"))


def test_hostile_scenario_stays_readable(browser: Browser, tmp_path: Path) -> None:
    scenario, comparison = cases.hostile()
    path = tmp_path / "report.html"
    write_report(scenario, comparison, path, command="oshopt report '<script>' --out out")
    assert path.stat().st_size < 4_000_000
    page = cases.Page(path.read_text(encoding="utf-8"))
    assert not {tag for tag, _ in page.elements} & {"script", "img", "b"}
    assert sum("захід" in name or name in page.text for name in cases.HOSTILE[:2]) == 2
    with _opened(browser, path) as shown:
        assert shown.evaluate("document.querySelectorAll('script, img, b').length") == 0
        _require_fit(shown, "hostile")
        _require_whole_figures(shown, tmp_path / "page.pdf")


def test_long_tables_print_in_full_with_their_heads(browser: Browser, tmp_path: Path) -> None:
    scenario = cases.many_measures(120, [f"Measure {i:03d}" for i in range(120)], budget=Budget(total=1e5))
    write_report(scenario, cases.planned(scenario), tmp_path / "report.html")
    with _opened(browser, tmp_path / "report.html") as page:
        folded = page.get_by_text("Measure 077").first
        assert not folded.is_visible()
        sheets = _printed(page, tmp_path / "page.pdf")
    assert any("Measure 077" in sheet for sheet in sheets)
    annexed = [sheet for sheet in sheets if sheet.startswith("Agreement annex")]
    assert len(annexed) > 2
    assert all("deadline" in sheet for sheet in annexed[:-1])
    assert "For the employer" in annexed[-1]
