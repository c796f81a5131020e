"""Figures of a comparison as SVG text: shares above acceptable risk, paired differences, money, cumulative cash flow.

Lines differ in colour, dashes and marker, bars in colour and hatch, so that they stay apart in black and white.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from oshopt.language import say
from oshopt.model import DO_NOTHING, OPTIMUM, RESERVED, Comparison, Contrast, Difference, Scenario, Spread
from oshopt.reporting.alternatives import strategy_label
from oshopt.reporting.drawing import INK, Drawing
from oshopt.reporting.figures import FAINT, STROKES, Stroke, legend, money_unit, sheet_of, short, svg_of
from oshopt.reporting.levels import NOT_STATED
from oshopt.reporting.money_tables import is_priced

_NOTHING = Stroke("#4a5560", (4, 3), "o", "")
_OPTIMUM = Stroke("#0b3c6f", (), "o", "")
_FILLS = (
    ("#0b3c6f", ""),
    ("#6fa8d6", "//"),
    ("#d9ecf7", ".."),
    ("#f0c27b", "\\\\"),
    ("#c8651b", "xx"),
    ("#b9d7c6", "--"),
    ("#7c5c8a", "++"),
    ("#ffffff", ""),
)
_PAIRS = 24
_KEY = 30
"""Characters that a key of two columns has room for."""
_LONGEST = 40
"""Years that a cumulative cash flow shows at most."""


def strokes(comparison: Comparison) -> dict[str, Stroke]:
    """Return how the line of each alternative looks."""
    given = [name for name in comparison.order if name not in RESERVED]
    looks = {name: STROKES[i % len(STROKES)] for i, name in enumerate(given)}
    return {DO_NOTHING.id: _NOTHING, **looks, OPTIMUM: _OPTIMUM}


def share_above(scenario: Scenario, comparison: Comparison) -> Drawing:
    """Return the share of workers above acceptable risk: over the years, or as points where there is one year."""
    study = comparison.study
    if study is None:
        raise ValueError("a comparison without a simulation has no shares above acceptable risk")
    outcomes = {outcome.strategy: outcome for outcome in study.outcomes}
    spreads = {name: outcomes[name].everybody["share_above"] for name in comparison.order}
    every = list(scenario.years)
    single = len(every) == 1
    with sheet_of("compared-share-above", 5.4, 1.1 + 0.36 * len(spreads) if single else 3.5) as (sheet, axes):
        looks = strokes(comparison)
        if single:
            _points(axes, spreads, looks)
            axes.set_xlabel(say("above acceptable risk at year's end, %"))
        else:
            for i, (name, spread) in enumerate(spreads.items()):
                apart = 0.6 * ((i + 0.5) / len(spreads) - 0.5)
                _ranges(axes, [year + apart for year in every], spread, looks[name], short(strategy_label(name)))
            ticks = every[:: max(1, -(-len(every) // 10))]
            axes.set_xticks(ticks, [str(year) for year in ticks])
            axes.set_ylim(bottom=0)
            axes.set_ylabel(say("above acceptable risk at year's end, %"))
            axes.grid(axis="y", color=FAINT, linewidth=0.6)
            axes.set_axisbelow(True)
            legend(sheet, len(spreads))
        return svg_of(sheet, "compared-share-above")


def _ranges(axes: Any, places: list[float], spread: Spread, stroke: Stroke, name: str) -> None:
    """Draw the mean as a line, and the range of nine in ten as an upright at each year."""
    low, high, mean = ([100 * value for value in row] for row in (spread.p05, spread.p95, spread.mean))
    style: dict[str, Any] = {"dashes": stroke.dashes} if stroke.dashes else {}
    axes.vlines(places, low, high, color=stroke.colour, linewidth=2.4, alpha=0.55)
    axes.plot(places, mean, color=stroke.colour, linewidth=1.3, marker=stroke.marker, label=name, **style)


def _points(axes: Any, spreads: Mapping[str, Spread], looks: Mapping[str, Stroke]) -> None:
    for row, (name, spread) in enumerate(spreads.items()):
        stroke = looks[name]
        axes.plot([100 * spread.p05[0], 100 * spread.p95[0]], [row, row], color=stroke.colour, linewidth=2.2)
        axes.plot([100 * spread.mean[0]], [row], stroke.marker, color=stroke.colour, markersize=8)
    _named_rows(axes, [short(strategy_label(name)) for name in spreads])
    axes.set_xlim(left=0)


def _named_rows(axes: Any, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)


def forest(differences: Sequence[Difference], figure: str, label: str, scale: float = 1.0) -> Drawing:
    """Return the paired difference of one figure for every pair: mean, its 95 % interval, nine in ten, zero marked.

    `label` names the axis; differences are divided by `scale`.
    """
    shown = [each for each in differences if math.isfinite(each.figures[figure].mean)][:_PAIRS]
    with sheet_of(f"forest-{figure}", 5.4, 1.7 + 0.4 * len(shown)) as (sheet, axes):
        for row, difference in enumerate(shown):
            _whisker(axes, row, difference.figures[figure], scale)
        axes.axvline(0.0, color=INK, linewidth=1.1)
        names = [f"{short(strategy_label(each.second))} − {short(strategy_label(each.first))}" for each in shown]
        _named_rows(axes, names)
        axes.set_xlabel(label)
        legend(sheet, 2)
        return svg_of(sheet, f"forest-{figure}")


def _whisker(axes: Any, row: int, contrast: Contrast, scale: float) -> None:
    first = row == 0
    wide: dict[str, Any] = {"label": say("nine in ten")} if first else {}
    sure: dict[str, Any] = {"label": say("95 % interval of the mean")} if first else {}
    mean: dict[str, Any] = {"label": say("mean difference")} if first else {}
    axes.plot([contrast.p05 / scale, contrast.p95 / scale], [row, row], color="#8fa3b5", linewidth=1.4, **wide)
    axes.plot([contrast.low / scale, contrast.high / scale], [row, row], color="#c8651b", linewidth=5, **sure)
    axes.plot([contrast.mean / scale], [row], "D", color="#0b3c6f", markersize=6, **mean)


def money_bars(
    scenario: Scenario, comparison: Comparison, parts: Mapping[str, Mapping[str, float]], salt: str
) -> Drawing:
    """Return money over the horizon in stacked bars, one for each alternative.

    `parts` has the words of each part, and in it the money by name of the alternative.
    """
    names = list(comparison.order)
    most = max(math.fsum(row.get(name, 0.0) for row in parts.values()) for name in names)
    unit, word = money_unit(most)
    with sheet_of(f"bars-{salt}", 5.4, 1.5 + 0.42 * len(names) + 0.25 * -(-len(parts) // 2)) as (sheet, axes):
        base = [0.0] * len(names)
        for i, (part, row) in enumerate(parts.items()):
            values = [row.get(name, 0.0) / unit for name in names]
            colour, hatch = _FILLS[-1] if part == say(NOT_STATED) else _FILLS[i % (len(_FILLS) - 1)]
            style: dict[str, Any] = {"facecolor": colour, "hatch": hatch, "edgecolor": INK, "linewidth": 0.7}
            axes.barh(range(len(names)), values, left=base, height=0.62, label=_cut(part), **style)
            base = [low + value for low, value in zip(base, values, strict=True)]
        _named_rows(axes, [short(strategy_label(name)) for name in names])
        axes.set_xlim(0, max(base) * 1.03 or 1)
        axes.set_xlabel(say("money over the horizon, {unit}{currency}", unit=word, currency=scenario.settings.currency))
        legend(sheet, 2)
        return svg_of(sheet, f"bars-{salt}")


def _cut(part: str) -> str:
    return part if len(part) <= _KEY else f"{part[: _KEY - 1]}…"


def cumulative(scenario: Scenario, comparison: Comparison) -> Drawing:
    """Return discounted money added up from the plan's start: net of avoided losses where they have a price, else cost.

    The end of the horizon is marked; lines end with the safe service, or at the axis' end.
    """
    priced = is_priced(scenario)
    looks, sums = strokes(comparison), {}
    for name in comparison.order:
        if name == DO_NOTHING.id and priced:
            continue
        times, totals = [0.0], [0.0]
        for row in comparison.economics[name].flow.rows[:_LONGEST]:
            money = row.net if priced else row.cost
            times.append(times[-1] + row.length)
            totals.append(totals[-1] + money * row.factor)
        sums[name] = (times, totals)
    unit, word = money_unit(max(abs(value) for _, totals in sums.values() for value in totals))
    with sheet_of("cumulative", 5.4, 3.5) as (sheet, axes):
        for name, (times, totals) in sums.items():
            stroke = looks[name]
            style: dict[str, Any] = {"dashes": stroke.dashes} if stroke.dashes else {}
            values = [total / unit for total in totals]
            every = max(1, len(values) // 8)
            marks: dict[str, Any] = {"marker": stroke.marker, "markevery": every}
            axes.plot(
                times, values, color=stroke.colour, linewidth=1.8, label=short(strategy_label(name)), **marks, **style
            )
        axes.axhline(0.0, color=INK, linewidth=1.0)
        axes.axvline(float(len(scenario.years)), color="#7a858f", linewidth=0.9, dashes=(2, 2))
        axes.set_xlabel(say("years from the plan's start; the dotted line is the end of the horizon"))
        axes.set_ylabel(say("{unit}{currency}, discounted", unit=word, currency=scenario.settings.currency))
        axes.grid(axis="y", color=FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        legend(sheet, len(sums))
        return svg_of(sheet, "cumulative")
