"""Figures of a simulation as SVG text: cases as a fan, shares above acceptable risk, projects planned and done."""

from __future__ import annotations

from typing import Any

from oshopt.language import numeral, say
from oshopt.model import Outcome, Scenario, Spread, Study
from oshopt.reporting.drawing import INK, Drawing
from oshopt.reporting.figures import FAINT, legend, sheet_of, short, strokes_of, svg_of
from oshopt.reporting.simulated import strategy_name

_TALLEST = 40


def fan(outcome: Outcome) -> Drawing:
    """Return the cases of each year: mean, half of the replications, nine of ten."""
    with sheet_of(f"fan-{outcome.strategy}", 5.6, 3.4) as (sheet, axes):
        every, cases = list(outcome.years), outcome.everybody["cases"]
        _bands(axes, every, cases, "#0b3c6f")
        axes.plot(every, cases.mean, color="#0b3c6f", linewidth=2, marker="o", label=say("mean"))
        _years(axes, every)
        axes.set_ylim(0, max(cases.p95) * 1.08 or 1)
        axes.set_ylabel(say("cases of disease in the year"))
        legend(sheet, 3)
        return svg_of(sheet, f"fan-{outcome.strategy}")


def share_above(scenario: Scenario, study: Study) -> Drawing:
    """Return the share of all workers above acceptable risk at each year's end, one line and band a strategy."""
    with sheet_of("share-above", 5.6, 3.4) as (sheet, axes):
        every = list(scenario.years)
        strokes = strokes_of([outcome.strategy for outcome in study.outcomes])
        for outcome in study.outcomes:
            stroke = strokes[outcome.strategy]
            spread = outcome.everybody["share_above"]
            low, high, mean = ([100 * value for value in row] for row in (spread.p05, spread.p95, spread.mean))
            style: dict[str, Any] = {"dashes": stroke.dashes} if stroke.dashes else {}
            axes.fill_between(every, low, high, color=stroke.colour, alpha=0.14, linewidth=0)
            name = short(strategy_name(outcome.strategy))
            axes.plot(every, mean, color=stroke.colour, linewidth=1.8, marker=stroke.marker, label=name, **style)
        _years(axes, every)
        axes.set_ylim(bottom=0)
        axes.set_ylabel(say("above acceptable risk at year's end, %"))
        legend(sheet, len(study.outcomes))
        return svg_of(sheet, "share-above")


def gantt(scenario: Scenario, outcome: Outcome) -> Drawing:
    """Return projects as bars, hollow as planned and filled as done, with the range of their end."""
    shown, start = outcome.projects[:_TALLEST], scenario.settings.start_year
    with sheet_of(f"projects-{outcome.strategy}", 6.4, 1.2 + 0.34 * max(1, len(shown))) as (sheet, axes):
        for row, project in enumerate(shown):
            planned = project.planned_done - project.planned_start
            first, last = start + project.start, start + project.done
            again: dict[str, Any] = {} if row else {"label": say("planned")}
            plan: dict[str, Any] = {"facecolor": "#ffffff", "edgecolor": INK, "linewidth": 0.8, **again}
            axes.barh(row - 0.18, planned, left=start + project.planned_start, height=0.3, **plan)
            again = {} if row else {"label": say("done, median")}
            axes.barh(row + 0.16, last - first, left=first, height=0.3, color="#0b3c6f", **again)
            again = {} if row else {"label": say("end in nine of ten")}
            ends = [start + project.done_p05, start + project.done_p95]
            axes.plot(ends, [row + 0.16] * 2, color="#c8651b", linewidth=1.6, marker="|", markersize=7, **again)
        axes.set_yticks(range(len(shown)), [_label(scenario, project.measure, project.year) for project in shown])
        axes.tick_params(axis="y", length=0)
        axes.invert_yaxis()
        axes.grid(axis="x", color=FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.xaxis.set_major_formatter(lambda value, _: numeral(f"{value:g}"))
        axes.set_xlabel(say("year"))
        if shown:
            legend(sheet, 3)
        return svg_of(sheet, f"projects-{outcome.strategy}")


def _label(scenario: Scenario, measure: str, year: int) -> str:
    return f"{short(scenario.measures[measure].label)} {year}"


def _bands(axes: Any, every: list[int], spread: Spread, colour: str) -> None:
    axes.fill_between(every, spread.p05, spread.p95, color=colour, alpha=0.15, linewidth=0, label=say("nine of ten"))
    axes.fill_between(every, spread.p25, spread.p75, color=colour, alpha=0.3, linewidth=0, label=say("half"))


def _years(axes: Any, every: list[int]) -> None:
    ticks = every[:: max(1, -(-len(every) // 10))]
    axes.set_xticks(ticks, [str(year) for year in ticks])
    axes.grid(axis="y", color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
