"""The programs of `features`, as LP text; `python -m tests.allocation.golden_programs` writes the files anew.

Read the difference before it goes in: every changed line is a changed model.
"""

from __future__ import annotations

from pathlib import Path

from oshopt.allocation.adapter import lp_text
from oshopt.allocation.formulation import Task, formulate
from oshopt.model import AfterHorizon, Scenario
from oshopt.risk import arrays_of, funding_of
from oshopt.risk.evaluation import discount
from oshopt.risk.prices import benefit_rate, ended_rate
from oshopt.risk.rules import rule_spans
from tests.allocation.features import FEATURES

FOLDER = Path(__file__).parent / "golden"


def program_text(scenario: Scenario) -> str:
    """Return the program of a scenario's greatest mean effect as LP text."""
    arrays = arrays_of(scenario)
    keep = scenario.settings.after_horizon is AfterHorizon.KEEP
    rules = tuple(rule_spans(scenario, arrays))
    task = Task(
        arrays=arrays,
        funding=funding_of(scenario, arrays),
        keep=keep,
        discount=discount(scenario),
        benefit=benefit_rate(scenario),
        ended=ended_rate(scenario),
        limits=(),
        rules=rules,
    )
    plain = formulate(task)
    return lp_text(plain.program, -plain.mean_effect_vector())


if __name__ == "__main__":
    for feature in FEATURES:
        (FOLDER / f"{feature.name}.lp").write_text(program_text(feature.small), encoding="utf-8")
