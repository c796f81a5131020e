"""Measure the allocator in its phases, beside the same matrices handed straight to HiGHS: ratios, and JSON.

Everything is processor time; of short specs the best turn counts. `benchmarks/README.md` says what limits what.

Usage: python -m benchmarks.allocation [--sizes 31 100 300 1000] [--turns N] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import highspy
import numpy as np

import oshopt
from oshopt.allocation import adapter
from oshopt.allocation.adapter import Answer, Solver
from oshopt.allocation.effort import FEASIBILITY, FULL, Effort, Start
from oshopt.allocation.formulation import formulate
from oshopt.allocation.planner import plan_of, task_of
from oshopt.allocation.program import Program
from oshopt.allocation.search import Search
from oshopt.allocation.targets import Objective, objective_named
from oshopt.model import Budget, Effect, Kind, Measure, Scenario, Settings, Target, WorkGroup

ROOT = Path(__file__).resolve().parent.parent
SIZES = (31, 100, 300, 1000, 10_000)
"""Numbers of measures."""
USUAL = SIZES[:-1]
"""Sizes measured where none is asked for; the largest takes minutes."""
_ENOUGH = 2.0
"""Seconds after which a spec takes no further turn."""
LIFETIMES = (1, 3, 5)
REACH = (0.0, 0.5, 1.0)
"""Shares of a measure's weight that reach a group."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A random scenario and what is sought of it."""

    measures: int
    years: int = 10
    groups: int = 1
    whole: float = 0.0
    """Share of the measures that are bought in whole or not at all."""
    money: float = 0.1
    """A year's money as a share of the full cost of all measures."""
    objective: str = "effect"
    gap: float = FULL.relative
    """Relative gap at which a plan is good enough."""
    at_most: float | None = None
    """Wanted total time as a multiple of the first matrix handed straight to HiGHS."""
    seed: int = 1


def _specs() -> tuple[Spec, ...]:
    """Return one spec for each change of one thing at every size, and those with a wanted figure."""
    specs = [Spec(31, groups=5, whole=0.33, gap=1e-4, objective=name) for name in ("effect", "safe_service")]
    for size in USUAL:
        specs += [
            Spec(size),
            Spec(size, years=5),
            Spec(size, groups=5),
            Spec(size, money=0.02),
            Spec(size, money=0.3),
            Spec(size, groups=5, objective="safe_service"),
            Spec(size, whole=0.3, gap=1e-4),
        ]
    return (*specs, Spec(SIZES[-1], at_most=3.0))


SPECS = _specs()


def scenario_of(spec: Spec) -> Scenario:
    """Return a spec's scenario; the same at every call."""
    rng = np.random.default_rng(spec.seed)
    count = spec.measures
    weight, cost = rng.dirichlet(np.ones(count)), rng.uniform(10.0, 1000.0, count)
    lifetime = rng.choice(LIFETIMES, count)
    whole = np.zeros(count, dtype=bool)
    whole[rng.permutation(count)[: round(spec.whole * count)]] = True
    measures = {
        f"m{i:05d}": Measure(
            id=f"m{i:05d}",
            weight=float(weight[i]),
            full_cost=float(cost[i]),
            lifetime=int(lifetime[i]),
            kind=Kind.WHOLE if whole[i] else Kind.DIVISIBLE,
        )
        for i in range(count)
    }
    groups = {
        f"g{i}": WorkGroup(
            id=f"g{i}",
            headcount=int(rng.integers(10, 400)),
            risk_increment=float(rng.uniform(0.002, 0.006)),
            acceptable_risk=float(rng.uniform(0.1, 0.2)),
        )
        for i in range(spec.groups)
    }
    effects = [
        Effect(measure=name, on=Target.GROUP, target=group, effect=float(rng.choice(REACH)))
        for name in measures
        for group in groups
        if spec.groups > 1
    ]
    settings = Settings(
        name="timing",
        currency="EUR",
        start_year=2026,
        horizon=spec.years,
        budget=Budget(per_year=spec.money * float(cost.sum())),
    )
    return Scenario(settings=settings, measures=measures, groups=groups, effects=tuple(effects))


