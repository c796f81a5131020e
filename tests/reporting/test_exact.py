"""Cells of tables are texts for people that keep their exact values."""

from __future__ import annotations

import math
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oshopt.model import Label
from oshopt.reporting.exact import Compound, Exact, Kind
from oshopt.reporting.numbers import beside, figure, money, number, percent, signed, years
from oshopt.reporting.ranges import around, ranged


@given(st.floats(allow_nan=False))
def test_a_figure_keeps_its_value_and_kind(value: float) -> None:
    for cell, kind in ((money(value), Kind.MONEY), (years(value), Kind.YEARS), (signed(value), Kind.DIFFERENCE)):
        assert cell.value == value
        assert cell.kind is kind
    assert number(value, 2).value == figure(value).value == value


@given(st.floats(0, 1))
def test_a_percentage_keeps_the_share(value: float) -> None:
    cell = percent(value)
    assert (cell.value, cell.kind) == (value, Kind.SHARE)
    assert "%" in cell


def test_prose_forgets_the_value() -> None:
    assert type(f"{money(1234.5)}") is str
    assert money(1234.5) == "1\u202f234"
    assert money(1234.5).value == 1234.5


def test_cells_of_several_figures_name_them() -> None:
    part = beside(money(500.0), share=percent(0.25))
    assert part == "500 (25\u202f%)"
    assert [(name, cell.value) for name, cell in part.parts.items() if isinstance(cell, Exact)] == [
        ("", 500.0),
        ("share", 0.25),
    ]
    assert ranged("1", "2") == "1 to 2"
    band = around(years(2.0), years(1.0), years(math.inf))
    assert band == "2.0 (1.0 to ∞)"
    assert isinstance(band, Compound)
    assert list(band.parts) == ["", "low", "high"]


@pytest.mark.parametrize("text", ["Guards", "Ґрати", ""])
def test_a_label_keeps_its_id_in_other_processes(text: str) -> None:
    label = pickle.loads(pickle.dumps(Label(text, "guards")))  # noqa: S301
    assert (label, label.id) == (text, "guards")
