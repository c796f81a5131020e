"""How the time of a replication divides between the enterprise (SimPy) and its people, on two cases, in one run.

Usage: python -m benchmarks.enterprise [--replications N]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import oshopt
from oshopt.model import Scenario, Strategy
from oshopt.simulation.replications import Job, Prepared
from oshopt.simulation.workforce import warm_up

ROOT = Path(__file__).resolve().parent.parent


def large() -> tuple[Scenario, Strategy]:
    """Return 10 000 people over 20 years under a plan of 20 measures with delays."""
    from oshopt.model import Budget, FrozenMap, Measure, Settings, WorkGroup

    measures = {
        f"m{i:02d}": Measure(
            id=f"m{i:02d}", weight=0.05, full_cost=100.0, lifetime=5, lead_time=1.0, lead_time_spread=0.3, upkeep=0.05
        )
        for i in range(20)
    }
    group = WorkGroup(
        id="all", headcount=10_000, risk_increment=0.004, acceptable_risk=0.11, turnover=0.08, susceptibility=0.3
    )
    settings = Settings(name="large", currency="EUR", start_year=2026, horizon=20, budget=Budget(per_year=1000.0))
    scenario = Scenario(settings=settings, measures=measures, groups={"all": group})
    years = dict.fromkeys(scenario.years[::5], 100.0)
    spend = {name: FrozenMap({y + i % 5: z for y, z in years.items()}) for i, name in enumerate(measures)}
    return scenario, Strategy(id="rolling", spend=FrozenMap(spend))


def milliseconds(work: Callable[[], object], turns: int = 5) -> float:
    """Return the best processor time of a few turns."""
    best = float("inf")
    for _ in range(turns):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return 1e3 * best


def main() -> None:
    """Time both parts of a replication and print a table."""
    parser = argparse.ArgumentParser(description="Time a replication of the enterprise and of its people.")
    parser.add_argument("--replications", type=int, default=20, help="replications of a turn")
    count = parser.parse_args().replications
    warm_up()
    plant = oshopt.load(ROOT / "scenarios" / "food-plant")
    cases = {"food-plant, as-planned": (plant, plant.strategy("as-planned")), "10 000 people, 20 years": large()}
    print(f"{'one replication, ms':<28}{'enterprise':>12}{'in all':>9}{'share':>8}{'1000 on 2 cores':>18}")
    for name, (scenario, strategy) in cases.items():
        prepared = Prepared(Job(scenario, strategy, 1))
        prepared.run(0, 1)
        alone = milliseconds(lambda p=prepared: [p.enterprise.run(1, r) for r in range(count)]) / count
        whole = milliseconds(lambda p=prepared: p.run(0, count)) / count
        print(f"{name:<28}{alone:>12.2f}{whole:>9.2f}{alone / whole:>8.0%}{whole / 2:>16.2f} s")


if __name__ == "__main__":
    main()
