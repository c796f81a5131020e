"""Figures of a frontier as SVG text: value against money, and the budgets between which each measure gets money."""

from __future__ import annotations

import math
from typing import Any

from oshopt.language import say
from oshopt.model import Basis, Frontier, FundedSpan, Plan, Scenario, Sweep
from oshopt.reporting.drawing import INK, Drawing
from oshopt.reporting.figures import FAINT, legend, money_unit, sheet_of, short, svg_of
from oshopt.reporting.frontier_words import budget_head, money_head, value_head, value_name, value_text
from oshopt.reporting.numbers import close

_LINE, _KNEE = "#0b3c6f", "#c8651b"
_FAR = 4.0
"""Service beyond so many times that of the first point is cut off, with an arrow."""
_TALLEST = 60


def curve(scenario: Scenario, frontier: Frontier, chosen: Plan | None = None) -> Drawing:
    """Return the objective's value against money: points, today's budget, the knee and a plan marked."""
    found = [(p.money, p.value) for p in frontier.points if p.money is not None and p.value is not None]
    unit, word = money_unit(max([money for money, _ in found], default=0.0))
    with sheet_of("frontier", 5.6, 3.6) as (sheet, axes):
        top = _top(frontier, [value for _, value in found])
        inside = [(money / unit, value) for money, value in found if value <= top]
        name = value_name(scenario, frontier)
        axes.plot(
            [money for money, _ in inside],
            [value for _, value in inside],
            color=_LINE,
            linewidth=1.8,
            marker="o",
            markersize=5,
            label=say("{name} of the best plan", name=name),
        )
        for money, value in found:
            if value > top:
                _above(axes, money / unit, top, value_text(frontier, value))
        entries = 1 + _knee(axes, frontier, unit) + _today(axes, frontier, unit) + _no_plan(axes, frontier, unit)
        entries += _chosen(axes, frontier, chosen, unit, top)
        axes.set_xlim(*(end / unit for end in _span(frontier, found)))
        if math.isfinite(top):
            axes.set_ylim(top=top * 1.06)
        axes.grid(color=FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_xlabel(in_units(money_head(scenario, frontier), scenario, word))
        axes.set_ylabel(value_head(scenario, frontier))
        legend(sheet, entries)
        return svg_of(sheet, "frontier")


def _top(frontier: Frontier, values: list[float]) -> float:
    """Return the value above which points are cut off; ∞ where none is."""
    if frontier.objective not in ("safe_service", "remaining_service") or not values:
        return math.inf
    least, finite = min(values), [value for value in values if math.isfinite(value)]
    kept = [value for value in finite if value <= _FAR * least] or finite[:1]
    return max(kept, default=math.inf) if len(kept) < len(values) else math.inf


def _above(axes: Any, x: float, top: float, text: str) -> None:
    axes.plot([x], [top * 1.02], "^", color=_LINE, markersize=7, clip_on=False)
    axes.annotate(text, (x, top * 1.02), (-6, 0), textcoords="offset points", ha="right", va="center")


def _knee(axes: Any, frontier: Frontier, unit: float) -> int:
    knee = frontier.knee
    if knee is None:
        return 0
    style: dict[str, Any] = {"markerfacecolor": "#ffffff", "markeredgecolor": _KNEE, "markeredgewidth": 2}
    axes.plot([knee.money / unit], [knee.value], "D", markersize=10, linestyle="", label=say("knee"), zorder=5, **style)
    return 1


def _chosen(axes: Any, frontier: Frontier, plan: Plan | None, unit: float, top: float) -> int:
    """Mark a plan: at today's budget, or at its own cost where it was made for another end."""
    if plan is None or frontier.sweep is Sweep.TARGETS:
        return 0
    own = plan.evaluation.cost / (len(plan.evaluation.cost_by_year) if frontier.basis is Basis.YEAR else 1)
    same = plan.objective == frontier.objective and math.isfinite(frontier.today)
    at, value = frontier.today if same else own, _objective_of(plan, frontier.objective)
    if value is None or not value <= top:
        return 0
    style: dict[str, Any] = {"markerfacecolor": "#f0c27b", "markeredgecolor": INK, "markeredgewidth": 1.2}
    axes.plot([at / unit], [value], "*", markersize=17, linestyle="", label=say("this plan"), zorder=6, **style)
    return 1


def _objective_of(plan: Plan, objective: str) -> float | None:
    """Return what a plan reaches of a frontier's objective; empty where an evaluation does not tell it."""
    found = plan.evaluation
    if plan.objective == objective:
        return plan.certificate.value
    worst = {"safe_service": found.safe_service, "remaining_service": found.remaining_service}
    if objective in worst:
        return min(worst[objective].values())
    return {"cases": found.cases, "effect": found.mean_effect, "net_benefit": found.net_benefit}.get(objective)


def _today(axes: Any, frontier: Frontier, unit: float) -> int:
    if frontier.sweep is Sweep.TARGETS or not any(close(p.asked, frontier.today) for p in frontier.points):
        return 0
    axes.axvline(frontier.today / unit, color=INK, linewidth=1.0, dashes=(4, 3), label=say("today's budget"))
    return 1


def _no_plan(axes: Any, frontier: Frontier, unit: float) -> int:
    if not frontier.least:
        return 0
    axes.axvspan(
        0, frontier.least / unit, label=say("no plan exists"), facecolor="#dfe4e9", edgecolor="#7a858f", linewidth=0.6
    )
    return 1


def _span(frontier: Frontier, found: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the ends of the axis: from nothing, unless the points are far from it."""
    money = [amount for amount, _ in found]
    first, last = min(money, default=0.0), max(money, default=1.0)
    from_nothing = frontier.sweep is Sweep.BUDGETS and first < 0.5 * last
    width = last if from_nothing else last - first or last or 1.0
    return -0.02 * width if from_nothing else first - 0.05 * width, last + 0.05 * width


def entry_bars(scenario: Scenario, frontier: Frontier) -> Drawing:
    """Return for each measure that ever gets money a bar over the budgets whose plans spend on it."""
    shown = [(name, spans) for name, spans in frontier.funded.items() if spans]
    shown = sorted(shown, key=lambda pair: (_from(pair[1][0], frontier), pair[0]))[:_TALLEST]
    least, most = frontier.least or 0.0, frontier.most or 0.0
    unit, word = money_unit(most)
    with sheet_of("entries", 5.6, 1.3 + 0.25 * max(1, len(shown))) as (sheet, axes):
        for row, (_, spans) in enumerate(shown):
            for found in spans:
                begin = _from(found, frontier)
                end = most if found.leaves is None else found.leaves.at
                always = found.enters is None
                look: dict[str, Any] = {"facecolor": "#d9ecf7" if always else _LINE, "hatch": "//" if always else ""}
                axes.barh(
                    row, (end - begin) / unit, left=begin / unit, height=0.62, edgecolor=INK, linewidth=0.6, **look
                )
        if least <= frontier.today <= most:
            axes.axvline(frontier.today / unit, color=_KNEE, linewidth=1.4, dashes=(4, 3))
        axes.set_yticks(range(len(shown)), [short(scenario.measures[name].label) for name, _ in shown])
        axes.tick_params(axis="y", length=0)
        axes.invert_yaxis()
        axes.set_xlim(least / unit, most / unit)
        axes.grid(axis="x", color=FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_xlabel(in_units(budget_head(scenario, frontier), scenario, word))
        _key(sheet)
        return svg_of(sheet, "entries")


def in_units(head: str, scenario: Scenario, word: str) -> str:
    """Return a head whose currency is counted in units of money: `budget a year, thousand UAH`."""
    currency = scenario.settings.currency
    return f"{head.removesuffix(currency)}{word}{currency}"


def _key(sheet: Any) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=_LINE, edgecolor=INK, label=say("gets money from here on")),
        Patch(facecolor="#d9ecf7", edgecolor=INK, hatch="//", label=say("from the least budget on")),
        Line2D([], [], color=_KNEE, linewidth=1.4, dashes=(4, 3), label=say("today's budget")),
    ]
    sheet.legend(handles=handles, loc="outside upper left", ncols=2, frameon=False, handlelength=1.8)


def _from(found: FundedSpan, frontier: Frontier) -> float:
    return frontier.least or 0.0 if found.enters is None else found.enters.at
