"""What was observed and what could be done: indicators and outcomes, their history, decisions and external states."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from oshopt.model.base import Frozen, Id, Label, Money, Name, Share, Text, Year

Observed = Annotated[float, Field(ge=-1e15, le=1e15)]


class Role(StrEnum):
    """What a series of the history is to the forecast."""

    INDICATOR = "indicator"
    """X: something observed that may drive injuries."""
    OUTCOME = "outcome"
    """Y: something by which the level of injuries is judged."""
    EXPOSURE = "exposure"
    """Hours, people or cases that a count is set against."""


class Form(StrEnum):
    """How an outcome depends on the components of the indicators."""

    LINEAR = "linear"
    """A figure of any unit: linear regression."""
    COUNT = "count"
    """A count of events: Poisson regression with the exposure as offset."""


class Rate(StrEnum):
    """Rates and coefficients by their names; the exposure's unit is part of the name."""

    LTIFR = "ltifr"
    """Lost-time injury frequency rate: injuries per 1 000 000 hours worked."""
    TRIR = "trir"
    """Total recordable incident rate: recordable cases per 200 000 hours worked."""
    DART = "dart"
    """Days away, restricted or transferred: such cases per 200 000 hours worked."""
    FREQUENCY = "frequency"
    """Coefficient of frequency: injuries per 1000 workers."""
    SEVERITY = "severity"
    """Coefficient of severity: days lost per case."""


RATE_BASE = {Rate.LTIFR: 1e6, Rate.TRIR: 2e5, Rate.DART: 2e5, Rate.FREQUENCY: 1e3, Rate.SEVERITY: 1.0}
"""Units of exposure that a rate stands for: rate = count / exposure · base."""


class Simulated(StrEnum):
    """Quantities of the simulator that a count of the history can be held against."""

    CASES = "cases"
    """Cases of occupational disease."""
    INJURIES = "injuries"
    """Injuries."""
    LOST_DAYS = "lost_days"
    """Days lost to injury."""


class Indicator(Frozen):
    """A series of the history: an indicator, an outcome that is forecast from the indicators, or an exposure."""

    id: Id
    """Name used by every other table."""
    name: Name = ""
    """What people call it; the id where empty."""
    unit: Name = ""
    """Unit of its values."""
    role: Role = Role.INDICATOR
    """What it is to the forecast: indicator, outcome or exposure."""
    form: Form = Form.LINEAR
    """Of an outcome: linear, or count for numbers of events."""
    exposure: Id | None = None
    """Of a count: the series it is set against (hours, people, cases); the same in every year where empty."""
    rate: Rate | None = None
    """Of a count: the rate in which it is forecast and limited; the count itself where empty."""
    limit: Annotated[float, Field(ge=-1e15, le=1e15)] | None = None
    """Of an outcome: its planned limit y_Γ, in the unit of the outcome, or of its rate."""
    simulated: Simulated | None = None
    """Of a count: the quantity of the simulator that counts the same events."""
    source: Text = ""
    """Where the row's figures come from."""

    @property
    def label(self) -> Label:
        """Name to show to people."""
        return Label(self.name or self.id, self.id)

    @property
    def base(self) -> float:
        """Units of exposure that the outcome is set against: that of its rate, or 1."""
        return RATE_BASE[self.rate] if self.rate is not None else 1.0


class HistoryEntry(Frozen):
    """Value of one series in one year; a file may have a column for each series instead, beside `year`."""

    indicator: Id
    """Series that was observed."""
    year: Year
    """Calendar year."""
    value: Observed
    """Value in the unit of the series; of a count the number of events."""
    source: Text = ""
    """Where the row's figures come from."""


class DecisionEntry(Frozen):
    """What a decision, or an external state, changes in one indicator; a file may have a column for each indicator."""

    decision: Id | None = None
    """Decision that makes the change; empty for a state."""
    state: Id | None = None
    """External state that brings the change; empty for a decision."""
    name: Name = ""
    """What people call it; the same in every row of a decision or state."""
    cost: Money | None = None
    """Of a decision: its cost, the same in every row of it; 0 where empty."""
    probability: Share | None = None
    """Of a state: its probability, the same in every row of it; the probabilities of all states sum to 1."""
    indicator: Id | None = None
    """Indicator that changes; empty where nothing does."""
    change: Observed | None = None
    """Change of the indicator against its last observed value, in its unit."""
    source: Text = ""
    """Where the row's figures come from."""