@dataclass(frozen=True, slots=True, eq=False)
class Posed:
    """A program as a search posed it, and what the solver answered."""

    program: Program
    objective: np.ndarray
    effort: Effort
    value: float


@dataclass(slots=True)
class Recorder:
    """A solver that notes what it is given and how long the solver inside takes."""

    inner: Solver
    posed: list[Posed] = field(default_factory=list)
    seconds: float = 0.0

    def __call__(
        self, program: Program, objective: np.ndarray, effort: Effort = FULL, start: Start | None = None
    ) -> Answer:
        """Return the inner solver's answer."""
        begun = time.process_time()
        answer = self.inner(program, objective, effort, start)
        self.seconds += time.process_time() - begun
        value = float(objective @ answer.values) if answer.values.size else float("nan")
        self.posed.append(Posed(program, objective, effort, value))
        return answer


@dataclass(frozen=True, slots=True)
class Phases:
    """Seconds of processor time of one plan, and its size."""

    build: float
    """Scenario to program."""
    solve: float
    """Inside the solver, all stages."""
    search: float
    """The rest of the search: rows of later stages, exact digits, bounds."""
    check: float
    """The independent check, the certificate and the plan's tables."""
    straight: float
    """The first program's ready matrix handed straight to HiGHS."""
    sequence: float
    """Every program of the plan handed straight to HiGHS, each from nothing."""
    columns: int
    rows: int
    integers: int
    programs: int
    value: float

    @property
    def total(self) -> float:
        """Seconds from scenario to plan."""
        return self.build + self.solve + self.search + self.check


def straight(posed: Posed) -> tuple[float, float]:
    """Return the least value and the processor time of a ready matrix in HiGHS, without this package between."""
    program, effort = posed.program, posed.effort
    integer = bool(program.integer.any())
    begun = time.process_time()
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.columns), len(program.rows)
    model.col_cost_, model.col_lower_, model.col_upper_ = posed.objective, program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.low, program.high
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = program.matrix.indptr, program.matrix.indices
    model.a_matrix_.value_ = program.matrix.data
    if integer:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[whole] for whole in program.integer.tolist()]
    solver = highspy.Highs()
    options: dict[str, object] = {"output_flag": False, "threads": 1}
    options |= {f"{name}_feasibility_tolerance": FEASIBILITY for name in ("primal", "dual", "mip")}
    options |= {"mip_rel_gap": effort.relative, "mip_abs_gap": effort.absolute} if integer else {"simplex_strategy": 1}
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(model)
    solver.run()
    values = np.array(solver.getSolution().col_value)
    return float(posed.objective @ values), time.process_time() - begun


def phases(spec: Spec) -> tuple[Phases, Recorder]:
    """Return one plan's times by phase, and what its solver was given."""
    scenario = scenario_of(spec)
    solver = Recorder(adapter.solver_named("highs"))
    effort = Effort(relative=spec.gap, asked=spec.gap)
    begun = time.process_time()
    task = task_of(scenario, ())
    plain = formulate(task)
    built = time.process_time()
    search = Search(task, objective_named(spec.objective), solver, effort=effort)
    found = search.run(plain)
    searched, inside = time.process_time(), solver.seconds
    plan = plan_of(scenario, search, found, adapter.version("highs"), None, marginals=False)
    done = time.process_time()
    posed = list(solver.posed)
    cold = [straight(one)[1] for one in posed]
    program = plain.program
    return (
        Phases(
            build=built - begun,
            solve=inside,
            search=searched - built - inside,
            check=done - searched,
            straight=cold[_aimed(spec)],
            sequence=sum(cold),
            columns=len(program.columns),
            rows=len(program.rows),
            integers=int(program.integer.sum()),
            programs=len(posed),
            value=plan.certificate.value,
        ),
        solver,
    )


