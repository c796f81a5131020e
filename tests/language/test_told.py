"""Results told in Ukrainian: nothing English and no decimal point is left in them, whatever the case."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import oshopt
from oshopt import reporting
from oshopt.forecast import predict
from oshopt.language import say, speaking
from oshopt.model import (
    DO_NOTHING,
    AfterHorizon,
    Budget,
    Comparison,
    Control,
    Effect,
    FrozenMap,
    Measure,
    Plan,
    Rule,
    Scenario,
    Status,
    Strategy,
    Target,
    WorkGroup,
)
from oshopt.reporting import answer, figures, input_tables, levels, proof_tables, spending, tables, uncertainty
from oshopt.reporting.alternatives import Role, alternatives
from oshopt.reporting.explanation_figures import tornado
from oshopt.reporting.held_against import held_sentences, held_table
from oshopt.reporting.sentences import GUARANTEE, shortcomings
from oshopt.simulation import Effort, simulate_each
from tests.allocation.test_explain import CASES as REASONS
from tests.forecast.made import DAYS, INJURIES, with_history
from tests.language.told import english_left, points_left
from tests.making import reference, scenario_of
from tests.reporting import cases
from tests.reporting.test_sentences import stopping

CODES = ("acceptable_risk", "injury_rate", "lost_days", "[costs]", "scenario.toml")
"""Columns, settings and files that texts tell the reader to fill in."""


def test_english_and_points_are_found() -> None:
    scenario = reference()
    assert english_left("Захід «m01 strategy-1» і 3,5 року; Workers' group", scenario) == {"Workers", "group"}
    assert english_left("R_acc = 0,11; SHA-256, n = 3 of 4", scenario) == set()
    assert english_left("safe_service: стаж", scenario) == {"safe_service"}
    assert english_left("oshopt plan PATH", scenario, "oshopt plan PATH") == set()
    assert english_left("strateg… Stopped…", scenario) == {"Stopped"}
    assert points_left("3.5 і 3,5; HiGHS 1.15.1, PuLP 4.0.0a8", scenario) == {"3.5"}


def assert_ukrainian(scenario: Scenario, texts: Iterable[str], *supplied: str) -> str:
    """Nothing English and no decimal point is left; returns the whole."""
    whole = "\n".join(texts)
    assert re.search("[а-яії]", whole)
    assert not english_left(whole, scenario, *CODES, *supplied)
    assert not points_left(whole, scenario, *CODES, *supplied)
    return whole


def in_table(table: tables.Table) -> Iterator[str]:
    yield table.title
    yield from (column.title for column in table.columns)
    for row in table.rows:
        yield from row
    yield table.note


def in_figure(svg: str) -> Iterator[str]:
    yield from map(html.unescape, re.findall(r"<text[^>]*>([^<]*)</text>", svg))


def told(scenario: Scenario, comparison: Comparison) -> Iterator[str]:
    """Yield what the report and the terminal say of a comparison and its plan, apart from the page's own words."""
    found = alternatives(comparison)
    lead = answer.leader(found)
    yield answer.headline(scenario, comparison)
    yield from answer.sentences(scenario, comparison)
    yield say(GUARANTEE)
    yield from (answer.alternative_condition(scenario, a) for a in found)
    yield from levels.control(scenario, [(answer.capital(answer.who(a)), a) for a in found])
    for a in found:
        yield from shortcomings(scenario, a.evaluation, answer.who(a))
    yield from _tables(scenario, comparison)
    for chart in spending.bar_charts(scenario, comparison):
        yield from chart.labels
        yield from (bar.text for row in chart.rows for bar in row.bars)
    for group in scenario.groups:
        yield from in_figure(figures.risk(scenario, found, group))
    if lead.role is not Role.NOTHING:
        yield from in_figure(figures.control_shares(scenario, found))
    if comparison.optimum is not None:
        yield from _of_plan(scenario, comparison.optimum)


def _tables(scenario: Scenario, comparison: Comparison) -> Iterator[str]:
    made = (
        *(tables.summary, tables.groups, tables.yearly_cost, tables.money_by_control, tables.money_by_category),
        tables.legal_duties,
    )
    for make in made:
        yield from in_table(make(scenario, comparison))
    yield from in_table(tables.flags(comparison))
    yield from in_table(uncertainty.alternative_bands(scenario, comparison))
    given = (
        *(input_tables.assumptions, input_tables.budget, input_tables.lines, input_tables.line_rules),
        *(input_tables.groups, input_tables.measures, input_tables.kinds, input_tables.reach, input_tables.sources),
    )
    for make_input in given:
        yield from in_table(make_input(scenario))


