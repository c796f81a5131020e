"""The tornado: what the objective becomes if one weight or increment is 10 % lower or higher, widest first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from oshopt.language import say
from oshopt.model import Plan, Scenario, Sensitivity
from oshopt.reporting.drawing import INK, Drawing
from oshopt.reporting.explanation_tables import named, objective_unit
from oshopt.reporting.figures import FAINT, legend, sheet_of, svg_of
from oshopt.reporting.numbers import figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BARS = 12
"""Figures that the tornado has room for."""
_NAME = 34
_LESS, _MORE = "#6fa8d6", "#c8651b"


def tornado(scenario: Scenario, plan: Plan, of: str) -> Drawing | None:
    """Return the tornado of weights or of increments; None where nothing finite changes."""
    shown = widest(plan, of)
    value = plan.certificate.value
    if not shown or not math.isfinite(value):
        return None
    with sheet_of(f"tornado-{of}", 7.4, 1.5 + 0.4 * len(shown)) as (sheet, axes):
        for i, one in enumerate(reversed(shown)):
            _bars(axes, i, one, value)
        axes.axvline(value, color=INK, linewidth=1.0)
        axes.set_yticks(range(len(shown)), [_cut(named(scenario, one)) for one in reversed(shown)])
        axes.tick_params(axis="y", length=0)
        unit = objective_unit(scenario, plan)
        axes.set_xlabel(say("objective, {unit}; as planned {value}", unit=unit, value=figure(value, 5)))
        axes.grid(axis="x", color=FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.margins(x=0.06)
        legend(sheet, 2)
        return svg_of(sheet, f"tornado-{of}")


def widest(plan: Plan, of: str) -> list[Sensitivity]:
    """Return the widest sensitivities of one kind whose figures are all finite, as many as a tornado shows."""
    every = plan.explanation.sensitivity if plan.explanation is not None else ()
    own = [one for one in every if one.of == of]
    return [one for one in own if all(math.isfinite(end) for end in (*one.held, *(one.replanned or ())))][:BARS]


def _bars(axes: Axes, i: int, one: Sensitivity, value: float) -> None:
    """Draw 10 % less above 10 % more: a bar for the plan held, a mark for the plan made anew."""
    told = (
        (say("10 % less, plan held"), say("10 % less, planned anew")),
        (say("10 % more, plan held"), say("10 % more, planned anew")),
    )
    for side, ((held, anew), colour, mark) in enumerate(zip(told, (_LESS, _MORE), "<>", strict=True)):
        high, end = i + 0.17 - 0.34 * side, one.held[side]
        label = held if i == 0 else None
        axes.barh(high, end - value, left=value, height=0.34, color=colour, edgecolor=INK, linewidth=0.5, label=label)
        if one.replanned is not None:
            label = anew if i == 0 else None
            style: dict[str, Any] = {"markeredgecolor": INK, "markeredgewidth": 0.8, "linestyle": "none"}
            axes.plot([one.replanned[side]], [high], mark, color=colour, markersize=5.5, label=label, **style)


def _cut(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
