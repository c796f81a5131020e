"""Tables that may stand as a matrix, with a column for each indicator: turned into one row for each cell.

Problems of the rows made keep the place of the cell that they come from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from oshopt.files.columns import table_columns
from oshopt.model import KEYS, MATRICES, Problem

Records = list[tuple[int, Sequence[object]]]
NameCell = Callable[[int, int, str], str]

_ID = re.compile(r"\w[\w.\-]{0,63}")


def unrolled(table: str, file: str, records: Records, name_cell: NameCell) -> tuple[Records, NameCell, list[Problem]]:
    """Return the records with a row for each filled cell of a matrix, how to name their cells, and bad headers.

    Records of other tables, and of tables that have their two columns already, come back as they are.
    """
    if table not in MATRICES or not records:
        return records, name_cell, []
    number, header = records[0]
    names = ["" if cell is None else str(cell).strip() for cell in header]
    heads = [name.casefold() for name in names]
    if not set(MATRICES[table]).isdisjoint(heads):
        return records, name_cell, []
    known = table_columns(table)
    fixed = [at for at, head in enumerate(heads) if head in known or not head]
    free: dict[str, int] = {}
    problems = []
    for at, name in enumerate(names):
        if at in fixed:
            continue
        message, remedy = "", ""
        if not _ID.fullmatch(name):
            message, remedy = "this cannot be the id of an indicator", f"Give {known['indicator'].limits}."
        elif name in free:
            message, remedy = "a second column of this name", "Keep one of the two columns."
        if message:
            place = name_cell(number, at, name)
            problems.append(Problem(table, "", name, name, message, remedy, file, place))
        else:
            free[name] = at
    single, again = _without_repeats(table, file, records, heads, name_cell)
    return *_rows(table, single, fixed, free, name_cell), [*problems, *again]


def _without_repeats(
    table: str, file: str, records: Records, heads: list[str], name_cell: NameCell
) -> tuple[Records, list[Problem]]:
    """Return the records without second rows of one key, and a problem for each of these."""
    keys = [column for column in KEYS[table] if column != MATRICES[table][0]]
    places = [heads.index(column) for column in keys if column in heads]
    first: dict[tuple[str, ...], int] = {}
    kept, problems = [records[0]], []
    for row, cells in records[1:]:
        key = tuple("" if at >= len(cells) or _empty(cells[at]) else str(cells[at]).strip() for at in places)
        if key in first and any(key):
            at = next(place for place, part in zip(places, key, strict=True) if part)
            message = f"a second row of the same {', '.join(keys)} (the first is {name_cell(first[key], -1, '')})"
            place = name_cell(row, at, heads[at])
            remedy = "Keep one of the rows, or rename one."
            problems.append(
                Problem(table, " ".join(filter(None, key)), heads[at], key[0], message, remedy, file, place)
            )
        else:
            first[key] = row
            kept.append((row, cells))
    return kept, problems


def _empty(cell: object) -> bool:
    return cell is None or not str(cell).strip()


def _rows(
    table: str, records: Records, fixed: list[int], free: dict[str, int], name_cell: NameCell
) -> tuple[Records, NameCell]:
    (number, header), *body = records
    pair = MATRICES[table]
    alone = not table_columns(table)[pair[0]].needed
    made: Records = [(number, [*(header[at] for at in fixed), *pair])]
    origin: dict[int, tuple[int, int, str]] = {}
    following = body[-1][0] + 1 if body else number + 1

    def add(row: int, cells: list[object], at: int, name: str) -> None:
        key = following + len(origin)
        origin[key] = (row, at, name)
        made.append((key, cells))

    for row, cells in body:
        held = [cells[at] if at < len(cells) else None for at in fixed]
        extra = list(cells[len(header) :])
        filled = [(name, at) for name, at in free.items() if at < len(cells) and not _empty(cells[at])]
        for name, at in filled:
            add(row, [*held, name, cells[at], *extra], at, name)
        if not filled and (alone or extra):
            add(row, [*held, None, None, *extra], -1, "")

    def named(row: int, position: int, column: str) -> str:
        at = fixed[position] if 0 <= position < len(fixed) else -1
        if row not in origin:
            return name_cell(row, at, column)
        source, place, name = origin[row]
        inside = position in (len(fixed), len(fixed) + 1)
        return name_cell(source, place, name) if inside else name_cell(source, at, column)

    return made, named
