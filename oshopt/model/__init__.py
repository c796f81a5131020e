"""What a plan is about: types only. No engine is imported here, and nothing is computed beyond sums and look-ups."""

from oshopt.model.base import FrozenMap
from oshopt.model.group import WorkGroup
from oshopt.model.measure import Category, Control, CostEntry, Effect, Kind, Level, Measure, Target
from oshopt.model.money import DO_NOTHING, RESERVED, Budget, BudgetEntry, BudgetLine, Strategy, StrategyEntry
from oshopt.model.outcome import Contrast, Difference, LogEntry, Outcome, ProjectDates, SingleSpread, Spread, Study
from oshopt.model.problems import InputError, NoPlanError, Problem, Shortfall, SolverError, amount, nearest
from oshopt.model.results import (
    BindingLimit,
    BreakEven,
    Certificate,
    Comparison,
    Evaluation,
    Flag,
    MarginalValue,
    Plan,
    Status,
)
from oshopt.model.scenario import Scenario
from oshopt.model.settings import AfterHorizon, CaseCosts, ReportSettings, Rule, RuleOn, Settings, SimulationSettings
from oshopt.model.tables import KEYS, NEEDED, TABLES, UNREAD_TABLES, row_key
from oshopt.model.unbuilt import require_built

__all__ = [
    "DO_NOTHING",
    "KEYS",
    "NEEDED",
    "RESERVED",
    "TABLES",
    "UNREAD_TABLES",
    "AfterHorizon",
    "BindingLimit",
    "BreakEven",
    "Budget",
    "BudgetEntry",
    "BudgetLine",
    "CaseCosts",
    "Category",
    "Certificate",
    "Comparison",
    "Contrast",
    "Control",
    "CostEntry",
    "Difference",
    "Effect",
    "Evaluation",
    "Flag",
    "FrozenMap",
    "InputError",
    "Kind",
    "Level",
    "LogEntry",
    "MarginalValue",
    "Measure",
    "NoPlanError",
    "Outcome",
    "Plan",
    "Problem",
    "ProjectDates",
    "ReportSettings",
    "Rule",
    "RuleOn",
    "Scenario",
    "Settings",
    "Shortfall",
    "SimulationSettings",
    "SingleSpread",
    "SolverError",
    "Spread",
    "Status",
    "Strategy",
    "StrategyEntry",
    "Study",
    "Target",
    "WorkGroup",
    "amount",
    "nearest",
    "require_built",
    "row_key",
]
