"""Answer sheets made for tests: as dictionaries `indicator.part` → value, and random ones without contradictions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from oshopt.assessment import score
from oshopt.model import Answer, Scorecard, ScorecardForm
from oshopt.model.assessment import IndicatorScore

Values = Mapping[str, bool | float | int | None]
PAIRS = {
    "3": ("done", "planned"),
    "6": ("done", "planned"),
    "8": ("remedied", "found"),
    "10": ("remedied", "found"),
    "13": ("done", "planned"),
    "14": ("provided", "entitled"),
    "16": ("done", "due"),
    "17": ("done", "due"),
    "18": ("done", "due"),
    "19": ("done", "due"),
}
"""What is done and what is due, by indicator."""
YES_NO = ("11.follows", "12.follows", "15.stage-1", "15.stage-2", "15.stage-3", "21.insured", "21.valid")
ROOMS = (
    *("lockers-men", "lockers-women", "showers-men", "showers-women", "basins"),
    *("toilets-men", "toilets-women", "hygiene-room"),
)
JUDGED = {"22.points": 5, "23.points": 5, "27.points": 12, "27.part": 12, "27.proposals": 12}


def answers(values: Values) -> list[Answer]:
    """Rows of a sheet; judged figures get a reason."""
    rows = []
    for ref, value in values.items():
        indicator, _, part = ref.partition(".")
        figure = value if isinstance(value, bool) or value is None else float(value)
        rows.append(Answer(indicator=indicator, part=part, value=figure, note="papers seen"))
    return rows


def card(values: Values, form: ScorecardForm | None = None, readings: tuple[str, ...] = ()) -> Scorecard:
    """The scorecard of a sheet."""
    return score(answers(values), form, readings)


def indicator(number: int | str, values: Values, **options: Any) -> IndicatorScore:
    """One indicator of a sheet."""
    return next(i for i in card(values, **options).indicators if i.id == str(number))


@st.composite
def whole_sheets(draw: Any) -> dict[str, bool | int]:
    """Draw answers to every part that contradict nothing."""
    values: dict[str, bool | int] = {}
    for gate, due, done in (
        ("1.commission", "1.members", "2.trained"),
        ("4.elected", "4.representatives", "5.trained"),
    ):
        values[gate] = draw(st.booleans())
        values[due] = draw(st.integers(1, 9)) if values[gate] else 0
        values[done] = draw(st.integers(0, values[due]))
    for name, (done, due) in PAIRS.items():
        values[f"{name}.{due}"] = draw(st.integers(0, 200))
        values[f"{name}.{done}"] = draw(st.integers(0, values[f"{name}.{due}"]))
    values |= {ref: draw(st.booleans()) for ref in YES_NO}
    values |= {ref: draw(st.integers(0, 7)) for ref in ("7.reviews", "9.defended", "24.resolved", "25.drafts")}
    values |= {"26.resolved": draw(st.integers(0, 7)), "8.checks": draw(st.integers(0, 9))}
    values |= {"20.men": draw(st.integers(0, 60)), "20.women": draw(st.integers(0, 60))}
    values |= {f"20.{room}": draw(st.integers(0, 60)) for room in ROOMS}
    values |= {f"15.interval-{i}": draw(st.integers(0, 9)) for i in (1, 2, 3)}
    values |= {"21.amount": draw(st.integers(0, 9)), "27.commissions": draw(st.integers(1, 3))}
    return values | {ref: draw(st.integers(0, most)) for ref, most in JUDGED.items()}


def better(values: dict[str, bool | int]) -> list[str]:
    """Parts of which one more, or a yes, is an improvement that contradicts nothing."""
    found = [*YES_NO, "7.reviews", "9.defended", "24.resolved", "25.drafts", "26.resolved"]
    found += [f"20.{room}" for room in ROOMS]
    found += [
        f"{name}.{done}" for name, (done, due) in PAIRS.items() if values[f"{name}.{done}"] < values[f"{name}.{due}"]
    ]
    found += [
        ref
        for ref, due in (("2.trained", "1.members"), ("5.trained", "4.representatives"))
        if values[ref] < values[due]
    ]
    found += [ref for ref, most in JUDGED.items() if values[ref] < most]
    return found
