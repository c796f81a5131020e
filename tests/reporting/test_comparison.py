"""The comparison's page: every cost on it follows from its own year table, and it is safe, whole and the same again."""

from __future__ import annotations

import html
import math
import re
from pathlib import Path
from typing import Any

import pytest

import oshopt
from oshopt.comparison import compare, compared
from oshopt.language import speaking
from oshopt.model import Comparison, Scenario, StrategyEntry
from oshopt.reporting import (
    cash_flow_table,
    comparison_pictures,
    comparison_sentences,
    comparison_tables_of,
    money_figures,
    money_notes,
    money_sentences,
    remaining_losses,
    write_comparison,
)
from oshopt.simulation import Effort, simulate_each
from tests.making import reference
from tests.reporting.cases import Page, many_measures
from tests.test_comparison import plant

TABLE = re.compile(
    r"<h3>(?:<bdi>)?([^<]*)(?:</bdi>)?</h3>[^\n]*\n\s*<div class=\"scroll\".*?<table.*?>(.*?)</table>", re.S
)
"""Title and rows of a table of a page, folded or not."""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return plant(discount_rate=0.04)


@pytest.fixture(scope="module")
def comparison(scenario: Scenario) -> Comparison:
    plan = oshopt.allocate(scenario, marginals=False)
    tables = compared(scenario, optimum=plan)
    study = simulate_each(scenario, tables, effort=Effort(replications=25), every_pair=True)
    return compare(scenario, optimum=plan, study=study, standings=True)


@pytest.fixture(scope="module")
def page(scenario: Scenario, comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "comparison.html"
    write_comparison(scenario, comparison, path, command="oshopt compare plant --out DIR")
    return path.read_text(encoding="utf-8")


def tables_of(page: str) -> dict[str, list[list[str]]]:
    """Rows of every table of a page by its title, the header first."""
    found = {}
    for title, body in TABLE.findall(page):
        rows = re.findall(r"<tr.*?>(.*?)</tr>", body, re.S)
        cells = [re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.S) for row in rows]
        found[html.unescape(title)] = [
            [html.unescape(re.sub(r"<.*?>", "", cell)).strip() for cell in row] for row in cells
        ]
    return found


def _plain(cell: str) -> str:
    return html.unescape(re.sub(r"<.*?>", "", cell)).strip()


def figure(text: str) -> float:
    """A number as the page writes it, without its range."""
    plain = re.sub(r" \(.*", "", text).replace("\u202f", "").replace("−", "-").replace("∞", "inf").replace("+", "")
    return math.nan if plain in ("–", "never") else float(plain)


def test_every_cost_follows_from_the_pages_own_year_tables(page: str, comparison: Comparison) -> None:
    tables = tables_of(page)
    (worth,) = (rows for title, rows in tables.items() if title.startswith("What the money comes to"))
    (beside,) = (rows for title, rows in tables.items() if title.startswith("What each alternative costs"))
    names = worth[0][1:]
    for column, name in enumerate(names, start=1):
        title = next(title for title in tables if title.startswith(f"Cash flow of “{name}”"))
        head, *rows = tables[title]
        at = {word: head.index(word) for word in head}
        years = [[figure(cell) for cell in row] for row in rows]
        horizon = years[:3]

        def total(rows_: list[list[float]], *columns: str, by: str, at: dict[str, int] = at) -> float:
            return sum(sum(row[at[name]] for name in columns) * row[at[by]] for row in rows_)

        spent, every = ("new shares", "upkeep"), ("new shares", "upkeep", "renewal")
        derived = {
            "cost over 2026–2028": total(horizon, *spent, by="years"),
            "the same, discounted": total(horizon, *spent, by="discount factor"),
            "cost in all, renewal counted": total(years, *every, by="years"),
            "the same, discounted, renewal counted": total(years, *every, by="discount factor"),
            "net present value": total(horizon, "net", by="discount factor"),
            "net present value, renewal counted": total(years, "net", by="discount factor"),
        }
        derived["losses avoided, discounted"] = total(
            horizon, "losses if nothing is done", by="discount factor"
        ) - total(horizon, "losses", by="discount factor")
        derived["spent beyond doing nothing, discounted"] = derived["the same, discounted"] - total(
            horizon, "cost if nothing is done", by="discount factor"
        )
        cells = {row[0]: row[column] for row in worth[1:]}
        for what, value in derived.items():
            assert figure(cells[what]) == pytest.approx(value, rel=1e-3, abs=30), (name, what)
        ratio = derived["losses avoided, discounted"] / (derived["spent beyond doing nothing, discounted"] or math.nan)
        if not math.isnan(figure(cells["benefit–cost ratio"])):
            assert figure(cells["benefit–cost ratio"]) == pytest.approx(ratio, rel=2e-3)
        remaining = figure(cells["sales needed to pay for what remains"]) * 0.05
        assert remaining <= total(horizon, "losses", by="years") * 1.001
        shown = {row[0]: row[column] for row in beside[1:]}
        assert figure(shown["cost over 2026–2028, EUR"]) == pytest.approx(derived["cost over 2026–2028"], abs=2)
    assert names == ["do nothing", "last year's plan", "swap", "thrifty", "wide", "optimum"]
    assert len(comparison.order) == len(names)


