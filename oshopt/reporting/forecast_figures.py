"""Figures of a forecast as SVG text: an outcome's history with its band ahead, and the loadings of the components."""

from __future__ import annotations

import re
from typing import Any

from oshopt.language import say
from oshopt.model import Outlook, Scenario
from oshopt.reporting.drawing import INK, Drawing
from oshopt.reporting.figures import FAINT, Picture, legend, sheet_of, short, svg_of
from oshopt.reporting.forecast import inside, measured_in
from oshopt.reporting.numbers import percent, signed

_BLUE, _ORANGE, _GREEN = "#0b3c6f", "#c8651b", "#1f8463"


def forecast_pictures(scenario: Scenario, outlook: Outlook) -> dict[str, Picture]:
    """Return the figures of a forecast by name."""
    found = {}
    for name in outlook.outcomes:
        slug = re.sub(r"[^\w.\-]", "-", name)
        label = scenario.indicators[name].label
        title = say("{outcome}: observed and ahead", outcome=label)
        described = say("{title}; the tables have the forecast and the errors.", title=title)
        found[f"forecast-{slug}"] = Picture(title, history(scenario, outlook, name), described)
        title = say("Loadings of the components behind {outcome}", outcome=inside(label))
        described = say("{title}; the table has them.", title=title)
        found[f"loadings-{slug}"] = Picture(title, loadings(scenario, outlook, name), described)
    return found


def history(scenario: Scenario, outlook: Outlook, outcome: str) -> Drawing:
    """Return an outcome as observed, as it would have been forecast in its time, and ahead with its interval."""
    one, limit = outlook.outcomes[outcome], scenario.indicators[outcome].limit
    years, then = list(one.history), {y: p.forecast for y, p in one.history.items() if p.forecast is not None}
    last = one.history[years[-1]].value
    with sheet_of(f"forecast-{outcome}", 5.6, 3.4) as (sheet, axes):
        observed = [point.value for point in one.history.values()]
        axes.plot(years, observed, color=INK, marker="o", markersize=4, label=say("observed"))
        style: dict[str, Any] = {"color": _ORANGE, "marker": "s", "markersize": 3.5, "dashes": (3, 2)}
        axes.plot(list(then), list(then.values()), label=say("forecast then"), **style)
        ends = [years[-1], one.year]
        axes.fill_between(ends, [last, one.y.low], [last, one.y.high], color=_BLUE, alpha=0.15, linewidth=0)
        reach = [[max(0.0, one.y.value - one.y.low)], [max(0.0, one.y.high - one.y.value)]]
        style = {"color": _BLUE, "marker": "D", "markersize": 6, "capsize": 4, "linewidth": 1.6}
        ahead = say("ahead, {level}", level=percent(outlook.level))
        axes.errorbar([one.year], [one.y.value], yerr=reach, label=ahead, **style)
        if limit is not None:
            axes.axhline(limit, color=_GREEN, linewidth=1.2, dashes=(6, 2), label=say("limit"))
        ticks = [*years[:: max(1, -(-len(years) // 8))], one.year]
        axes.set_xticks(ticks, [str(year) for year in ticks])
        axes.grid(axis="y", color=FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_ylabel(measured_in(scenario, outcome))
        legend(sheet, 4)
        return svg_of(sheet, f"forecast-{outcome}")


def loadings(scenario: Scenario, outlook: Outlook, outcome: str) -> Drawing:
    """Return the part of each indicator in each component used, as a field of shades with its figures."""
    one = outlook.outcomes[outcome]
    names = list(one.loadings)
    with sheet_of(f"loadings-{outcome}", 3.2 + 0.8 * one.components, 1.1 + 0.34 * len(names)) as (sheet, axes):
        table = [list(one.loadings[name]) for name in names]
        axes.pcolormesh(table, cmap="RdBu_r", vmin=-1, vmax=1, edgecolors="#ffffff", linewidth=1.5)
        axes.invert_yaxis()
        for row, parts in enumerate(table):
            for column, part in enumerate(parts):
                ink = "#ffffff" if abs(part) > 0.65 else INK
                axes.text(column + 0.5, row + 0.5, signed(part, 2), ha="center", va="center", color=ink, fontsize=9)
        axes.set_yticks(
            [row + 0.5 for row in range(len(names))], [short(scenario.indicators[name].label) for name in names]
        )
        heads = [f"{at + 1}\n{percent(one.explained[at])}" for at in range(one.components)]
        axes.set_xticks([at + 0.5 for at in range(one.components)], heads)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_xlabel(say("component, share of the variance"))
        return svg_of(sheet, f"loadings-{outcome}")
