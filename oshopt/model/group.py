"""A work group: people who share conditions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from oshopt.model.base import Frozen, Id, Label, Name, NonNegative, Share, Text

ConditionClass = Literal["3.1", "3.2", "3.3", "3.4"]
"""Class of labour conditions, harmful, by degree."""


class WorkGroup(Frozen):
    """People who share conditions: their number, increment of risk, acceptable risk and years served."""

    id: Id
    """Name used by every other table."""
    name: Name = ""
    """What people call it; the id where empty."""
    headcount: Annotated[int, Field(ge=1, le=100_000_000)] = 1
    """People in the group."""
    risk_increment: Annotated[float, Field(ge=0, le=1)]
    """dR, annual increment of occupational risk as things stand today, 1/year (eq. 1)."""
    risk_increment_spread: Share = 0.0
    """Relative uncertainty of dR's value, s: it is uniform on [1 − s, 1 + s] times `risk_increment`."""
    yearly_noise: Share = 0.0
    """h: each worker's increment of each year is multiplied by a uniform draw on [1 − h, 1 + h]."""
    acceptable_risk: Annotated[float, Field(gt=0, le=1)] | None = None
    """R_acc, the threshold of accumulated risk; rules over `condition_class` where both stand."""
    condition_class: ConditionClass | None = None
    """Class of labour conditions; gives R_acc (upper end of its index) where `acceptable_risk` is empty."""
    initial_risk: Share = 0.0
    """R_0, risk before service began."""
    served: NonNegative = 0.0
    """Calendar years served before the plan begins."""
    served_spread: NonNegative = 0.0
    """Half-width of a uniform spread of the years served between workers, at most `served`."""
    max_effect: Annotated[float, Field(gt=0, le=1)] = 1.0
    """e_max, part of the group's risk that all measures together can remove (eq. 7)."""
    turnover: Annotated[float, Field(ge=0, le=1000)] = 0.0
    """Workers who leave, share a year."""
    retirement_service: Annotated[float, Field(gt=0, le=100)] | None = None
    """Years of service at which a worker retires."""
    susceptibility: Annotated[float, Field(ge=0, le=2.5)] = 0.0
    """σ of ln ξ, workers' own susceptibility."""
    injury_rate: Annotated[float, Field(ge=0, le=1000)] = 0.0
    """Repeatable injuries per person and year."""
    lost_days: Annotated[float, Field(ge=0, le=10_000)] = 0.0
    """Days lost per injury."""
    source: Text = ""
    """Where the row's figures come from; "assumed" where nowhere."""

    @property
    def label(self) -> Label:
        """Name to show to people."""
        return Label(self.name or self.id, self.id)