def _of_plan(scenario: Scenario, plan: Plan) -> Iterator[str]:
    made = (tables.plan_money, tables.yearly_money, proof_tables.certificate, proof_tables.marginal_values)
    for make in made:
        yield from in_table(make(scenario, plan))
    yield from in_table(proof_tables.binding_limits(plan.certificate))
    yield from in_table(proof_tables.break_even(scenario, plan.certificate))
    yield from in_figure(figures.yearly_money(scenario, plan))
    if plan.robustness is not None:
        yield from uncertainty.robust_sentences(plan)
        yield from in_table(uncertainty.robust_table(plan))
        yield from in_table(uncertainty.robust_money(scenario, plan))
        yield from in_figure(uncertainty.robust_figure(plan))
    if plan.explanation is not None:
        yield from in_table(reporting.reasons(scenario, plan))
        yield from in_table(reporting.sensitivity(scenario, plan))
        for table in reporting.every_change(scenario, plan):
            yield from in_table(table)
        for of in ("increment", "weight"):
            yield from in_figure(tornado(scenario, plan, of) or "")


@pytest.mark.parametrize("name", ["conditional-enterprise", "food-plant"])
def test_shipped_scenarios(shipped: Path, tmp_path: Path, name: str) -> None:
    scenario = oshopt.load(shipped / name)
    with speaking("uk"):
        comparison = cases.planned(scenario, explain=True)
        whole = assert_ukrainian(scenario, told(scenario, comparison))
        reporting.write_report(scenario, comparison, tmp_path / "report.html")
    assert_ukrainian(scenario, [cases.Page((tmp_path / "report.html").read_text(encoding="utf-8")).text])
    assert "найбільший безпечний стаж" in whole
    assert "Без нього, навіть якщо розподілити всі кошти заново, безпечний стаж був би меншим на 0," in whole


def measures(*rows: dict[str, Any]) -> tuple[Measure, ...]:
    return tuple(Measure(**({"id": name, "full_cost": 100.0} | row)) for name, row in zip("abcd", rows, strict=False))


def planned(**asked: Any) -> Callable[[Scenario], Comparison]:
    return lambda scenario: cases.planned(scenario, **asked)


def given(**spend: dict[str, float]) -> Callable[[Scenario], Comparison]:
    return lambda scenario: cases.given(scenario, oshopt.allocate(scenario), **spend)


def alone(**spend: dict[str, float]) -> Callable[[Scenario], Comparison]:
    return lambda scenario: cases.given(scenario, **spend)


def certified(**changes: Any) -> Callable[[Scenario], Comparison]:
    return lambda scenario: cases.with_certificate(cases.planned(scenario), **changes)


def the_plan_itself(scenario: Scenario) -> Comparison:
    plan = oshopt.allocate(scenario)
    return cases.given(scenario, plan, best={name: row[2026] for name, row in plan.spend.items()})


def as_written(name: str) -> Callable[[Scenario], Comparison]:
    """Alternatives that the scenario's only strategy is made from, without a plan."""
    return lambda scenario: oshopt.compare(scenario, [name])


def spent(**amounts: float) -> Callable[[Scenario], Comparison]:
    """The same money in every year."""

    def make(scenario: Scenario) -> Comparison:
        table = {name: FrozenMap(dict.fromkeys(scenario.years, amount)) for name, amount in amounts.items()}
        return cases.beside(scenario, Strategy(id="rich", spend=FrozenMap(table)))

    return make


