"""The shipped history is what its script makes."""

from __future__ import annotations

from pathlib import Path

from benchmarks.food_plant_history import as_csv


def test_the_shipped_history_is_the_script_s(shipped: Path) -> None:
    assert (shipped / "food-plant" / "history.csv").read_text(encoding="utf-8") == as_csv()
