"""Money on each input group beside its gap, so that a neglected group shows; and where an enterprise stands as one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from oshopt.assessment.compliance import comply
from oshopt.assessment.scoring import score
from oshopt.assessment.targets import form_of, headcounts
from oshopt.model import (
    Answer,
    Assessment,
    Category,
    Compliance,
    Evaluation,
    FactorEntry,
    FrozenMap,
    Scenario,
    ScorecardForm,
)
from oshopt.model.assessment import GapMoney

NEGLECT = 0.5
"""A group whose part of the money is below this part of its part of the gaps is neglected."""


def assess(
    scenario: Scenario, evaluations: Mapping[str, Evaluation] | None = None, nothing: Evaluation | None = None
) -> Assessment:
    """Return where the enterprise of a scenario stands, and the money of strategies against the gaps.

    Money needs the `evaluations` of strategies by name and that of doing nothing. Raises `InputError` for answers and
    levels that contradict each other.
    """
    found = assess_answers(
        scenario.name,
        scenario.scorecard,
        scenario.compliance,
        form=form_of(scenario),
        readings=scenario.settings.assessment.readings,
        headcounts=headcounts(scenario),
    )
    if found.compliance is None or nothing is None:
        return found
    money = {
        name: money_against_gap(found.compliance, money_by_group(scenario, evaluation, nothing))
        for name, evaluation in (evaluations or {}).items()
    }
    return found.model_copy(update={"money": FrozenMap(money)})


def assess_answers(
    name: str,
    answers: Sequence[Answer],
    levels: Sequence[FactorEntry],
    *,
    form: ScorecardForm | None = None,
    readings: Sequence[str] = (),
    headcounts: Mapping[str, int] | None = None,
) -> Assessment:
    """Return where an enterprise stands by its answers alone; see `score` and `comply`."""
    return Assessment(
        name=name,
        scorecard=score(answers, form, readings) if answers else None,
        compliance=comply(levels, headcounts) if levels else None,
    )


def money_by_group(scenario: Scenario, evaluation: Evaluation, nothing: Evaluation) -> dict[str, float]:
    """Return the money of a strategy beyond that of doing nothing by input group: new shares and upkeep, all years."""
    sums: dict[str, list[float]] = {}
    for name, measure in scenario.measures.items():
        if measure.category is not None:
            spent = [
                sum(row.get(name, FrozenMap[int, float]()).values()) for row in (evaluation.spend, evaluation.upkeep)
            ]
            today = [sum(row.get(name, FrozenMap[int, float]()).values()) for row in (nothing.spend, nothing.upkeep)]
            sums.setdefault(measure.category.value, []).append(math.fsum(spent) - math.fsum(today))
    return {group: math.fsum(amounts) for group, amounts in sums.items()}


def money_against_gap(compliance: Compliance, money: Mapping[str, float]) -> tuple[GapMoney, ...]:
    """Return each input group's gap and money, and which groups are neglected."""
    gaps = {group: 1.0 - compliance.groups[group.value].low for group in Category}
    whole, spent = math.fsum(gaps.values()), math.fsum(max(0.0, money.get(group.value, 0.0)) for group in Category)
    rows = []
    for group, gap in gaps.items():
        amount = money.get(group.value, 0.0)
        gap_share = gap / whole if whole > 0 else 0.0
        money_share = max(0.0, amount) / spent if spent > 0 else 0.0
        rows.append(
            GapMoney(
                group=group,
                gap=gap,
                gap_share=gap_share,
                money=amount,
                money_share=money_share,
                neglected=gap > 0 and money_share < NEGLECT * gap_share,
            )
        )
    return tuple(rows)
