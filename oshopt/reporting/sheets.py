"""Sheets of a workbook for people: figures as numbers in their form, texts as texts, widths, heads that stay, print."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from oshopt.language import say
from oshopt.reporting.exact import Exact, Kind
from oshopt.reporting.numbers import without_controls
from oshopt.reporting.spread import Spread, spread_out
from oshopt.reporting.tables import Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_COLOURS = ("#0b3c6f", "#f0c27b", "#6fa8d6", "#c8651b", "#d9ecf7", "#1f8463", "#fbe3c0", "#86479c")
"""Fills of charts, neighbours apart in lightness too, so that they survive print in grey."""
Series = tuple[str, tuple[str, int, int, int, int], tuple[str, int, int, int, int]]
"""Name, categories and values of a series of a chart: ranges as sheet, first row and column, last row and column."""
_LONGEST = 32_767
_INK, _HEAD, _LINE, _CHANGEABLE = "#1f2933", "#e6edf3", "#b8c2cb", "#fff8dc"
_NARROW, _WIDE, _PROSE = 9.0, 34.0, 62.0
_CHARACTER = 1.05
_HEIGHT, _MOST_LINES = 15.0, 27
"""Height of a line, and lines that a row can be high."""
_LINE_LENGTH = 110
"""Characters of a line of a note."""
_PIXELS = 640, 360


class Sheets:
    """A workbook being written: its sheets, formats and charts."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, **properties: Any) -> Format:
        """Return a format; equal ones are one."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": "Calibri", "font_size": 11, "font_color": _INK, "valign": "top"}
            self._formats[key] = self.book.add_format(base | properties)
        return self._formats[key]

    def add(self, name: str, title: str, note: str = "") -> Page:
        """Return a new sheet with its title on top."""
        return Page(self, name, title, note)


class Page:
    """One sheet, written from the top down."""

    def __init__(self, sheets: Sheets, name: str, title: str, note: str = "") -> None:
        self.sheets, self.name = sheets, name
        self.sheet: Worksheet = sheets.book.add_worksheet(name)
        self.row = 0
        self._widths: dict[int, float] = {}
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.sheet.set_footer("&L&A&R&P / &N")
        self.text(0, 0, title, bold=True, font_size=14)
        self.row = 1
        if note:
            self.note(note)
        self.row += 1

    def text(self, row: int, column: int, text: str, **style: Any) -> None:
        """Write a text as a text, whatever it looks like."""
        plain = without_controls(text)
        shown = plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"
        self.sheet.write_string(row, column, shown, self.sheets.style(**style))

    def note(self, text: str) -> None:
        """Write a text in lines of a page's width and go on below it."""
        for line in textwrap.wrap(without_controls(text), _LINE_LENGTH) or [""]:
            self.text(self.row, 0, line, italic=True)
            self.row += 1

    def number(self, row: int, column: int, value: float, form: str, **style: Any) -> None:
        """Write a number in a form; ∞ is a text."""
        if math.isfinite(value):
            self.sheet.write_number(row, column, value, self.sheets.style(num_format=form, **style))
        else:
            self.text(row, column, "∞" if value > 0 else "−∞", **(style | {"align": "right"}))

    def formula(self, row: int, column: int, formula: str, value: float | str, form: str, **style: Any) -> None:
        """Write a formula with the value that it has."""
        self.sheet.write_formula(row, column, formula, self.sheets.style(num_format=form, **style), value)

    def cell(self, row: int, column: int, cell: str, **style: Any) -> None:
        """Write a cell of a table: a figure as the number behind it, everything else as text."""
        if isinstance(cell, Exact):
            self.number(row, column, cell.value, form_of(cell), **style)
        else:
            self.text(row, column, cell, **style)

    def heads(self, titles: Sequence[str], numeric: Sequence[bool]) -> None:
        """Write a row of heads and go on below it."""
        for at, (title, right) in enumerate(zip(titles, numeric, strict=True)):
            side = "right" if right else "left"
            self.text(self.row, at, title, bold=True, bg_color=_HEAD, bottom=1, text_wrap=True, align=side)
        self.row += 1

    def widen(self, column: int, characters: float, most: float = _WIDE) -> None:
        """Give a column room for so many characters, up to `most`."""
        wanted = min(most, max(_NARROW, characters * _CHARACTER + 1.5))
        if wanted > self._widths.get(column, 0.0):
            self._widths[column] = wanted
            self.sheet.set_column(column, column, wanted)

    def table(self, table: Table, *, title: bool = True) -> tuple[int, list[Spread]]:
        """Write a table and leave a row free; return the row of its first line and its columns."""
        columns = spread_out(table)
        if title:
            self.text(self.row, 0, table.title, bold=True, font_size=12)
            self.row += 1
        right = [spread.column.numeric or bool(spread.part) for spread in columns]
        self.heads([spread.title for spread in columns], right)
        first = self.row
        for at, row in enumerate(table.rows):
            total = table.totals and at == len(table.rows) - 1
            rule: dict[str, Any] = {"bold": True, "top": 1} if total else {"bottom": 4, "bottom_color": _LINE}
            for position, spread in enumerate(columns):
                side = {"align": "right"} if right[position] else {"text_wrap": True}
                cell = spread.cell(row)
                if spread.column.prose:
                    self.text(self.row, position, cell, **side, **rule)
                else:
                    self.cell(self.row, position, cell, **side, **rule)
            self.row += 1
        for position, spread in enumerate(columns):
            self._fit(position, spread, table)
        self._heighten(first, columns, table)
        if table.note:
            self.note(table.note)
        self.row += 1
        return first, columns

    def _heighten(self, first: int, columns: Sequence[Spread], table: Table) -> None:
        """Give every row room for the lines into which its texts break."""
        lines = [_lines(spread.title, self._widths[at]) for at, spread in enumerate(columns)]
        self.sheet.set_row(first - 1, _HEIGHT * max(lines))
        for down, row in enumerate(table.rows):
            texts = [spread.cell(row) for spread in columns]
            long = [_lines(text, self._widths[at]) for at, text in enumerate(texts) if not isinstance(text, Exact)]
            self.sheet.set_row(first + down, _HEIGHT * min(max(long, default=1), _MOST_LINES))

    def _fit(self, position: int, spread: Spread, table: Table) -> None:
        longest = max((len(spread.cell(row)) for row in table.rows), default=0)
        words = max((len(word) for word in spread.title.split()), default=0)
        self.widen(position, max(longest, words, min(len(spread.title), 18)), _PROSE if spread.column.prose else _WIDE)

    def keep_heads(self, row: int, columns: int = 1) -> None:
        """Keep what stands above a row and left of a column in sight, and print the row above on every page."""
        self.sheet.freeze_panes(row, columns)
        self.sheet.repeat_rows(row - 1)

    def breaking(self, text: str, width: float) -> None:
        """Give the row being written room for a text that breaks in a column of that width."""
        self.sheet.set_row(self.row, _HEIGHT * _lines(text, width))

    def changeable(self) -> dict[str, Any]:
        """Return the look of a cell that is meant to be changed."""
        return {"bg_color": _CHANGEABLE, "border": 1, "border_color": _LINE}


