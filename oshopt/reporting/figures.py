"""Figures as SVG text: risk up to the threshold, money by year, money by level of control.

matplotlib is imported inside the functions that draw. Equal input gives equal bytes; text stays text, so that the
page's own fonts show it in any script.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, Any

from oshopt.language import say, sayable
from oshopt.model import DO_NOTHING, Control, Plan, Scenario
from oshopt.reporting.alternatives import Alternative, Role
from oshopt.reporting.drawing import INK, Drawing, house_style
from oshopt.reporting.levels import NOT_STATED, control_levels, level_label
from oshopt.reporting.numbers import close, decimals_apart, figure, number, years
from oshopt.reporting.tables import year_sum

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FAINT = "#c9d0d6"
_DRAWN = 6
_NAME = 22
_LETTERS, _HANDLE = 14.0, 6
"""Letters that an inch of a key has room for, and those that the line or patch before a text takes."""
_BANDS = ("#0b3c6f", "#6fa8d6", "#d9ecf7", "#f0c27b", "#c8651b", "#ffffff")
_UNITS = ((1e9, sayable("billion ")), (1e6, sayable("million ")), (1e3, sayable("thousand ")))
_HATCHES = ("", "//", "", "..", "xx", "")


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with its title and what it shows in words."""

    title: str
    svg: Drawing
    described: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """How an alternative's line looks: colour, dashes in line widths, marker, and the marker as an SVG path."""

    colour: str
    dashes: tuple[float, ...]
    marker: str
    path: str


_CIRCLE = "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z"
_NOTHING = Stroke("#4a5560", (4, 3), "o", _CIRCLE)
_OPTIMUM = Stroke("#0b3c6f", (), "o", _CIRCLE)
STROKES = (
    Stroke("#b4560f", (8, 2, 1.5, 2), "s", "M-4,-4h8v8h-8z"),
    Stroke("#1f8463", (1.5, 1.5), "^", "M0,-5l5,9h-10z"),
    Stroke("#86479c", (10, 3), "D", "M0,-5.5l5.5,5.5l-5.5,5.5l-5.5,-5.5z"),
    Stroke("#8a6d1b", (6, 2, 1.5, 2, 1.5, 2), "v", "M0,5l5,-9h-10z"),
    Stroke("#357394", (3, 1.5), "P", "M-2,-5h4v3h3v4h-3v3h-4v-3h-3v-4h3z"),
    Stroke("#a23b4a", (12, 2, 3, 2), "X", "M-5,-3l2,-2l3,3l3,-3l2,2l-3,3l3,3l-2,2l-3,-3l-3,3l-2,-2l3,-3z"),
)


def drawn(found: Sequence[Alternative]) -> list[tuple[Alternative, Stroke]]:
    """Return the alternatives that a figure has room for, with their strokes: of many strategies those of longest N."""
    given = sorted((a for a in found if a.role is Role.STRATEGY), key=lambda a: (-a.shortest[1], a.label))[:_DRAWN]
    strokes = {a.label: stroke for a, stroke in zip(sorted(given, key=lambda a: a.label), STROKES, strict=False)}
    fixed = {Role.NOTHING: _NOTHING, Role.OPTIMUM: _OPTIMUM}
    return [(a, fixed.get(a.role) or strokes[a.label]) for a in found if a.role in fixed or a in given]


def strokes_of(names: Sequence[str]) -> dict[str, Stroke]:
    """Return the strokes of alternatives by name, the same as those of the lines of risk."""
    fixed = {DO_NOTHING.id: _NOTHING, "optimum": _OPTIMUM}
    given = sorted(name for name in names if name not in fixed)
    return fixed | dict(zip(given, cycle(STROKES), strict=False))


def risk(scenario: Scenario, found: Sequence[Alternative], group: str, *, key: bool = False) -> Drawing:
    """Return S2's figure 1 for a group: accumulated risk over equivalent service, one line an alternative, N marked.

    With `key` the figure says itself which line is which.
    """
    shown = drawn(found)
    limit = found[0].evaluation.acceptable_risk[group]
    begin = found[0].evaluation.equivalent_service[group]
    end = _last_year(scenario, shown, group)
    with sheet_of(f"risk-{group}", 4.8, 3.5) as (sheet, axes):
        axes.axhline(limit, color=INK, linewidth=1.1)
        if begin > 0:
            axes.plot([0, begin], [0, found[0].evaluation.risk_path[group][0][1]], color=INK, linewidth=1.6)
        if begin > 0.03 * end:
            axes.axvline(begin, color="#7a858f", linewidth=0.8, dashes=(1, 2))
            style: dict[str, Any] = {"textcoords": "offset points", "color": "#4a5560", "fontsize": 9}
            axes.annotate(say("plan begins"), (begin, 0), (3, 4), **style)
        highest = limit
        for alternative, stroke in shown:
            highest = max(highest, _path(axes, alternative, stroke, group, begin, end))
        axes.set_xlim(0, end)
        axes.set_ylim(0, max(limit * 1.3, highest * 1.1))
        name = say("acceptable risk {risk}", risk=figure(limit))
        axes.annotate(name, (0, limit), (4, -4), textcoords="offset points", va="top", fontsize=9)
        _mark_services(axes, shown, group, limit, end)
        axes.set_xlabel(say("equivalent service, years from zero risk"))
        axes.set_ylabel(say("accumulated risk, probability"))
        if key:
            legend(sheet, len(shown))
        return svg_of(sheet, f"risk-{group}")


