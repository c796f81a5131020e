"""Rows of `scorecard` and `compliance`, and answers of the assessment: scores, levels, places, money against gaps.

Points are those of the scorecard's form; levels and gaps are shares in [0, 1]. Where an answer is missing, `low` is
what stands if it is the worst, `high` if it is the best; `low` is the headline.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from oshopt.model.base import Frozen, FrozenMap, Id, Name, Result, Text, Unbounded
from oshopt.model.measure import Category

Figure = Annotated[float, Field(ge=-1e12, le=1e12)]


class Answer(Frozen):
    """What an enterprise answers to one part of a scorecard's indicator."""

    indicator: Id
    """Indicator of the scorecard."""
    part: Id | None = None
    """Part of the indicator; may be empty where it has one part only."""
    question: Text = ""
    """What is asked, as the answer sheet says it; not read."""
    evidence: Text = ""
    """What is to be shown for it, as the answer sheet says it; not read."""
    value: bool | Figure | None = None
    """Yes or no, or a number, as the part asks; empty where it is not known."""
    note: Text = ""
    """Documents shown; for a judged figure the judge's reason."""
    source: Text = ""
    """Where the row's figures come from."""


class Direction(StrEnum):
    """Which side of its requirement a factor has to be on."""

    AT_LEAST = "at_least"
    """At or above `required`."""
    AT_MOST = "at_most"
    """At or below `required`."""
    WITHIN = "within"
    """From `required` to `upper`."""


class Demand(StrEnum):
    """Who demands a level (the stakeholders of S0)."""

    LAW = "law"
    AUTHORITY = "authority"
    OWNER = "owner"
    WORKER = "worker"
    CUSTOMER = "customer"
    CONTRACTOR = "contractor"
    SUPPLIER = "supplier"
    UNION = "union"
    MEDICAL = "medical"


class FactorEntry(Frozen):
    """Required and actual level of one factor of the compliance model, of the enterprise or of one workplace."""

    factor: Id
    """Factor or output of the catalogue."""
    workplace: Id | None = None
    """Work group whose workplace it is; the whole enterprise where empty."""
    question: Text = ""
    """What the factor is, as the answer sheet says it; not read."""
    applies: bool = True
    """No takes the factor out of every mean."""
    unit: Name = ""
    """Unit of the levels; with % they must lie from 0 to 100."""
    direction: Direction = Direction.AT_LEAST
    """Which side of the requirement is right."""
    required: Figure | None = None
    """Required level; the lower end with `within`."""
    upper: Figure | None = None
    """Upper end of the required range, with `within` only."""
    worst: Figure | None = None
    """Level that counts as 0; 0 where empty and at least a positive level is required."""
    actual: Figure | None = None
    """Level today; empty where it is not known."""
    before: Figure | None = None
    """Level a year before."""
    target: Figure | None = None
    """Level that the enterprise has set itself as a goal."""
    mandatory: bool = False
    """Whether missing it makes the group and the enterprise not compliant, whatever the mean says."""
    demanded_by: Demand | None = None
    """Who demands the level."""
    basis: Text = ""
    """Act, agreement or document that demands it."""
    source: Text = ""
    """Where the row's figures come from."""


class AnswerSheet(Frozen):
    """Answers of an enterprise on their own, without a scenario."""

    name: Name
    """Enterprise: the file's name."""
    scorecard: tuple[Answer, ...] = ()
    """Answers to the scorecard."""
    compliance: tuple[FactorEntry, ...] = ()
    """Required and actual levels."""


class NextStep(Result):
    """What is missing to the next bracket: so much more of each part, and the points that it brings."""

    more: FrozenMap[str, float]
    """How much more, by part (`indicator.part`)."""
    yes: tuple[str, ...]
    """Parts that have to become yes."""
    points: float
    """Points gained."""


class ItemScore(Result):
    """How one item of an indicator stands."""

    item: str
    """`indicator`, or `indicator.item` where it has several."""
    said: str
    """What was answered, in words: "18 of 20, 90 %"."""
    reason: str
    """The judge's reason for a judged figure; empty for everything else."""
    low: float
    """Points at least."""
    high: Unbounded
    """Points at most."""
    least: float
    """Least that any answer could earn."""
    greatest: Unbounded
    """Most that any answer could earn."""
    applicable: bool
    """Whether it counts; false where there is nothing to do."""
    missing: tuple[str, ...]
    """Parts without an answer."""
    step: NextStep | None
    """What is missing to the next bracket; empty at the top, or where the present figures are not known."""


class IndicatorScore(Result):
    """How an indicator stands."""

    id: str
    """Indicator."""
    number: int
    """Number in the source."""
    text: str
    """What is measured."""
    plannable: bool
    """Whether money can buy it."""
    low: float
    """Points at least."""
    high: Unbounded
    """Points at most."""
    least: float
    """Least that any answers could earn."""
    greatest: Unbounded
    """Most that any answers could earn."""
    lost: float | None
    """`greatest` − `low`; empty where there is no greatest."""
    applicable: bool
    """Whether it counts."""
    items: tuple[ItemScore, ...]
    """What earns its points."""


