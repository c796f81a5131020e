"""What purchases put in force: columns of effects where they are not simply the purchases, and curves.

The map has a row for each (measure, year of effect), counted measure by measure.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from oshopt.allocation.columns import Bought
from oshopt.allocation.program import Entries, Ints, Rows
from oshopt.risk import ScenarioArrays
from oshopt.risk.service import Floats


def effect_map(arrays: ScenarioArrays, rows: Rows, bought: Bought, span: int, exact: Any) -> Entries:
    """Return E, the share of the full effect in force, in rows m·span + t, and write down what defines it.

    E is the purchases themselves where no two can be in force at once and the effect is straight; else a column that
    the share in force, its curve and the room of the measure limit from above; of `exact` measures also from below.
    """
    measures = len(arrays.measures)
    own = (arrays.lifetime > 1) & ~arrays.once
    own[list(arrays.curves)] = True
    purchase, year = bought.in_force(arrays, span)
    row = bought.measure[purchase] * span + year
    force = Entries(row, purchase, bought.extent[purchase])
    used = np.zeros(measures * span, dtype=bool)
    used[force.row] = True
    used &= np.repeat(own, span)
    cells = np.flatnonzero(used)
    names = [f"effect {arrays.measures[i // span]} {arrays.years[0] + i % span}" for i in cells.tolist()]
    top = _most(arrays)
    column = np.full(measures * span, -1, dtype=np.int64)
    column[cells] = rows.add_columns(names, 0.0, top[cells // span])
    straight = used & ~np.repeat(np.isin(np.arange(measures), list(arrays.curves)), span)
    _straight_rows(arrays, rows, force, column, straight, exact, span)
    for m in arrays.curves:
        _curve_rows(arrays, rows, force.where(force.row // span == m), (m, column, span), exact=bool(exact[m]))
    plain = force.where(~used[force.row])
    return Entries.joined([plain, Entries(cells, column[cells], np.ones(len(cells)))])


def _most(arrays: ScenarioArrays) -> Floats:
    """Return the greatest effect that each measure can have in force, shape (M,)."""
    most = arrays.room.copy()
    for m, choices in arrays.choices.items():
        most[m] = min(most[m], float(choices.extent.max()))
    return most


def _straight_rows(
    arrays: ScenarioArrays, rows: Rows, force: Entries, column: Ints, straight: Any, exact: Any, span: int
) -> None:
    place = np.where(straight, np.cumsum(straight) - 1, -1)
    cells = np.flatnonzero(straight)
    limits = Entries.joined(
        [force.times(-1.0).to(place), Entries(np.arange(len(cells)), column[cells], np.ones(len(cells)))]
    )
    names = [f"force {arrays.measures[i // span]} {arrays.years[0] + i % span}" for i in cells.tolist()]
    rows.add_rows(names, limits, np.where(exact[cells // span], 0.0, -np.inf), 0.0)


def _curve_rows(
    arrays: ScenarioArrays, rows: Rows, force: Entries, where: tuple[int, Ints, int], *, exact: bool
) -> None:
    """Write down E ≤ curve(S): below every line where the curve is concave, else piece after piece."""
    m, column, span = where
    cost, gain = arrays.curves[m]
    slopes = np.diff(gain) / np.diff(cost)
    concave = all(after <= before * (1 + 1e-12) for before, after in pairwise(slopes.tolist()))
    for cell in np.unique(force.row).tolist():
        name = f"{arrays.measures[m]} {arrays.years[0] + cell % span}"
        bought = force.where(force.row == cell)
        bought = bought._replace(row=np.zeros_like(bought.row))
        if concave and not exact:
            for i, slope in enumerate(slopes.tolist()):
                entries = _with(bought.times(-slope), column[cell], 1.0)
                rows.add_rows([f"force {name} {i}"], entries, -np.inf, float(gain[i] - slope * cost[i]))
        else:
            _piece_rows(rows, name, bought, int(column[cell]), (cost, gain), exact=exact)


def _with(entries: Entries, column: int, value: float) -> Entries:
    return Entries(np.append(entries.row, 0), np.append(entries.column, column), np.append(entries.value, value))


def _piece_rows(
    rows: Rows, name: str, bought: Entries, effect: int, curve: tuple[Floats, Floats], *, exact: bool
) -> None:
    """Write down a curve as pieces filled one after the other: f_i ≥ b ≥ f_{i+1} with b whole where the slope rises.

    Σ width·f is at most the share in force, E at most Σ gain·f; both are equal where the effect must be `exact`.
    """
    width, gain = np.diff(curve[0]), np.diff(curve[1])
    piece = rows.add_columns([f"piece {name} {i}" for i in range(len(width))], 0.0, 1.0)
    zeros = np.zeros(len(piece), dtype=np.int64)
    filled = Entries.joined([Entries(zeros, piece, width), bought.times(-1.0)])
    low = 0.0 if exact else -np.inf
    rows.add_rows([f"force {name}"], filled, low, 0.0)
    rows.add_rows([f"curve {name}"], _with(Entries(zeros, piece, -gain), effect, 1.0), low, 0.0)
    slopes = gain / width
    first = 0
    for i, (before, after) in enumerate(pairwise(slopes.tolist()), start=1):
        if after <= before and not exact:
            continue
        whole = int(rows.add_columns([f"past {name} {i}"], 0.0, 1.0, integer=True)[0])
        stop = next((j for j in range(i + 1, len(slopes)) if exact or slopes[j] > slopes[j - 1]), len(slopes))
        inside = [(f"full {name} {i} {j}", whole, int(piece[j])) for j in range(first, i)]
        beyond = [(f"beyond {name} {i} {j}", int(piece[j]), whole) for j in range(i, stop)]
        for label, less, more in [*inside, *beyond]:
            pair = Entries(np.zeros(2, dtype=np.int64), np.array([less, more]), np.array([1.0, -1.0]))
            rows.add_rows([label], pair, -np.inf, 0.0)
        first = i
