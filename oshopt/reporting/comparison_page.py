"""The page of a comparison: one HTML file that loads nothing, what a consultant takes to the meeting."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from oshopt.language import say
from oshopt.model import Category, Comparison, Control, Scenario
from oshopt.reporting import comparison_figures, comparison_tables, money_tables
from oshopt.reporting.alternatives import strategy_label
from oshopt.reporting.answer import headline, sentences
from oshopt.reporting.comparison_words import about_prices, difference_sentences, dominance_sentences
from oshopt.reporting.figures import Picture, money_unit
from oshopt.reporting.html import from_template, versions_of, write_whole
from oshopt.reporting.levels import NOT_STATED, categories, category_label, control_levels, level_label
from oshopt.reporting.money_tables import is_priced
from oshopt.reporting.numbers import listed, money, percent, signed
from oshopt.reporting.sentences import GUARANTEE, period
from oshopt.reporting.tables import Table, flags, groups, money_by_category, money_by_control
from oshopt.reporting.uncertainty import alternative_bands


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page."""

    id: str
    title: str
    sentences: list[str]
    pictures: list[Picture]
    tables: list[Table]


def write_comparison(scenario: Scenario, comparison: Comparison, path: Path, *, command: str = "") -> None:
    """Write a comparison as one self-contained HTML page, whole or not at all.

    `command` is the command line that makes the page again. Raises `OSError` where the file cannot be written.
    """
    study = comparison.study
    made = versions_of("numpy", "pulp", "matplotlib", plan=comparison.optimum)
    if study is not None:
        named = dict(made)
        made += [pair for pair in study.outcomes[0].versions.items() if pair[0] not in named and pair[0] != "python"]
        made.append((say("replications"), str(study.outcomes[0].replications)))
        made.append((say("seed"), str(study.outcomes[0].seed)))
    context = {
        "scenario": scenario,
        "settings": scenario.settings,
        "title": scenario.settings.report.title or scenario.name,
        "headline": headline(scenario, comparison),
        "sentences": [
            *sentences(scenario, comparison),
            *dominance_sentences(comparison),
            *money_tables.money_sentences(scenario, comparison),
        ],
        "guarantee": say(GUARANTEE),
        "flags": flags(comparison),
        "sections": [section for section in _sections(scenario, comparison) if section.tables or section.pictures],
        "versions": made,
        "command": command,
    }
    write_whole(from_template("comparison.html", context), path)


def comparison_pictures(scenario: Scenario, comparison: Comparison) -> dict[str, Picture]:
    """Return the figures of a comparison by name."""
    every = (_people_pictures, _pair_pictures, _money_pictures, worth_pictures)
    return {name: picture for make in every for name, picture in make(scenario, comparison).items()}


def every_comparison_table(scenario: Scenario, comparison: Comparison) -> list[Table]:
    """Return every table of the page."""
    found = [
        *comparison_tables_of(scenario, comparison),
        comparison_tables.shares_above(scenario, comparison),
        *(money_tables.cash_flow_table(scenario, comparison, name) for name in comparison.order),
        money_by_control(scenario, comparison),
        money_by_category(scenario, comparison),
    ]
    return _present(found)


def comparison_tables_of(scenario: Scenario, comparison: Comparison) -> list[Table]:
    """Return the tables that a terminal shows: the page's, without cash flows and the years of shares."""
    found = [
        comparison_tables.side_by_side_figures(scenario, comparison),
        groups(scenario, comparison),
        alternative_bands(scenario, comparison),
        comparison_tables.simulated_people(scenario, comparison),
        *comparison_tables.paired_differences(scenario, comparison),
        comparison_tables.verdicts(comparison),
        money_tables.money_figures(scenario, comparison),
        money_tables.remaining_losses(scenario, comparison),
        comparison_tables.money_by_line(scenario, comparison),
        comparison_tables.standings(scenario, comparison),
        flags(comparison),
    ]
    return _present(found)


def _present(tables: Iterable[Table | None]) -> list[Table]:
    return [table for table in tables if table is not None and table.rows]