TWO = measures({"weight": 0.5}, {"weight": 0.5, "full_cost": 60.0})
PAST = (
    WorkGroup(id="g", name="Press shop", risk_increment=0.004, acceptable_risk=0.1),
    WorkGroup(id="h", name="Paint shop", risk_increment=0.005, acceptable_risk=0.1, served=22),
)
CLASSES = (
    WorkGroup(id="g", risk_increment=0.004, condition_class="3.1"),
    WorkGroup(id="h", risk_increment=0.005, condition_class="3.2"),
)
LEVELS = measures(
    {"weight": 0.4, "control": Control.PROTECTIVE, "mandatory": True},
    {"weight": 0.3, "control": Control.ENGINEERING},
    {"weight": 0.3},
)
RULES = (
    Rule(name="least", measures=("a",), at_least=60.0),
    Rule(name="most", measures=("b",), at_most=10.0),
    Rule(name="both", at_least=500.0, at_most=1000.0, each_year=True),
)
MADE: dict[str, tuple[Scenario, Callable[[Scenario], Comparison], str]] = {
    "reference": (reference(), planned(), "стратегія «strategy-1» за тієї самої умови дає N = 45,0"),
    "lapse": (
        reference(after_horizon=AfterHorizon.LAPSE),
        planned(),
        "Якщо після 2014 року нічого не поновлювати, а dR залишиться на рівні 0,003 на рік, N зросте з 36,67 до 36,94 "
        "року; вартість — 300 000 units за 2014 рік",
    ),
    "years": (reference(horizon=5, total=1.5e6), planned(), "Якщо й після 2018 року щороку витрачати"),
    "no plan": (reference(), oshopt.compare, "до 45,0 року за стратегії «strategy-1», найкращої з 2 заданих"),
    "nothing": (cases.two_groups(), lambda scenario: oshopt.compare(scenario, []), "Якщо все йтиме як сьогодні"),
    "infinite": (
        reference(total=31 * 5e4),
        planned(explain=True),
        "N зросте з 36,7 до ∞ (поріг ніколи не досягається)",
    ),
    "all exceeded": (reference(group={"served": 40.0}), planned(objective="effect"), "безпечного стажу не залишиться"),
    "one exceeded": (scenario_of(groups=PAST), planned(), "Група «Paint shop» не має залишку безпечного стажу"),
    "classes": (scenario_of(groups=CLASSES), planned(), "клас 3.2: 0,24 (h)"),
    "two groups": (cases.two_groups(), planned(explain=True), "найменший N (група «Paint shop») зросте з"),
    "another group": (
        cases.two_groups(
            measures=measures({"weight": 1.0}), effects=(Effect(measure="a", on=Target.GROUP, target="g", effect=0.0),)
        ),
        planned(),
        "найменший N зросте з 20,0 (група «Paint shop») до 25,0 року (група «Press shop»)",
    ),
    "tie": (scenario_of(measures=TWO), alone(dear={"a": 50.0}, cheap={"b": 30.0}), "Найдешевша з них — «cheap»."),
    "equal": (scenario_of(), alone(one={"a": 50.0}, two={"a": 50.0}), "Кошти теж однакові."),
    "idle": (scenario_of(measures=measures({"weight": 1.0}, {"weight": 0.0})), alone(idle={"b": 40.0}), "гірша, ніж"),
    "stopped": (stopping(0.0), as_written("stop"), "загалом вона коштує на 125 EUR менше"),
    "stopped and paid": (stopping(40.0), as_written("stop"), "хоча загалом вона коштує на 752 EUR більше"),
    "the plan": (scenario_of(), the_plan_itself, "План збігається зі стратегією «best»"),
    "rich": (scenario_of(), given(rich={"a": 100.0, "b": 50.0}), "(понад бюджет, утримання ефекту)"),
    "many": (
        reference(),
        lambda scenario: cases.given(scenario, **{f"s{i}": {"m01": 5e3 * i} for i in range(1, 10)}),
        "Ще 3 стратегії з 9 наведено в таблиці нижче.",
    ),
    "effect": (scenario_of(), planned(objective="effect", explain=True), "а не найбільший N"),
    "cases": (cases.two_groups(), planned(objective="cases", explain=True), "випадк"),
    "cost": (
        cases.two_groups(),
        planned(objective="cost", limits={"safe_service": 30.0, "effect:h": 0.01}, explain=True),
        "обмеження: безпечний стаж",
    ),
    "levels and duties": (
        scenario_of(measures=LEVELS, budget=Budget(total=150.0, legal_minimum=120.0)),
        given(poor={"b": 50.0, "c": 20.0}),
        "Стратегія «poor» не виконує вимог законодавства (1 з 1): «a».",
    ),
    "rules": (
        scenario_of(measures=TWO, rule=RULES, horizon=2, budget=Budget(per_year=90.0)),
        spent(a=20.0, b=70.0),
        "Правило «both 2026» порушено: 90, а має бути не менше 500 і не більше 1 000.",
    ),
    "beyond full cost": (scenario_of(horizon=2, budget=Budget(per_year=10.0)), spent(a=150.5), "понад повну вартість"),
    "gap": (
        reference(),
        certified(status=Status.WITHIN_GAP, gap=0.001, bound=46.7),
        "отже до найкращого бракує щонайбільше 0,1000 %",
    ),
    "stopped search": (
        reference(),
        certified(status=Status.FEASIBLE, gap=0.001, bound=46.7),
        "але не доведено, що він найкращий",
    ),
    "robust": (
        scenario_of(weight_spread=0.3, measures=TWO),
        planned(robust=("cvar", 0.8), draws=20, seed=3),
        "реалізацій невизначених величин, яких усього 20",
    ),
    "robust mean": (
        scenario_of(weight_spread=0.3, measures=TWO),
        planned(objective="effect", robust="mean", draws=20),
        "у середньому за реалізаціями невизначених величин",
    ),
}


@pytest.mark.parametrize("name", MADE)
def test_every_case(name: str) -> None:
    scenario, make, words = MADE[name]
    with speaking("uk"):
        comparison = make(scenario)
        whole = assert_ukrainian(scenario, told(scenario, comparison), *comparison.strategies)
    assert words in whole.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("code", REASONS)
def test_every_reason(code: str) -> None:
    parts, objective, _ = REASONS[code]
    scenario = scenario_of(**({"budget": Budget(total=100.0)} | parts))
    with speaking("uk"):
        plan = oshopt.allocate(scenario, objective, explain=True, marginals=False)
        assert_ukrainian(scenario, in_table(reporting.reasons(scenario, plan)))


def test_history_against_simulation() -> None:
    scenario = with_history(outcomes=(DAYS, INJURIES))
    outlook = predict(scenario)
    with speaking("uk"):
        for rate in (0.03, 0.3, 0.0):
            group = scenario.groups["g"].update(headcount=1000, injury_rate=rate)
            study = simulate_each(
                scenario.update(groups=FrozenMap({"g": group})), [DO_NOTHING], effort=Effort(replications=3)
            )
            assert_ukrainian(scenario, in_table(held_table(scenario, study, outlook)))
            assert_ukrainian(scenario, held_sentences(scenario, study, outlook))