def _last_year(scenario: Scenario, shown: Sequence[tuple[Alternative, Stroke]], group: str) -> float:
    """Right end of the axis: every N that is no more than four times that of doing nothing, and the horizon."""
    nothing = shown[0][0].evaluation
    begin, base = nothing.equivalent_service[group], nothing.safe_service[group]
    most = max(4 * base, begin + len(scenario.years)) if math.isfinite(base) else begin + 3 * len(scenario.years)
    service = [a.evaluation.safe_service[group] for a, _ in shown]
    return 1.1 * max([begin + len(scenario.years), *(value for value in service if value <= most)])


def _path(axes: Axes, alternative: Alternative, stroke: Stroke, group: str, begin: float, end: float) -> float:
    """Draw one line up to its N, or as far as the axis goes; return its highest risk."""
    evaluation = alternative.evaluation
    service, past = evaluation.safe_service[group], evaluation.remaining_service[group] <= 0
    corners = [(begin + time, value) for time, value in evaluation.risk_path[group]]
    if not past:
        corners = [(x, value) for x, value in corners if x <= service * (1 + 1e-12)]
    if service > end and corners[-1][0] < end and len(corners) > 1:
        (x0, y0), (x1, y1) = corners[-2:]
        corners.append((end, y1 + (y1 - y0) / (x1 - x0) * (end - x1)))
    width = 2.4 if alternative.role is Role.OPTIMUM else 1.7
    style: dict[str, Any] = {"dashes": stroke.dashes} if stroke.dashes else {}
    axes.plot(
        *zip(*corners, strict=True), color=stroke.colour, linewidth=width, label=short(alternative.label), **style
    )
    return max(y for x, y in corners if x <= end)


def _mark_services(
    axes: Axes, shown: Sequence[tuple[Alternative, Stroke]], group: str, limit: float, end: float
) -> None:
    """Mark N on the threshold and write it above, in as many storeys as keep the figures apart."""
    if shown[0][0].evaluation.remaining_service[group] <= 0:
        shown = shown[:1]
    decimals = decimals_apart((a.evaluation.safe_service[group] for a, _ in shown), most=2)
    order = sorted(shown, key=lambda pair: (pair[0].evaluation.safe_service[group], pair[0].role is Role.OPTIMUM))
    placed: list[tuple[float, int]] = []
    top = axes.get_ylim()[1]
    for i, (alternative, stroke) in enumerate(order):
        service = alternative.evaluation.safe_service[group]
        inside, x = service <= end, min(service, end)
        if inside:
            axes.plot([x], [limit], stroke.marker, color=stroke.colour, markersize=6.5, zorder=5)
        if i + 1 < len(order) and close(order[i + 1][0].evaluation.safe_service[group], service):
            continue
        storey = max((above + 1 for other, above in placed if other > x - 0.11 * end), default=0)
        placed.append((x, storey))
        foot = limit + top * (0.07 + 0.062 * storey)
        if inside:
            axes.plot([x, x], [limit, foot + 0.04 * top], color=stroke.colour, linewidth=0.7)
        axes.annotate(
            years(service, decimals) + ("" if inside else " →"),
            (x, foot),
            (-3, 0),
            textcoords="offset points",
            ha="right",
            color=stroke.colour,
            weight="bold" if alternative.role is Role.OPTIMUM else "normal",
        )
    axes.set_ylim(0, max(top, limit + top * (0.14 + 0.062 * max(above for _, above in placed))))