def _sections(scenario: Scenario, comparison: Comparison) -> list[Section]:
    side = [
        comparison_tables.side_by_side_figures(scenario, comparison),
        groups(scenario, comparison),
        alternative_bands(scenario, comparison),
    ]
    people = [
        comparison_tables.simulated_people(scenario, comparison),
        None if nobody_above(comparison) else comparison_tables.shares_above(scenario, comparison),
    ]
    pairs = [comparison_tables.verdicts(comparison), *comparison_tables.paired_differences(scenario, comparison)]
    flows = [money_tables.cash_flow_table(scenario, comparison, name) for name in comparison.order]
    worth = [
        money_tables.money_figures(scenario, comparison),
        money_tables.remaining_losses(scenario, comparison),
        *flows,
    ]
    levels, kinds = _levels(scenario, comparison), _categories(scenario, comparison)
    lines = [
        money_by_control(scenario, comparison) if _stated(levels) else None,
        money_by_category(scenario, comparison) if _stated(kinds) else None,
        comparison_tables.money_by_line(scenario, comparison),
    ]
    beyond = [comparison_tables.standings(scenario, comparison)]
    pictured = {
        "people": list(_people_pictures(scenario, comparison).values()),
        "pairs": list(_pair_pictures(scenario, comparison).values()),
        "money": list(_money_pictures(scenario, comparison).values()),
        "worth": list(worth_pictures(scenario, comparison).values()),
    }
    nobody = comparison.study is not None and nobody_above(comparison)
    none = [say("Nobody passes the acceptable risk by the end of {year} in any replication.", year=scenario.years[-1])]
    advice = [text for text in (about_prices(scenario),) if text]
    return [
        Section("beside", say("Side by side"), [], [], _present(side)),
        Section("people", say("What happens to people"), none if nobody else [], pictured["people"], _present(people)),
        Section(
            "pairs",
            say("Differences, pair by pair"),
            difference_sentences(scenario, comparison),
            pictured["pairs"],
            _present(pairs),
        ),
        Section("money", say("Where the money goes"), [], pictured["money"], _present(lines)),
        Section("worth", say("What the money comes to"), advice, pictured["worth"], _present(worth)),
        Section("beyond", say("Score, compliance and forecast"), [], [], _present(beyond)),
    ]


def nobody_above(comparison: Comparison) -> bool:
    """Tell whether a simulation has nobody above acceptable risk at any year's end."""
    if comparison.study is None:
        return False
    return not any(any(outcome.everybody["share_above"].mean) for outcome in comparison.study.outcomes)


def _people_pictures(scenario: Scenario, comparison: Comparison) -> dict[str, Picture]:
    if comparison.study is None or nobody_above(comparison):
        return {}
    last = scenario.years[-1]
    outcomes = {outcome.strategy: outcome for outcome in comparison.study.outcomes}
    told = listed(
        [
            f"{strategy_label(name)} {percent(outcomes[name].everybody['share_above'].mean[-1], 1)}"
            for name in comparison.order
        ]
    )
    title = say("Workers above acceptable risk at each year's end, %, mean and nine replications of ten")
    described = say("{title}. At the end of {year}: {told}.", title=title, year=last, told=told)
    return {"share-above": Picture(title, comparison_figures.share_above(scenario, comparison), described)}


def _pair_pictures(scenario: Scenario, comparison: Comparison) -> dict[str, Picture]:
    study, currency = comparison.study, scenario.settings.currency
    differences = list(comparison.drawn if study is None else study.differences)
    wanted = {(verdict.first, verdict.second) for verdict in comparison.verdicts}
    differences = [each for each in differences if (each.first, each.second) in wanted]
    if not differences:
        return {}
    when = period(scenario)
    title = say("Difference in cases of disease over {years}, first minus second of each pair", years=when)
    told = listed(
        [
            f"{strategy_label(each.second)} − {strategy_label(each.first)} {signed(each.figures['cases'].mean, 2)}"
            for each in differences[:8]
        ]
    )
    described = say("{title}; left of zero the first has fewer. Means: {told}.", title=title, told=told)
    label = say("difference in cases")
    pictures = {"forest-cases": Picture(title, comparison_figures.forest(differences, "cases", label), described)}
    if "burden" in differences[0].figures:
        most = max(abs(each.figures["burden"].mean) for each in differences)
        unit, word = money_unit(most)
        title = say("Difference in money paid and lost together, discounted, first minus second of each pair")
        told = listed(
            [
                f"{strategy_label(each.second)} − {strategy_label(each.first)} {money(each.figures['burden'].mean)}"
                for each in differences[:8]
            ]
        )
        described = say("{title}; left of zero the first has less. Means: {told}.", title=title, told=told)
        label = say("difference, {unit}{currency}", unit=word, currency=currency)
        drawn = comparison_figures.forest(differences, "burden", label, unit)
        pictures["forest-burden"] = Picture(title, drawn, described)
    return pictures