class Scorecard(Result):
    """The scorecard of one enterprise."""

    form: str
    """Name of the scorecard."""
    readings: tuple[str, ...]
    """Readings chosen."""
    low: float
    """Total at least: the headline."""
    high: Unbounded
    """Total at most, if every missing answer is the best one."""
    least: float
    """Least possible total of what is applicable."""
    greatest: float
    """Greatest possible total of what is applicable and has an upper end."""
    unbounded: tuple[str, ...]
    """Indicators without an upper end, which `greatest` leaves out."""
    missing: tuple[str, ...]
    """Parts without an answer."""
    parts: FrozenMap[str, str]
    """What each part asks."""
    indicators: tuple[IndicatorScore, ...]
    """Indicators in the form's order."""


class Place(Result):
    """An enterprise's place among several: by the low end of its total, equal totals sharing a place."""

    name: str
    """Enterprise."""
    place: int
    """Place, 1 being the highest total."""
    best: int
    """Best place that missing answers could still give it."""
    worst: int
    """Worst place that missing answers could still give it."""
    low: float
    """Total at least."""
    high: Unbounded
    """Total at most."""
    least: float
    """Least possible total."""
    greatest: float
    """Greatest possible total."""
    missing: int
    """Parts without an answer."""


class Compliant(StrEnum):
    """Whether every mandatory requirement is met."""

    YES = "compliant"
    NO = "not compliant"
    """A mandatory requirement is missed."""
    UNKNOWN = "not known"
    """Nothing mandatory is known to be missed, but levels are not known."""


class FactorLevel(Result):
    """One row of the compliance table, judged."""

    key: str
    """`factor`, or `factor.workplace`."""
    factor: str
    """Factor or output."""
    text: str
    """What it is."""
    group: str
    """Input or output group."""
    workplace: str | None
    """Workplace; the whole enterprise where empty."""
    low: float
    """Level at least, 1 where the requirement is met."""
    high: float
    """Level at most."""
    met: bool | None
    """Whether the requirement is met; empty where it is not known."""
    entry: FactorEntry
    """The row."""


class GroupLevel(Result):
    """An input group, a workplace or the whole enterprise: the mean of its factors' levels."""

    low: float
    """Mean level at least, the initial level of safety."""
    high: float
    """Mean level at most."""
    status: Compliant
    """Whether every mandatory requirement is met."""
    factors: int
    """Factors that count."""
    failures: tuple[str, ...]
    """Mandatory requirements missed, by key."""
    missing: tuple[str, ...]
    """Factors without a known level, by key."""


class Goal(Result):
    """A goal and what was achieved."""

    key: str
    """`factor`, or `factor.workplace`."""
    text: str
    """What it is about."""
    unit: str
    """Unit."""
    target: float
    """Level wanted."""
    achieved: float | None
    """Level today."""
    met: bool | None
    """Whether it is reached; empty where the level is not known."""


class Output(Result):
    """An output of the system before and after a year."""

    key: str
    """`output`, or `output.workplace`."""
    text: str
    """What it is."""
    group: str
    """Output group."""
    unit: str
    """Unit."""
    before: float | None
    """Level a year before."""
    after: float | None
    """Level today."""
    change: float | None
    """after − before."""
    better: bool | None
    """Whether the change is for the better; empty where nothing changed or a level is not known."""


class Compliance(Result):
    """The compliance of one enterprise (S0)."""

    total: GroupLevel
    """The enterprise."""
    groups: FrozenMap[str, GroupLevel]
    """Input groups by name."""
    workplaces: FrozenMap[str, GroupLevel]
    """Workplaces by id, by their own rows."""
    factors: tuple[FactorLevel, ...]
    """Rows of input factors in the catalogue's order; factors without a row stand with an empty one."""
    outputs: tuple[Output, ...]
    """Outputs before and after."""
    goals: tuple[Goal, ...]
    """Goals and what was achieved."""


class GapMoney(Result):
    """Money of one strategy on an input group beside the group's gap."""

    group: Category
    """Input group."""
    gap: float
    """1 − level of the group, at its low end."""
    gap_share: float
    """Part of the gaps of all groups."""
    money: float
    """Money beyond what doing nothing costs, over the horizon."""
    money_share: float
    """Part of that money over all groups; 0 where none is spent."""
    neglected: bool
    """Whether its part of the money is less than half of its part of the gaps."""


class Assessment(Result):
    """Where one enterprise stands."""

    name: str
    """Enterprise."""
    scorecard: Scorecard | None = None
    """Scorecard; empty without answers."""
    compliance: Compliance | None = None
    """Compliance; empty without levels."""
    money: FrozenMap[str, tuple[GapMoney, ...]] = FrozenMap()
    """Money against gap by strategy."""