def _aimed(spec: Spec) -> int:
    """Return which program of a plan is the objective's own: the climb of N begins with the mean effect."""
    return int(objective_named(spec.objective) in (Objective.SAFE_SERVICE, Objective.REMAINING_SERVICE))


def best(spec: Spec, turns: int) -> Phases:
    """Return the turn of least total time, with the least time that HiGHS alone took in any turn."""
    taken = [phases(spec)[0]]
    while len(taken) < turns and sum(turn.total + turn.sequence for turn in taken) < _ENOUGH:
        taken.append(phases(spec)[0])
    alone = {name: min(getattr(turn, name) for turn in taken) for name in ("straight", "sequence")}
    least = min(taken, key=lambda turn: turn.total)
    return Phases(**(asdict(least) | alone))


def reference(turns: int) -> dict[str, float]:
    """Return milliseconds of the reference case in process, without and with the values of more money."""
    scenario = oshopt.load(ROOT / "scenarios" / "conditional-enterprise")

    def milliseconds(work: Callable[[], object]) -> float:
        taken = []
        for _ in range(10 * turns + 1):
            begun = time.process_time()
            work()
            taken.append(time.process_time() - begun)
        return 1e3 * min(taken[1:])

    return {
        "plan": milliseconds(lambda: oshopt.allocate(scenario, marginals=False)),
        "plan and marginals": milliseconds(lambda: oshopt.allocate(scenario)),
    }


HEAD = (
    f"{'measures':>8}{'years':>6}{'groups':>7}{'whole':>6}{'money':>6}  {'objective':<13}{'columns':>8}{'binary':>7}"
    f"{'programs':>9}{'build':>9}{'solve':>9}{'search':>9}{'check':>9}{'total':>9}{'/ straight':>11}{'/ sequence':>11}"
)


def line(spec: Spec, taken: Phases) -> str:
    """Return one line of the table: seconds by phase, and the total over HiGHS alone."""
    verdict = ""
    if spec.at_most is not None:
        met = taken.total <= spec.at_most * taken.straight
        verdict = f"  wanted {spec.at_most:g} x straight: {'met' if met else 'MISSED'}"
    times = "".join(f"{t:>9.4f}" for t in (taken.build, taken.solve, taken.search, taken.check, taken.total))
    return (
        f"{spec.measures:>8}{spec.years:>6}{spec.groups:>7}{spec.whole:>6g}{spec.money:>6g}  {spec.objective:<13}"
        f"{taken.columns:>8}{taken.integers:>7}{taken.programs:>9}{times}"
        f"{taken.total / taken.straight:>11.2f}{taken.total / taken.sequence:>11.2f}{verdict}"
    )


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description="Time the allocator beside HiGHS alone, by the processor.")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(USUAL), choices=SIZES, help="numbers of measures")
    parser.add_argument("--turns", type=int, default=3, help="turns of each short spec; the best counts")
    parser.add_argument("--json", type=Path, default=Path("out/allocation.json"), help="where the figures go")
    arguments = parser.parse_args()
    small = reference(arguments.turns)
    print("reference case in process: " + ", ".join(f"{name} {ms:.1f} ms" for name, ms in small.items()))
    print("wanted 15 ms: " + ("met" if small["plan"] <= 15 else "MISSED"))
    print(f"\nseconds of processor time\n{HEAD}")
    runs = []
    for spec in SPECS:
        if spec.measures in arguments.sizes:
            taken = best(spec, arguments.turns)
            runs.append({"spec": asdict(spec), "total": taken.total} | asdict(taken))
            print(line(spec, taken), flush=True)
    versions = {"python": platform.python_version(), "numpy": np.__version__, "solver": adapter.version("highs")}
    figures = {"versions": versions, "cores": os.cpu_count(), "reference_ms": small, "runs": runs}
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
