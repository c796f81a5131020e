"""A measure: one arrangement that money can be spent on, and the tables that shape its cost and effect."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from oshopt.model.base import Frozen, Id, Label, Money, Name, Share, Text, Year


class Category(StrEnum):
    """The seven input groups of the management-system model (S0, table 1)."""

    TOOLS = "tools"
    """Objects and tools of labour: equipment, materials, automation, technical condition."""
    WORKPLACE = "workplace"
    """Organisation of the workplace and of its space."""
    SAFETY = "safety"
    """Factors of labour safety: process safety, safe practice, protective means, work and rest."""
    PERSONNEL = "personnel"
    """Qualification, reliability and involvement of people."""
    MONITORING = "monitoring"
    """Methods and means of monitoring hazards, conditions, equipment and health."""
    LEGAL = "legal"
    """Legal and other requirements."""
    INFORMATION = "information"
    """Information about hazards, safe methods and stakeholders' needs."""


class Control(StrEnum):
    """Levels of the hierarchy of controls, strongest first."""

    ELIMINATION = "elimination"
    SUBSTITUTION = "substitution"
    ENGINEERING = "engineering"
    ADMINISTRATIVE = "administrative"
    PROTECTIVE = "protective"


class Kind(StrEnum):
    """How a measure can be bought."""

    DIVISIBLE = "divisible"
    """Any share of it; the effect runs straight between the points of its curve (eq. 7 by default)."""
    WHOLE = "whole"
    """All of it or nothing."""
    LEVELS = "levels"
    """One of the levels listed in `levels`."""


class Measure(Frozen):
    """One arrangement that money can be spent on: what it costs, what it does, how long, who answers for it."""

    id: Id
    """Name used by every other table."""
    name: Name = ""
    """What people call it; the id where empty."""
    category: Category | None = None
    """Input group of S0 that it belongs to."""
    control: Control | None = None
    """Level of the hierarchy of controls."""
    hazard: Name = ""
    """Hazard it acts on, in words."""
    weight: Share
    """k_m, efficiency weight from the experts' opinions, Σ k_m = 1 (eq. 7)."""
    weight_spread: Share | None = None
    """Relative uncertainty of the weight: standard deviation over value; the scenario's `weight_spread` where empty."""
    full_cost: Money | None = None
    """Z_max, money at which the measure is fully carried out; the scenario's `full_cost` where empty. 0 for an
    organisational measure, which is carried out wherever its other limits allow."""
    kind: Kind = Kind.DIVISIBLE
    """Divisible, whole or levels."""
    mandatory: bool = False
    """Demanded by law: carried out in full from its deadline on (from the earliest possible year without one)."""
    minimum: Share = 0.0
    """Least share of full cost if it is undertaken at all."""
    fixed_cost: Money = 0.0
    """Money that any undertaking costs before its first effect."""
    requires: tuple[Id, ...] = ()
    """Measures that must be in force to at least half (fully where whole) in the same year."""
    excludes: tuple[Id, ...] = ()
    """Measures that must not be in force in the same year."""
    lead_time: Annotated[float, Field(ge=0, le=50)] = 0.0
    """Years from paying to effect; money of year s acts in the years t with s + lead ≤ t < s + lead + lifetime."""
    lead_time_spread: Share = 0.0
    """Relative uncertainty of the lead time, s: in simulation it is uniform on [1 − s, 1 + s] times `lead_time`."""
    lifetime: Annotated[int, Field(ge=1, le=100)] = 1
    """Whole years that one purchase stays in force; 1 is S2's yearly arrangement."""
    upkeep: Share = 0.0
    """Share of full cost that each year in force after the first costs."""
    status_quo: Share = 0.0
    """Share in force today: its effect is inside dR already, it limits what can be bought and costs its upkeep."""
    legal_basis: Text = ""
    """Law or agreement that demands or allows it."""
    responsible: Name = ""
    """Post that answers for it (a post, not a person)."""
    deadline: Year | None = None
    """Calendar year from which a mandatory measure must be in force."""
    source: Text = ""
    """Where the row's figures come from; "assumed" where nowhere."""

    @property
    def label(self) -> Label:
        """Name to show to people."""
        return Label(self.name or self.id, self.id)


class Level(Frozen):
    """A level of a levelled measure, or a point of a divisible measure's curve."""

    measure: Id
    """Measure that it belongs to."""
    level: Id
    """Name of the level or point."""
    cost: Share | None = None
    """Share of full cost; empty where `costs` prices it."""
    effect: Share
    """Share of the full effect."""
    source: Text = ""
    """Where the row's figures come from."""


class CostEntry(Frozen):
    """What a whole or levelled measure takes from a budget line in a year of its own."""

    measure: Id
    """Measure that costs."""
    level: Id | None = None
    """Level that costs; empty for a whole measure."""
    line: Id
    """Budget line that pays."""
    year: Annotated[int, Field(ge=0, le=100)] = 0
    """Year counted from the measure's start, 0 being the year in which it starts."""
    cost: Money
    """Money."""
    source: Text = ""
    """Where the row's figures come from."""


class Target(StrEnum):
    """What an effect acts on."""

    GROUP = "group"
    """A work group's risk: the share of the measure's weight that reaches the group, 1 where silent."""
    INDICATOR = "indicator"
    """A forecast indicator, in its own unit."""
    SCORE = "score"
    """A part of the scorecard that money can buy (S1), `indicator.part`, or `indicator` where it has one such part."""
    FACTOR = "factor"
    """A factor of the compliance model (S0), or its row for one workplace as `factor.workplace`."""


class Effect(Frozen):
    """What a fully carried out measure does to one target."""

    measure: Id
    """Measure that acts."""
    on: Target
    """Kind of target."""
    target: Id
    """Id of the target."""
    effect: Annotated[float, Field(ge=-1e9, le=1e9)]
    """Change if the measure is fully carried out: for a group the share of its weight that reaches it, in [0, 1]; for a
    score people or things in the part's unit, 1 for a yes; for a factor the change of its actual level, in its unit."""
    source: Text = ""
    """Where the row's figures come from."""
