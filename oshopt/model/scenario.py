"""The scenario: everything a plan is made from, checked as one whole."""

from __future__ import annotations

import hashlib
import math
from functools import cached_property
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from oshopt.model.assessment import Answer, FactorEntry
from oshopt.model.base import Frozen, FrozenMap
from oshopt.model.checks import cross_check
from oshopt.model.form import ScorecardForm
from oshopt.model.group import WorkGroup
from oshopt.model.history import DecisionEntry, HistoryEntry, Indicator
from oshopt.model.losses import Loss
from oshopt.model.measure import CostEntry, Effect, Level, Measure
from oshopt.model.money import BudgetEntry, BudgetLine, Strategy, StrategyEntry, lines_from, strategies_from
from oshopt.model.problems import InputError, Problem, nearest
from oshopt.model.settings import Settings
from oshopt.model.survey import CompetenceScore, Expert, Proposal, Question, Survey, SurveyEntry, surveys_from


def _in_order(rows: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted(rows, key=lambda row: row.model_dump_json()))


class Scenario(Frozen):
    """Measures, groups, budgets and strategies of one enterprise.

    Tables keyed by an id are maps, other tables are tuples of rows in an order of their own, so that the order of rows
    in a file changes nothing. Construction raises `InputError` with every problem that shows only across tables.
    """

    settings: Settings
    """What `scenario.toml` says."""
    measures: Annotated[FrozenMap[str, Measure], Field(min_length=1)]
    """Measures by id."""
    groups: Annotated[FrozenMap[str, WorkGroup], Field(min_length=1)]
    """Work groups by id."""
    effects: Annotated[tuple[Effect, ...], AfterValidator(_in_order)] = ()
    """What a fully carried out measure does, to whom."""
    budgets: Annotated[tuple[BudgetEntry, ...], AfterValidator(_in_order)] = ()
    """Money of each line in each year."""
    levels: Annotated[tuple[Level, ...], AfterValidator(_in_order)] = ()
    """Levels of levelled measures and points of curves."""
    costs: Annotated[tuple[CostEntry, ...], AfterValidator(_in_order)] = ()
    """What whole and levelled measures take from each line."""
    losses: FrozenMap[str, Loss] = Field(default_factory=FrozenMap)
    """Fines, stoppages and other losses by id."""
    strategies: Annotated[tuple[StrategyEntry, ...], AfterValidator(_in_order)] = ()
    """Money of each strategy on each measure in each year."""
    survey: Annotated[tuple[SurveyEntry, ...], AfterValidator(_in_order)] = ()
    """What each expert says of each factor."""
    questionnaire: Annotated[tuple[Question, ...], AfterValidator(_in_order)] = ()
    """What surveys ask."""
    experts: FrozenMap[str, Expert] = Field(default_factory=FrozenMap)
    """Experts by anonymous id."""
    competence: Annotated[tuple[CompetenceScore, ...], AfterValidator(_in_order)] = ()
    """Scores of the experts' competence."""
    proposals: Annotated[tuple[Proposal, ...], AfterValidator(_in_order)] = ()
    """What experts added to questionnaires."""
    indicators: FrozenMap[str, Indicator] = Field(default_factory=FrozenMap)
    """Series of the history by id: indicators, outcomes, exposures."""
    history: Annotated[tuple[HistoryEntry, ...], AfterValidator(_in_order)] = ()
    """Observed values of each series in each year."""
    decisions: Annotated[tuple[DecisionEntry, ...], AfterValidator(_in_order)] = ()
    """Changes that decisions and external states bring."""
    scorecard: Annotated[tuple[Answer, ...], AfterValidator(_in_order)] = ()
    """Answers to the scorecard."""
    compliance: Annotated[tuple[FactorEntry, ...], AfterValidator(_in_order)] = ()
    """Required and actual levels of the compliance model."""
    form: ScorecardForm | None = None
    """Scorecard that the answers follow; the one of 27 indicators where empty."""
    about: Annotated[str, Field(max_length=100_000)] = ""
    """Notes on where the figures come from."""

    @model_validator(mode="after")
    def _check(self) -> Scenario:
        problems = cross_check(self)
        if problems:
            raise InputError(problems)
        return self

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return self.settings.name

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the scenario's values, the same whatever the order of rows or the kind of file."""
        return hashlib.sha256(self.model_dump_json(exclude={"about"}).encode()).hexdigest()

    @property
    def years(self) -> range:
        """Calendar years of the horizon."""
        return self.settings.years

    @cached_property
    def weights(self) -> FrozenMap[str, float]:
        """k_m by measure, divided by their exactly rounded sum, so that Σ k_m = 1 (eq. 7)."""
        total = math.fsum(measure.weight for measure in self.measures.values())
        return FrozenMap({name: measure.weight / total for name, measure in self.measures.items()})

    def full_cost(self, measure: str) -> float:
        """Return Z_max of a measure in the first year's prices, money: its own, what `costs` sum to, or the scenario's.

        Of a measure of levels it is the sum of the dearest level that `costs` prices.
        """
        own, priced = self.measures[measure].full_cost, self.priced.get(measure)
        if own is None and priced is not None:
            return max(math.fsum(entry.cost for entry in entries) for entries in priced.values())
        value = own if own is not None else self.settings.full_cost
        if value is None:
            raise KeyError(measure)
        return value

    @cached_property
    def priced(self) -> FrozenMap[str, FrozenMap[str, tuple[CostEntry, ...]]]:
        """Rows of `costs` by measure and level; the level of a whole measure is ""."""
        rows: dict[str, dict[str, list[CostEntry]]] = {}
        for entry in self.costs:
            rows.setdefault(entry.measure, {}).setdefault(entry.level or "", []).append(entry)
        return FrozenMap(
            {name: FrozenMap({level: tuple(found) for level, found in table.items()}) for name, table in rows.items()}
        )

    @cached_property
    def lines(self) -> FrozenMap[str, BudgetLine]:
        """Budget lines by id."""
        return FrozenMap(lines_from(self.budgets, self.years))

    @cached_property
    def strategy_tables(self) -> FrozenMap[str, Strategy]:
        """Strategies by id."""
        return FrozenMap(strategies_from(self.strategies, self.years))

    @cached_property
    def surveys(self) -> FrozenMap[str, Survey]:
        """Surveys by name."""
        return FrozenMap(surveys_from(self))

    def strategy(self, name: str) -> Strategy:
        """Return the strategy of that id; raise `InputError` naming the nearest one otherwise."""
        if name in self.strategy_tables:
            return self.strategy_tables[name]
        remedy = nearest(name, self.strategy_tables)
        raise InputError([Problem("strategies", name, "strategy", name, "there is no such strategy", remedy)])

    def require_known(self, strategy: Strategy) -> None:
        """Raise `InputError` for every measure or year of a strategy that the scenario does not have."""
        problems = []
        for column in ("spend", "kept", "shares"):
            for measure, row in getattr(strategy, column).items():
                place = ("strategies", f"{strategy.id} {measure}")
                if measure not in self.measures:
                    remedy = nearest(measure, self.measures)
                    problems.append(Problem(*place, "measure", measure, "there is no measure of this id", remedy))
                remedy = f"Give a year from {self.years[0]} to {self.years[-1]}."
                problems += [
                    Problem(*place, "year", str(year), "the year is outside the horizon", remedy)
                    for year in row
                    if year not in self.years
                ]
        if problems:
            raise InputError(problems)

    def selected(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the measures that ids, categories or control levels name; all of them where `names` is empty."""
        wanted = set(names)
        return tuple(
            measure.id
            for measure in self.measures.values()
            if not wanted or wanted & {measure.id, measure.category, measure.control}
        )

    def pays_for(self, line: str, measure: str) -> bool:
        """Tell whether a budget line may pay for a measure."""
        wanted = self.lines[line].measures
        category = self.measures[measure].category
        return not wanted or measure in wanted or (category is not None and category.value in wanted)