def yearly_money(scenario: Scenario, plan: Plan) -> Drawing:
    """Return the plan's money by year in stacked bars: by budget line, or new shares and upkeep without lines."""
    evaluation, every = plan.evaluation, list(scenario.years)
    if plan.lines:
        parts = {
            say("line {line}", line=name): [year_sum(table, year) for year in every]
            for name, table in plan.lines.items()
        }
    else:
        parts = {
            say("new shares"): [year_sum(evaluation.spend, year) for year in every],
            say("upkeep"): [year_sum(evaluation.upkeep, year) for year in every],
        }
    left = [plan.certificate.unspent.get(year, 0.0) for year in every]
    if any(value > 0 for value in left):
        parts[say("left unspent")] = left
    unit, word = money_unit(max(map(math.fsum, zip(*parts.values(), strict=True))))
    with sheet_of("money", 5.2, 3.2) as (sheet, axes):
        base = [0.0] * len(every)
        for i, (name, values) in enumerate(parts.items()):
            scaled = [value / unit for value in values]
            hollow = values is left
            axes.bar(every, scaled, bottom=base, width=0.66, label=short(name), **_band(5 if hollow else i % 5, hollow))
            base = [low + value for low, value in zip(base, scaled, strict=True)]
        ticks = every[:: max(1, math.ceil(len(every) / 12))]
        axes.set_xticks(ticks, [str(year) for year in ticks])
        axes.set_ylim(0, max(base) * 1.08 or 1)
        axes.set_ylabel(say("money, {unit}{currency}", unit=word, currency=scenario.settings.currency))
        axes.grid(axis="y", color=FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        legend(sheet, len(parts))
        return svg_of(sheet, "money")


def control_shares(scenario: Scenario, found: Sequence[Alternative]) -> Drawing:
    """Return the share of money at each level of control, one bar for each alternative that spends."""
    key = control_levels(scenario)
    bars = [(a, a.money_by(key)) for a, _ in drawn(found)]
    bars = [(a, table) for a, table in bars if math.fsum(table.values()) > 0][::-1]
    order = [*(level.value for level in Control), NOT_STATED]
    with sheet_of("control", 5.2, 1.4 + 0.38 * len(bars)) as (sheet, axes):
        base = [0.0] * len(bars)
        for i, name in enumerate(order):
            part = [100 * table.get(name, 0.0) / math.fsum(table.values()) for _, table in bars]
            if any(part):
                band = _band(i, name == NOT_STATED)
                axes.barh(range(len(bars)), part, left=base, height=0.62, label=level_label(name), **band)
                base = [low + value for low, value in zip(base, part, strict=True)]
        axes.set_yticks(range(len(bars)), [short(a.label) for a, _ in bars])
        axes.tick_params(axis="y", length=0)
        axes.set_xlim(0, 100)
        axes.set_xlabel(say("share of the money over the horizon, %"))
        legend(sheet, len(order))
        return svg_of(sheet, "control")


def _band(i: int, hollow: bool) -> dict[str, Any]:
    colour = _BANDS[i % len(_BANDS)]
    return {
        "facecolor": "#ffffff" if hollow else colour,
        "hatch": _HATCHES[i % len(_HATCHES)],
        "edgecolor": "#7a858f" if hollow else "#1f2933",
        "linestyle": "--" if hollow else "-",
        "linewidth": 0.7,
    }


def money_unit(most: float) -> tuple[float, str]:
    """Return the unit in which amounts up to `most` are drawn, and its word with a space."""
    for unit, word in _UNITS:
        if most >= 2 * unit:
            return unit, say(word)
    return 1.0, ""


def short(name: str) -> str:
    """Return a name cut to what an axis or a key has room for."""
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def legend(sheet: Figure, entries: int) -> None:
    """Put a key above the axes, of so many entries in a row as there is room for."""
    labels = [label for axes in sheet.axes for label in axes.get_legend_handles_labels()[1]]
    room = int(sheet.get_figwidth() * _LETTERS / (max(map(len, labels), default=0) + _HANDLE))
    columns = max(1, min(3, entries, room))
    sheet.legend(loc="outside upper left", ncols=columns, frameon=False, handlelength=1.6, columnspacing=1.2)


@contextmanager
def sheet_of(salt: str, width: float, height: float) -> Iterator[tuple[Figure, Axes]]:
    """Open a figure of that size in inches in the house style; fonts are the page's, so no glyph is missed here."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter

    with house_style(salt):
        sheet = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasSVG(sheet)
        axes = sheet.add_subplot()
        axes.spines[["top", "right"]].set_visible(False)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(FuncFormatter(_tick))
        yield sheet, axes


def _tick(value: float, _: int | None) -> str:
    return number(value, 0) if abs(value) >= 1000 else figure(value)


def svg_of(sheet: Figure, prefix: str) -> Drawing:
    """Return the figure as one SVG element whose ids are its own and which loads nothing."""
    return Drawing(sheet, prefix)
