from __future__ import annotations

import math

import pytest

from oshopt.reporting.notes import blocks
from oshopt.reporting.numbers import decimals_apart, figure, money, money_words, percent, signed, years


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (money(300000.0), "300 000"),
        (money(0.3), "0.3"),
        (money(-1234567.0), "−1 234 567"),
        (money(math.inf), "∞"),
        (money_words(10989010.989), "11.0 million"),
        (money_words(999_999.0), "1.00 million"),
        (money_words(999_400.0), "999 400"),
        (money_words(99.96e6), "100 million"),
        (money_words(2.5e9), "2.50 billion"),
        (money_words(752.19), "752"),
        (years(46.630037), "46.6"),
        (years(-0.01), "0.0"),
        (years(2500.4), "2 500"),
        (years(math.inf), "∞"),
        (signed(9.963), "+10.0"),
        (signed(-0.5), "−0.5"),
        (signed(0.001), "0.0"),
        (signed(math.inf), "+∞"),
        (percent(0.004), "under 1 %"),
        (percent(0.9999), "over 99 %"),
        (percent(1.0), "100 %"),
        (figure(0.0030), "0.003"),
        (figure(1e-15), "0"),
        (figure(0.0), "0"),
    ],
)
def test_figures_are_written_for_people(written: str, expected: str) -> None:
    assert written.replace("\u202f", " ") == expected


@pytest.mark.parametrize(
    ("values", "decimals"),
    [((44.98, 43.76), 1), ((45.01, 45.02), 2), ((45.0, 45.0), 1), ((45.0, math.inf), 1), ((1.0, 1.00001), 4)],
)
def test_decimals_keep_figures_apart(values: tuple[float, ...], decimals: int) -> None:
    assert decimals_apart(values) == decimals


def test_notes_become_plain_blocks() -> None:
    found = blocks("# Title\nText that\ngoes **on**.\n- one\n  more\n- `two`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert [(block.kind, block.rows) for block in found] == [
        ("heading", (("Title",),)),
        ("text", (("Text that goes on.",),)),
        ("list", (("one more",), ("two",))),
        ("table", (("a", "b"), ("1", "2"))),
    ]


def test_notes_of_nothing_are_nothing() -> None:
    assert blocks(" \n\n") == []
