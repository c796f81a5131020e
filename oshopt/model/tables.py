"""Names of the tables of a scenario, their rows' types and keys. Readers and writers derive everything from here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from oshopt.model.assessment import Answer, FactorEntry
from oshopt.model.base import Frozen
from oshopt.model.group import WorkGroup
from oshopt.model.history import DecisionEntry, HistoryEntry, Indicator
from oshopt.model.losses import Loss
from oshopt.model.measure import CostEntry, Effect, Level, Measure
from oshopt.model.money import BudgetEntry, StrategyEntry
from oshopt.model.survey import CompetenceScore, Expert, Proposal, Question, SurveyEntry

TABLES: Mapping[str, type[Frozen]] = MappingProxyType(
    {
        "measures": Measure,
        "groups": WorkGroup,
        "effects": Effect,
        "budgets": BudgetEntry,
        "levels": Level,
        "costs": CostEntry,
        "losses": Loss,
        "strategies": StrategyEntry,
        "survey": SurveyEntry,
        "questionnaire": Question,
        "experts": Expert,
        "competence": CompetenceScore,
        "proposals": Proposal,
        "indicators": Indicator,
        "history": HistoryEntry,
        "decisions": DecisionEntry,
        "scorecard": Answer,
        "compliance": FactorEntry,
    }
)
"""Type of a row by the table's name; its fields are the columns, in that order."""

KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "measures": ("id",),
        "groups": ("id",),
        "effects": ("measure", "on", "target"),
        "budgets": ("line", "year"),
        "levels": ("measure", "level"),
        "costs": ("measure", "level", "line", "year"),
        "losses": ("id",),
        "strategies": ("strategy", "measure", "year"),
        "survey": ("survey", "subject", "round", "expert", "factor"),
        "questionnaire": ("survey", "subject", "factor"),
        "experts": ("id",),
        "competence": ("method", "assessor", "expert"),
        "proposals": ("survey", "subject", "round", "expert", "kind", "factor"),
        "indicators": ("id",),
        "history": ("indicator", "year"),
        "decisions": ("decision", "state", "indicator"),
        "scorecard": ("indicator", "part"),
        "compliance": ("factor", "workplace"),
    }
)
"""Columns that together name a row; no two rows of a table may share them."""

KEYED = frozenset(table for table, key in KEYS.items() if key == ("id",))
"""Tables whose rows a scenario holds in a map by id; the others are tuples of rows."""

MATRICES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"history": ("indicator", "value"), "decisions": ("indicator", "change")}
)
"""Tables that a file may also give as a matrix, with a column for each indicator: the columns that then hold the
column's name and its cells."""

NEEDED = ("measures", "groups")
"""Tables without which there is no scenario."""


def row_key(table: str, row: Frozen) -> str:
    """Return the text that names a row in `Problem.row`: its key columns joined by spaces, empty ones left out."""
    values = (getattr(row, column) for column in KEYS[table])
    return " ".join(str(value) for value in values if value is not None)