def _lines(text: str, width: float) -> int:
    """Return the lines into which a text breaks in a column of that width."""
    return sum(max(1, math.ceil(len(line) * 0.85 / width)) for line in text.split("\n"))


def form_of(cell: Exact) -> str:
    """Return the form in which a spreadsheet shows a figure."""
    places = "." + "0" * min(cell.decimals, 9) if cell.decimals > 0 else ""
    if cell.kind is Kind.SHARE:
        return f"0{places}%"
    if cell.kind is Kind.MONEY:
        return "#,##0" if abs(cell.value) >= 1000 or not places else "#,##0.00"
    return f"+#,##0{places};-#,##0{places};0{places}" if cell.kind is Kind.DIFFERENCE else f"#,##0{places}"


def add_chart(
    page: Page,
    kind: dict[str, str],
    series: Sequence[Series],
    *,
    title: str,
    axis: str,
    place: tuple[int, int],
    form: str = "#,##0",
) -> None:
    """Draw a chart of a sheet's own cells: each series has a name, its categories and its values, as cell ranges."""
    chart: Chart = page.sheets.book.add_chart(kind)
    for at, (name, categories, values) in enumerate(series):
        look = {"fill": {"color": _COLOURS[at % len(_COLOURS)]}, "border": {"color": _INK, "width": 0.5}}
        chart.add_series({"name": name, "categories": [*categories], "values": [*values], "gap": 60, **look})
    chart.set_title({"name": title, "name_font": {"size": 12, "bold": True}, "overlay": False})
    along, up = ("set_y_axis", "set_x_axis") if kind["type"] == "bar" else ("set_x_axis", "set_y_axis")
    grid = {"visible": True, "line": {"color": _LINE, "width": 0.5}}
    getattr(chart, up)(
        {"name": axis, "num_format": form, "min": 0, "major_gridlines": grid, "name_font": {"bold": False}}
    )
    getattr(chart, along)({"reverse": kind["type"] == "bar", "num_font": {"size": 9}})
    chart.set_legend({"none": True} if len(series) < 2 else {"position": "bottom"})
    height = _PIXELS[1]
    if kind["type"] == "bar":
        count = max(values[3] - values[1] + 1 for _, _, values in series)
        height = max(220, min(900, 150 + 26 * count))
    chart.set_size({"width": _PIXELS[0], "height": height})
    page.sheet.insert_chart(
        *place, chart, {"description": say("{title}: the table on this sheet has the figures.", title=title)}
    )
