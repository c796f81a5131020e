"""Figures of a survey as SVG text: the rank diagram, agreement of every two experts, weights with their bands."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from oshopt.language import say, say_in
from oshopt.model import FactorWeight, Scenario, SurveyResult, SurveySettings
from oshopt.reporting.drawing import INK, Drawing
from oshopt.reporting.figures import FAINT, Picture, legend, sheet_of, short, svg_of
from oshopt.reporting.numbers import number, quoted

_BLUE, _WARM = "#0b3c6f", "#c8651b"
_ROW = 0.23
_SHADES = ("#c8651b", "#f0c27b", "#f3f6f9", "#c9dff0", "#8fbadd", "#2f6ca3")
_EDGES = (-1.0, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0)
_MOST_NUMBERS = 14
"""Experts up to whose number the heat map has room for figures."""


def survey_pictures(scenario: Scenario, result: SurveyResult) -> dict[str, Picture]:
    """Return the figures of a survey by name."""
    name, said = result.survey, quoted(result.survey)
    return {
        f"ranks-{name}": Picture(
            say("Rank diagram, survey {survey}", survey=said),
            rank_diagram(result),
            say("Rank sum of each factor, the most important at the top; the table of weights has the figures."),
        ),
        f"weights-{name}": Picture(
            say("Weights with their bands, survey {survey}", survey=said),
            weight_bands(result, scenario.settings.survey),
            say("Weight of each factor with the range of nine bootstrap draws in ten; the table has the figures."),
        ),
        f"agreement-{name}": Picture(
            say("Agreement of every two experts, survey {survey}", survey=said),
            agreement_map(scenario, result),
            say("Rank correlation of every two experts, by expert group; the table has each one's with all others."),
        ),
    }


def rank_diagram(result: SurveyResult) -> Drawing:
    """Return the diagram of a priori ranking: rank sums as bars, least first, with the mean rank sum."""
    sums = result.concordance.rank_sums
    order = sorted(sums, key=lambda factor: (sums[factor], factor))
    with sheet_of(f"ranks-{result.survey}", 5.6, _height(len(order))) as (sheet, axes):
        for left_out, colour, hatch in ((False, _BLUE, ""), (True, "#ffffff", "///")):
            kind = say_in("factor", "insignificant") if left_out else say_in("factor", "kept")
            rows = [at for at, f in enumerate(order) if result.weights[f].insignificant is left_out]
            if rows:
                values = [sums[order[at]] for at in rows]
                axes.barh(
                    rows, values, height=0.68, facecolor=colour, hatch=hatch, edgecolor=INK, linewidth=0.6, label=kind
                )
        mean = result.concordance.mean_rank_sum
        axes.axvline(mean, color=_WARM, linewidth=1.4, dashes=(5, 2), label=say("mean rank sum"))
        _factors(axes, result.weights, order)
        axes.set_xlabel(say("rank sum over the experts; the less, the more important"))
        axes.grid(axis="x", color=FAINT, linewidth=0.6)
        legend(sheet, 3)
        return svg_of(sheet, f"ranks-{result.survey}")


def weight_bands(result: SurveyResult, rules: SurveySettings) -> Drawing:
    """Return weights as points on their bands, the largest first, with the limit of insignificance."""
    rows = result.weights
    order = sorted(rows, key=lambda factor: (-rows[factor].weight, factor))
    with sheet_of(f"weights-{result.survey}", 5.6, _height(len(order))) as (sheet, axes):
        places = range(len(order))
        lows, highs = [rows[f].low for f in order], [rows[f].high for f in order]
        axes.hlines(places, lows, highs, color="#6fa8d6", linewidth=4, label=say("nine draws in ten"))
        weights = [rows[factor].weight for factor in order]
        axes.plot(weights, places, "o", color=_BLUE, markersize=5, label=say("weight"))
        if rules.insignificant > 0:
            limit = rules.insignificant / len(order)
            axes.axvline(limit, color=_WARM, linewidth=1.2, dashes=(5, 2), label=say("limit of insignificance"))
        _factors(axes, rows, order)
        axes.set_xlim(left=0)
        axes.set_xlabel(say("weight; all weights sum to 1"))
        axes.grid(axis="both", color=FAINT, linewidth=0.6)
        legend(sheet, 3)
        return svg_of(sheet, f"weights-{result.survey}")


def agreement_map(scenario: Scenario, result: SurveyResult) -> Drawing:
    """Return the rank correlation of every two experts as a map, experts of one group side by side."""
    from matplotlib.colors import BoundaryNorm, ListedColormap

    pairs = result.concordance.between
    groups = {expert: scenario.experts[expert].group if expert in scenario.experts else "" for expert in pairs}
    order = sorted(pairs, key=lambda expert: (groups[expert], expert))
    size = len(order)
    with sheet_of(f"agreement-{result.survey}", 5.6, min(6.4, 1.5 + 0.32 * size)) as (sheet, axes):
        values = [[pairs[a][b] for b in order] for a in order]
        shades, norm = ListedColormap(_SHADES), BoundaryNorm(_EDGES, len(_SHADES))
        mesh = axes.pcolormesh(values, cmap=shades, norm=norm, edgecolors="#ffffff", linewidth=0.8)
        if size <= _MOST_NUMBERS:
            _numbers(axes, values)
        ticks = [at + 0.5 for at in range(0, size, max(1, size // 25))]
        names = [short(order[int(tick)]) for tick in ticks]
        axes.set_xticks(ticks, names, rotation=90)
        axes.set_yticks(ticks, names)
        axes.tick_params(length=0)
        axes.invert_yaxis()
        axes.spines[["left", "bottom"]].set_visible(False)
        named = [groups[expert] for expert in order]
        _divide(axes, named)
        if len(set(named)) > 1:
            said = ", ".join(short(name) or say_in("expert group", "none") for name in dict.fromkeys(named))
            axes.set_xlabel(textwrap.fill(say("groups in order: {groups}", groups=said), 60))
        bar = sheet.colorbar(mesh, ax=axes, ticks=list(_EDGES), shrink=0.8)
        bar.ax.set_yticklabels([number(edge, 2) for edge in _EDGES])
        bar.set_label(say("rank correlation"))
        return svg_of(sheet, f"agreement-{result.survey}")


def _numbers(axes: Any, values: list[list[float]]) -> None:
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            if row != column:
                ink = "#ffffff" if value >= 0.75 or value < -0.25 else INK
                text = number(value, 1)
                axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=9.5, color=ink)


def _divide(axes: Any, groups: list[str]) -> None:
    """Draw lines between expert groups."""
    for at in range(1, len(groups)):
        if groups[at] != groups[at - 1]:
            axes.axhline(at, color=INK, linewidth=1.2)
            axes.axvline(at, color=INK, linewidth=1.2)


def _factors(axes: Any, weights: Mapping[str, FactorWeight], order: list[str]) -> None:
    axes.set_yticks(range(len(order)), [short(weights[factor].label) for factor in order])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(order) - 0.4, -0.6)
    axes.set_axisbelow(True)


def _height(rows: int) -> float:
    return 1.3 + _ROW * rows
