"""Results told in Ukrainian: nothing English and no decimal point is left in them, whatever the case."""

from __future__ import annotations

from tests.language.told import english_left, points_left
from tests.making import reference

NAMED = "Захід «m01 strategy-1» і 3,5 року; Workers' group"


def test_english_and_points_are_found() -> None:
    scenario = reference()
    assert english_left(NAMED, scenario) == {"Workers", "group"}
    assert english_left("R_acc = 0,11; SHA-256, n = 3 of 4", scenario) == set()
    assert english_left("safe_service: стаж", scenario) == {"safe_service"}
    assert english_left("oshopt plan PATH", scenario, "oshopt plan PATH") == set()
    assert english_left("strateg… Stopped…", scenario) == {"Stopped"}
    assert points_left("3.5 і 3,5; HiGHS 1.15.1, PuLP 4.0.0a8", scenario) == {"3.5"}