def test_money_tables_stand_alone(scenario: Scenario, comparison: Comparison) -> None:
    flow = cash_flow_table(scenario, comparison, "wide")
    assert flow.rows[0][0] == "2026"
    assert flow.rows[-1][1] != "1"
    figures = money_figures(scenario, comparison)
    assert figures.columns[-1].emphasis
    losses = {row[0]: row[1:] for row in remaining_losses(scenario, comparison).rows}
    assert {"cases of disease", "indirect money", "fines", "stoppages", "other losses", "all losses"} <= set(losses)
    assert len(money_sentences(scenario, comparison)) == len(comparison.order)
    assert "Indirect money: 1.2 for each unit" in " ".join(money_notes(scenario))
    bare = reference()
    assert money_sentences(bare, compare(bare)) == []
    assert "have no price" in " ".join(money_notes(bare))


def test_words_claim_no_more_than_was_found(scenario: Scenario, comparison: Comparison) -> None:
    told = comparison_sentences(scenario, comparison)
    assert not any("dominates" in text for text in told)
    shares = [v for v in comparison.verdicts if v.first != "do-nothing"]
    assert sum("in the same replications" in text for text in told) == len(shares)
    verdict = comparison.verdicts[-1].model_copy(update={"dominates": True})
    told = comparison_sentences(scenario, comparison.model_copy(update={"verdicts": (verdict,)}))
    assert told[0].startswith("“optimum” dominates “wide”")


def test_page_is_whole_and_loads_nothing(page: str) -> None:
    read = Page(page)
    assert not re.search(r"(href|src)=\"(?!#|data:)", page)
    assert "oshopt compare plant --out DIR" in read.text
    assert "never a guarantee" in read.text
    for figure_ in re.findall(r'role="img" aria-label="(.*?)"', page):
        assert len(figure_) > 40
    for title in ("Side by side", "What happens to people", "Differences, pair by pair", "What the money comes to"):
        assert title in read.text


def test_equal_comparisons_give_equal_pages(
    scenario: Scenario, comparison: Comparison, page: str, tmp_path: Path
) -> None:
    write_comparison(scenario, comparison, tmp_path / "again.html", command="oshopt compare plant --out DIR")
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == page
    assert comparison_pictures(scenario, comparison) == comparison_pictures(scenario, comparison)


def test_lines_and_bars_are_told_apart_without_colour(scenario: Scenario, comparison: Comparison) -> None:
    figures = comparison_pictures(scenario, comparison)
    assert {"forest-cases", "forest-burden", "cash-flow"} <= set(figures)
    assert figures["cash-flow"].svg.count("stroke-dasharray") >= 3


def test_ukrainian_page_has_no_english_left(scenario: Scenario, comparison: Comparison) -> None:
    with speaking("uk"):
        tables = comparison_tables_of(scenario, comparison)
        texts = [*comparison_sentences(scenario, comparison), *(table.title for table in tables)]
        texts += [column.title for table in tables for column in table.columns]
        texts += [row[0] for table in tables for row in table.rows]
    names = {*scenario.strategy_tables, "EUR", "NPV", "dR", "g", "thrifty", "wide", "swap"}
    for text in texts:
        left = set(re.findall(r"[A-Za-z][A-Za-z\-]{2,}", text)) - names
        assert not left, text


def hostile() -> Scenario:
    base = many_measures(30, ["<script>alert(1)</script>", '=HYPERLINK("http://x")', "\u202eעברית", "Ж" * 300])
    rows = [
        StrategyEntry(strategy=f"стратегія-{'д' * 40}-{i}", measure=name, spend=1.0)
        for i in range(9)
        for name in base.measures
    ]
    return base.update(strategies=tuple(rows))


def test_hostile_names_and_many_strategies_stay_readable(tmp_path: Path) -> None:
    scenario = hostile()
    plan = oshopt.allocate(scenario, marginals=False)
    found: Any = compare(scenario, optimum=plan)
    write_comparison(scenario, found, tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script>" not in text
    assert Page(text).text.count("стратегія-") > 9
