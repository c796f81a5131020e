"""Many replications: equal bits under any split and after any interruption, precision, and what is told of them."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

import oshopt
from oshopt.model import (
    DO_NOTHING,
    Budget,
    FrozenMap,
    InputError,
    Scenario,
    SimulationSettings,
    Strategy,
    Study,
    WorkGroup,
)
from oshopt.risk.exposure import ExposurePath
from oshopt.risk.kernel import first_passage
from oshopt.simulation import Clock, Effort, simulate_each
from oshopt.simulation.outcome import difference_of, figures, over_groups
from oshopt.simulation.replications import QUANTITIES, Job, Prepared, crossing_of
from tests.making import reference, scenario_of
from tests.simulation.test_enterprise import bought, two_measures

YEAR = 2026
PEOPLE = {"headcount": 40, "turnover": 0.2, "susceptibility": 0.6, "served": 4.0, "injury_rate": 0.2, "lost_days": 7.0}
COUNT = 24


def busy() -> Scenario:
    """Return a scenario in which everything is random."""
    groups = (
        WorkGroup(id="g", risk_increment=0.02, acceptable_risk=0.1, risk_increment_spread=0.3, **PEOPLE),
        WorkGroup(id="h", risk_increment=0.01, acceptable_risk=0.05, yearly_noise=0.4, **PEOPLE),
    )
    rules = SimulationSettings(crews=1, cost_overrun=0.3, shock_rate=0.5, shock_size=0.5, shock_length=0.4)
    measures = two_measures(lead_time=0.7, lead_time_spread=0.5)
    return scenario_of(measures=measures, groups=groups, horizon=3, budget=Budget(per_year=90.0), simulation=rules)


STRATEGIES = [bought({"a": {YEAR: 80.0}}), bought({"a": {YEAR: 80.0}, "b": {YEAR: 60.0}}).update(id="t")]


def study(**effort: object) -> Study:
    return simulate_each(busy(), STRATEGIES, effort=Effort(replications=COUNT, **effort))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def whole() -> Study:
    return study()


# --- equal bits ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "effort", [{"piece": 1}, {"piece": 7}, {"piece": 1000}, {"threads": 2}, {"threads": 3}], ids=str
)
def test_pieces_and_threads_change_no_bit(whole: Study, effort: dict[str, int]) -> None:
    assert study(**effort) == whole


@pytest.mark.parametrize("processes", [2, 3])
def test_processes_change_no_bit(whole: Study, processes: int) -> None:
    assert study(processes=processes, piece=5) == whole


@pytest.mark.parametrize("processes", [1, 2])
def test_time_is_counted_beside_the_result(whole: Study, processes: int) -> None:
    clock = Clock()
    effort = Effort(replications=COUNT, processes=processes, piece=4)
    assert simulate_each(busy(), STRATEGIES, effort=effort, clock=clock) == whole
    assert clock.enterprise > 0
    assert clock.people > 0


def test_the_order_of_rows_and_other_strategies_change_no_bit(whole: Study) -> None:
    scenario = busy()
    turned = scenario.update(
        measures=FrozenMap(reversed(list(scenario.measures.items()))),
        groups=FrozenMap(reversed(list(scenario.groups.items()))),
    )
    alone = simulate_each(turned, STRATEGIES[1:], effort=Effort(replications=COUNT))
    assert alone.outcomes[0] == whole.outcomes[1]


def test_more_replications_begin_with_the_same_ones() -> None:
    prepared = Prepared(Job(busy(), STRATEGIES[0], 1))
    few, many = prepared.run(0, 3), prepared.run(0, 6)
    assert np.array_equal(few.people, many.people[:3])
    assert np.array_equal(few.service, prepared.run(2, 3).service.repeat(3, axis=0)) is False
    assert np.array_equal(many.head(6).spend[5:], prepared.run(5, 6).spend)


class StopError(Exception):
    """Stands for whatever stops a run."""


def test_a_run_stopped_at_any_moment_goes_on_to_the_same_bits(whole: Study, tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    for attempt in range(10):
        home = tmp_path / str(attempt)
        last = int(rng.integers(1, 2 * COUNT))

        def stop(done: int, whole: int, last: int = last) -> None:
            assert whole == 2 * COUNT
            if done >= last:
                raise StopError

        pieces = rng.choice([1, 3, 8], 2).tolist()
        effort = Effort(replications=COUNT, piece=pieces[0], resume=home)
        with pytest.raises(StopError):
            simulate_each(busy(), STRATEGIES, effort=effort, progress=stop)
        assert list(home.rglob("*.npz"))
        assert study(resume=home, piece=pieces[1]) == whole


_KILLED = """
import sys
from pathlib import Path
from tests.simulation.test_montecarlo import study
if __name__ == "__main__":
    study(resume=Path(sys.argv[1]), piece=1, processes=2)
