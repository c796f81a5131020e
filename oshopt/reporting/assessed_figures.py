"""Figures of an assessment as SVG text: points by indicator, level by input group, money against gap."""

from __future__ import annotations

import math
from itertools import cycle
from typing import Any

from oshopt.language import say
from oshopt.model import Assessment, Category, Compliance, Scorecard, category_words
from oshopt.model.assessment import Compliant
from oshopt.reporting.assessed import status_name
from oshopt.reporting.drawing import INK, Drawing
from oshopt.reporting.figures import FAINT, legend, sheet_of, short, svg_of
from oshopt.reporting.simulated import strategy_name

_BLUE, _PALE, _WARM = "#0b3c6f", "#d9ecf7", "#c8651b"
_HATCHES = ("", "//", "..", "xx", "\\\\", "++")
_COLOURS = ("#0b3c6f", "#6fa8d6", "#1f8463", "#86479c", "#8a6d1b", "#a23b4a")


def scorecard_points(card: Scorecard) -> Drawing:
    """Return points of each indicator that has an upper end, inside what is possible."""
    shown = [i for i in card.indicators if i.applicable and math.isfinite(i.greatest)]
    with sheet_of("scorecard", 5.2, 1.1 + 0.23 * len(shown)) as (sheet, axes):
        for row, indicator in enumerate(shown):
            again: dict[str, Any] = {} if row else {"label": say("possible")}
            room: dict[str, Any] = {"facecolor": _PALE, "edgecolor": "#7a858f", "linewidth": 0.6, **again}
            axes.barh(row, indicator.greatest - indicator.least, left=indicator.least, height=0.72, **room)
            again = {} if row else {"label": say("points")}
            axes.barh(row, indicator.low, height=0.4, color=_BLUE if indicator.low >= 0 else _WARM, **again)
            axes.plot([indicator.low], [row], "o", color=_BLUE if indicator.low >= 0 else _WARM, markersize=3.5)
            if indicator.high > indicator.low and math.isfinite(indicator.high):
                axes.plot([indicator.low, indicator.high], [row, row], color=INK, linewidth=1, linestyle=":")
        axes.axvline(0, color=INK, linewidth=0.9)
        axes.set_yticks(range(len(shown)), [f"{i.number}" for i in shown])
        axes.tick_params(axis="y", length=0)
        axes.set_ylabel(say("indicator"))
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.margins(x=0.04)
        axes.use_sticky_edges = False
        axes.set_xlabel(say("points"))
        axes.grid(axis="x", color=FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        legend(sheet, 2)
        return svg_of(sheet, "scorecard")


def group_levels(found: Compliance) -> Drawing:
    """Return the level of each input group and of the enterprise; not compliant ones are hatched."""
    rows = [(category_words(group), found.groups[group.value]) for group in Category]
    rows.append((say("enterprise"), found.total))
    rows = [(name, level) for name, level in rows if level.factors]
    looks: dict[Compliant, dict[str, Any]] = {
        Compliant.YES: {"facecolor": "#1f8463", "hatch": ""},
        Compliant.NO: {"facecolor": "#f0c27b", "hatch": "//"},
        Compliant.UNKNOWN: {"facecolor": "#6fa8d6", "hatch": ".."},
    }
    told: set[Compliant] = set()
    with sheet_of("levels", 5.2, 1.3 + 0.36 * len(rows)) as (sheet, axes):
        for at, (_, level) in enumerate(rows):
            again: dict[str, Any] = {} if level.status in told else {"label": status_name(level.status)}
            told.add(level.status)
            style = looks[level.status] | {"edgecolor": INK, "linewidth": 0.7} | again
            axes.barh(at, 100 * level.low, height=0.62, **style)
            if level.high > level.low:
                axes.plot([100 * level.low, 100 * level.high], [at, at], color=INK, linewidth=1, linestyle=":")
            spot = (100 * max(level.low, level.high), at)
            axes.annotate(f"{100 * level.low:.0f}", spot, (4, 0), textcoords="offset points", va="center")
        axes.set_yticks(range(len(rows)), [name for name, _ in rows])
        axes.tick_params(axis="y", length=0)
        axes.invert_yaxis()
        axes.set_xlim(0, 108)
        axes.set_xticks(range(0, 101, 20))
        axes.set_xlabel(say("level of compliance, %"))
        legend(sheet, len(told))
        return svg_of(sheet, "levels")


def gap_money(found: Assessment) -> Drawing:
    """Return each input group's part of the gaps beside its part of the new money of each strategy."""
    tables = {name: rows for name, rows in found.money.items() if any(row.money > 0 for row in rows)}
    names = list(tables)[: len(_COLOURS)]
    groups = [category_words(row.group) for row in next(iter(found.money.values()))]
    wide = 0.8 / (len(names) + 1)
    with sheet_of("gaps", 5.2, 1.4 + 0.2 * len(groups) * (len(names) + 1)) as (sheet, axes):
        gaps = [100 * row.gap_share for row in next(iter(found.money.values()))]
        places = [at - 0.4 + wide / 2 for at in range(len(groups))]
        axes.barh(
            places,
            gaps,
            height=wide * 0.9,
            color="#f0c27b",
            edgecolor=INK,
            linewidth=0.7,
            label=say("part of the gaps"),
        )
        for k, (name, colour, hatch) in enumerate(zip(names, cycle(_COLOURS), _HATCHES, strict=False), start=1):
            shares = [100 * row.money_share for row in tables[name]]
            style: dict[str, Any] = {"facecolor": colour, "hatch": hatch, "edgecolor": "#ffffff", "linewidth": 0.4}
            spots = [place + k * wide for place in places]
            axes.barh(
                spots,
                shares,
                height=wide * 0.9,
                label=say("money of {strategy}", strategy=short(strategy_name(name))),
                **style,
            )
        axes.set_yticks(range(len(groups)), groups)
        axes.tick_params(axis="y", length=0)
        axes.invert_yaxis()
        axes.set_xlabel(say("part of all gaps, and of all new money, %"))
        axes.grid(axis="x", color=FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        legend(sheet, len(names) + 1)
        return svg_of(sheet, "gaps")