def _money_pictures(scenario: Scenario, comparison: Comparison) -> dict[str, Picture]:
    tables = {
        "money-by-level": (say("Money over the horizon by level of control"), _levels(scenario, comparison)),
        "money-by-category": (say("Money over the horizon by category"), _categories(scenario, comparison)),
    }
    if comparison.lines:
        rows = {name: {a: comparison.lines[a][name] for a in comparison.order} for name in scenario.lines}
        tables["money-by-line"] = (say("Money over the horizon by budget line"), rows)
    pictures = {}
    for name, (title, parts) in tables.items():
        if _stated(parts):
            full = say("{title}, {currency}", title=title, currency=scenario.settings.currency)
            sums = [math.fsum(row[a] for row in parts.values()) for a in comparison.order]
            told = listed(
                [f"{strategy_label(a)} {money(value)}" for a, value in zip(comparison.order, sums, strict=True)]
            )
            described = say("{title}. In all: {told}; the table has the parts.", title=full, told=told)
            pictures[name] = Picture(full, comparison_figures.money_bars(scenario, comparison, parts, name), described)
    return pictures


def worth_pictures(scenario: Scenario, comparison: Comparison) -> dict[str, Picture]:
    """Return the figure of the cash flows added up, by name."""
    currency = scenario.settings.currency
    if is_priced(scenario):
        title = say("Avoided losses less extra cost, added up year by year, discounted, {currency}", currency=currency)
    else:
        title = say("Cost added up year by year, discounted, {currency}", currency=currency)
    found = {name: comparison.economics[name] for name in comparison.order}
    told = listed(
        [
            f"{strategy_label(name)} {money(each.net_present_value if is_priced(scenario) else each.discounted_cost)}"
            for name, each in found.items()
        ]
    )
    described = say(
        "{title}, renewal after the horizon counted. At the end of the horizon: {told}.", title=title, told=told
    )
    return {"cash-flow": Picture(title, comparison_figures.cumulative(scenario, comparison), described)}


def _stated(parts: Mapping[str, Mapping[str, float]]) -> bool:
    return any(part != say(NOT_STATED) for part in parts)


def _levels(scenario: Scenario, comparison: Comparison) -> dict[str, dict[str, float]]:
    return _parts(comparison, control_levels(scenario), [*(level.value for level in Control), NOT_STATED], level_label)


def _categories(scenario: Scenario, comparison: Comparison) -> dict[str, dict[str, float]]:
    order = [*(category.value for category in Category), NOT_STATED]
    return _parts(comparison, categories(scenario), order, category_label)


def _parts(
    comparison: Comparison, key: Mapping[str, str], order: list[str], label: Callable[[str], str]
) -> dict[str, dict[str, float]]:
    """Return money over the horizon by a property of measures, in words, and by alternative."""
    parts = {}
    for part in order:
        names = [measure for measure, value in key.items() if value == part]
        row = {a: math.fsum(_spent(comparison, a, measure) for measure in names) for a in comparison.order}
        if any(row.values()):
            parts[label(part)] = row
    return parts


def _spent(comparison: Comparison, alternative: str, measure: str) -> float:
    found = comparison.evaluation(alternative)
    return math.fsum(
        value for table in (found.spend, found.upkeep) if measure in table for value in table[measure].values()
    )