"""


def test_a_killed_run_goes_on_to_the_same_bits(whole: Study, tmp_path: Path, root: Path) -> None:
    script, home = tmp_path / "killed.py", tmp_path / "run"
    script.write_text(_KILLED, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(root)}
    process = subprocess.Popen([sys.executable, str(script), str(home)], env=environment, stderr=subprocess.DEVNULL)
    while process.poll() is None and len(list(home.rglob("*.npz"))) < 3:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert list(home.rglob("*.npz"))
    assert study(resume=home) == whole


def test_what_is_stored_is_used_if_it_is_sound_and_made_from_the_same(whole: Study, tmp_path: Path) -> None:
    study(resume=tmp_path, piece=6)
    stored = sorted(tmp_path.rglob("*.npz"))
    assert len(stored) == 8
    stored[0].write_bytes(stored[0].read_bytes()[:200])
    stored[1].write_bytes(b"")
    (stored[2].parent / "replications-x.npz").write_bytes(b"")
    seen: list[int] = []
    effort = Effort(replications=COUNT, resume=tmp_path, piece=6)
    again = simulate_each(busy(), STRATEGIES, effort=effort, progress=lambda done, _: seen.append(done))
    assert again == whole
    assert seen == [42, 48]
    study(resume=tmp_path, piece=6, seed=2)
    assert len(list(tmp_path.rglob("*.npz"))) == 17
    assert len(list(tmp_path.iterdir())) == 4


def test_the_crossing_is_the_kernels_first_passage() -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        breaks = np.append(0.0, np.cumsum(rng.uniform(0.1, 2.0, 5)))
        path = ExposurePath.of(breaks, rng.choice([0.0, 0.01, 0.03], 6))
        limit = float(rng.uniform(-0.02, 0.3))
        assert crossing_of(path, limit) == pytest.approx(float(first_passage(0.0, 1.0, limit, path)[()]), rel=1e-12)


# --- precision -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="millions of lives need compiled code")
def test_precision_stops_at_fixed_counts_only() -> None:
    scenario = reference(group={"headcount": 2000}, horizon=1)
    counts = {}
    for precision in (0.5, 0.08, 0.05, 0.0001):
        effort = Effort(replications=500, precision=precision)
        outcome = simulate_each(scenario, ["strategy-1"], effort=effort).outcomes[0]
        counts[precision] = outcome.replications
        cases = outcome.totals["cases"]
        assert outcome.replications == 500 or 1.96 * cases.se <= precision * cases.mean * 1.001
    assert set(counts.values()) <= {100, 200, 400, 500}
    assert counts[0.5] == 100
    assert counts[0.0001] == 500
    assert len(set(counts.values())) >= 3


@pytest.mark.parametrize(
    "wrong",
    [{"replications": 0}, {"seed": -1}, {"seed": 2**64}, {"precision": 0.0}, {"processes": 0}, {"piece": 0}],
    ids=str,
)
def test_bad_numbers_are_refused_by_name(wrong: dict[str, int]) -> None:
    with pytest.raises(InputError, match=next(iter(wrong))):
        Effort(**wrong)  # type: ignore[arg-type]


# --- what is told --------------------------------------------------------------------------------------------------


def test_without_chance_everybody_agrees_with_the_evaluation() -> None:
    scenario = reference(horizon=4, group={"headcount": 3}, total=1.2e6)
    outcome = oshopt.simulate(scenario, "strategy-1", replications=3)
    evaluation = oshopt.evaluate(scenario, "strategy-1")
    spread = outcome.safe_service["workers"]
    expected = evaluation.safe_service["workers"]
    assert (spread.mean, spread.p05, spread.p95, spread.se) == pytest.approx(
        (expected, expected, expected, 0), abs=1e-9
    )
    assert outcome.planned_service == evaluation.safe_service
    risk = [value for year, value in evaluation.risk_path["workers"] if 0 < year <= 4]
    assert outcome.groups["workers"]["mean_risk"].mean == pytest.approx(risk, abs=1e-9)
    assert outcome.spend.mean == outcome.planned_spend


def test_statistics_are_those_of_the_replications(whole: Study) -> None:
    outcome = whole.outcomes[0]
    samples = Prepared(Job(busy(), STRATEGIES[0], 1)).run(0, COUNT)
    for row, name in enumerate(("g", "h")):
        for i, quantity in enumerate(QUANTITIES):
            spread, values = outcome.groups[name][quantity], samples.people[:, row, i]
            assert spread.mean == pytest.approx(values.mean(axis=0), rel=1e-12)
            assert spread.se == pytest.approx(values.std(axis=0, ddof=1) / math.sqrt(COUNT), rel=1e-12)
            for key, share in (("p05", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95)):
                expected = np.quantile(values, share, axis=0, method="inverted_cdf")
                assert getattr(spread, key) == pytest.approx(expected, rel=1e-12)
    people = samples.people
    shares = over_groups(people)[:, QUANTITIES.index("share_above")]
    assert shares == pytest.approx(people[:, :, 2].mean(axis=1), rel=1e-12)
    assert outcome.everybody["cases"].mean == pytest.approx(people[:, :, 3].sum(axis=1).mean(axis=0))
    assert people[:, :, QUANTITIES.index("lost_days")] == pytest.approx(7 * people[:, :, QUANTITIES.index("injuries")])
    assert len(outcome.projects) == 1
    assert outcome.projects[0].planned_done == 0.7
    assert outcome.projects[0].done_p05 <= outcome.projects[0].done <= outcome.projects[0].done_p95


def test_paired_differences_are_narrow_and_right(whole: Study) -> None:
    difference = whole.differences[0]
    assert (difference.first, difference.second) == ("s", "t")
    parts = [figures(busy(), Prepared(Job(busy(), table, 1)).run(0, COUNT)) for table in STRATEGIES]
    for name, contrast in difference.figures.items():
        gap = parts[1][name] - parts[0][name]
        half = 1.959963984540054 * gap.std(ddof=1) / math.sqrt(COUNT)
        assert (contrast.mean, contrast.high - contrast.low) == pytest.approx((gap.mean(), 2 * half))
        sign = 1 if name == "safe_service" else -1
        assert contrast.better == (sign * gap > 0).mean()
        assert contrast.worse == (sign * gap < 0).mean()
    apart = parts[0]["safe_service"].var() + parts[1]["safe_service"].var()
    assert (parts[1]["safe_service"] - parts[0]["safe_service"]).var() < apart / 4


def test_an_enterprise_without_chance_is_run_once() -> None:
    calm = busy()
    rules = calm.settings.simulation.update(cost_overrun=0.0, shock_rate=0.0)
    groups = {name: group.update(risk_increment_spread=0.0) for name, group in calm.groups.items()}
    measures = {name: measure.update(lead_time_spread=0.0) for name, measure in calm.measures.items()}
    calm = calm.update(settings=calm.settings.update(simulation=rules), groups=groups, measures=measures)
    prepared = Prepared(Job(calm, STRATEGIES[0], 1))
    assert prepared.enterprise.certain
    assert not Prepared(Job(busy(), STRATEGIES[0], 1)).enterprise.certain
    found = prepared.run(0, 6)
    prepared._always = None
    prepared._tables = {}
    again = prepared.run(0, 6)
    assert all(np.array_equal(getattr(found, f.name), getattr(again, f.name)) for f in fields(found))


def test_an_infinite_service_is_told_as_such() -> None:
    job = Job(scenario_of(), DO_NOTHING, 1)
    first = Prepared(job).run(0, 4)
    never = replace(first, service=np.array([[np.inf], [np.inf], [30.0], [20.0]]))
    contrast = difference_of(job, never, job, never).figures["safe_service"]
    assert (contrast.mean, contrast.better, contrast.worse) == (0.0, 0.0, 0.0)
    contrast = difference_of(job, first, job, never).figures["safe_service"]
    assert (contrast.mean, contrast.low, contrast.high, contrast.better) == (
        math.inf,
        math.inf,
        math.inf,
        1.0 / 2 + 1 / 4,
    )


def test_a_group_without_increment_is_safe_for_ever() -> None:
    group = WorkGroup(id="g", risk_increment=0.0, acceptable_risk=0.1)
    outcome = oshopt.simulate(scenario_of(groups=(group,)), DO_NOTHING, replications=2)
    assert outcome.safe_service["g"].p05 == math.inf
    told = json.loads(json.dumps(outcome.model_dump(mode="json")))
    assert told["safe_service"]["g"]["mean"] == "inf"


def test_one_replication_has_no_error() -> None:
    outcome = oshopt.simulate(busy(), DO_NOTHING, replications=1)
    assert outcome.model_dump(mode="json")["groups"]["g"]["cases"]["se"] == ["inf"] * 3


def _planner(left: Scenario) -> Strategy:
    return bought({"b": dict.fromkeys(left.years, 20.0)})


def test_planning_anew_is_an_alternative_of_its_own() -> None:
    found = simulate_each(busy(), STRATEGIES[:1], planner=_planner, effort=Effort(replications=2))
    assert [(outcome.strategy, outcome.replanned) for outcome in found.outcomes] == [("s", False), ("re-planned", True)]
    assert {project.measure for project in found.outcomes[1].projects} == {"b"}


def test_lives_beyond_count_are_an_input_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ValueError("a position sees more than 2**24 lives")

    monkeypatch.setattr("oshopt.simulation.replications.carry_workforce", refuse)
    with pytest.raises(InputError, match=r"more than 2\*\*24 lives. Lower the turnover"):
        oshopt.simulate(scenario_of(), DO_NOTHING, replications=1)
