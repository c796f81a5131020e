"""What measures can do to the scorecard and to compliance, as linear pieces for a planner.

E is the share of a measure's full effect in force beyond what is in force today, by measure, in [0, 1 − status quo].
"""

from __future__ import annotations

from oshopt.model.assessment import Direction
from oshopt.model.base import FrozenMap, Result
from oshopt.model.measure import Category


class Bracket(Result):
    """Points, and the values that the moved parts need at least to earn them."""

    points: float
    """Points of the item in this bracket."""
    at_least: FrozenMap[str, float]
    """Value needed of each moved part (`indicator.part`)."""


class MovedPart(Result):
    """A part of the scorecard that measures move: value = present + Σ effect·(share of the measure in force)."""

    present: float
    """Value today; yes is 1, no is 0."""
    effect: FrozenMap[str, float]
    """Rise of the value if the measure is fully carried out, by measure, above 0."""


class ScoreLever(Result):
    """An item of the scorecard that measures move."""

    item: str
    """`indicator`, or `indicator.item` where it has several."""
    parts: FrozenMap[str, MovedPart]
    """Moved parts by name (`indicator.part`)."""
    brackets: tuple[Bracket, ...]
    """Brackets from today's points up, the first of them met today; exactly one holds."""


class ScoreLevers(Result):
    """What a plan can do to the scorecard's total: `fixed` plus the points of one bracket of each lever."""

    fixed: float
    """Low end of the total without the items of the levers."""
    levers: tuple[ScoreLever, ...]
    """Items that measures move."""


class LevelPiece(Result):
    """A line that a level stays on or below: constant + Σ slope·(share of the measure in force)."""

    constant: float
    """Height today."""
    slope: FrozenMap[str, float]
    """Rise if the measure is fully carried out, by measure."""


class FactorLever(Result):
    """A row of the compliance table that measures move: level = min(1, its pieces), never below 0."""

    key: str
    """`factor`, or `factor.workplace`."""
    group: Category
    """Input group."""
    mandatory: bool
    """Whether missing it makes the group not compliant."""
    required: float
    """Required level; the lower end with `within`."""
    upper: float | None
    """Upper end with `within`."""
    direction: Direction
    """Which side is right."""
    actual: float
    """Level today in the factor's unit."""
    pieces: tuple[LevelPiece, ...]
    """Lines; none where the requirement is met and stays so."""
    weight: float
    """Part of the row in the enterprise's level."""
    group_weight: float
    """Part of the row in its group's level."""


class ComplianceLevers(Result):
    """What a plan can do to compliance: `fixed` plus Σ weight·level over the levers, for each group and in all."""

    fixed: float
    """Low end of the enterprise's level without the levers' rows."""
    group_fixed: FrozenMap[str, float]
    """The same of each input group."""
    failing: tuple[str, ...]
    """Mandatory requirements missed that no measure moves, by key."""
    levers: tuple[FactorLever, ...]
    """Rows that measures move."""
