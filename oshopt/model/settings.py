"""What `scenario.toml` says: horizon, prices, budget, and the settings of each engine."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from oshopt.model.base import Frozen, Id, Money, Name, Share, Year
from oshopt.model.indirect import ratio_tables
from oshopt.model.money import Budget


class AfterHorizon(StrEnum):
    """What becomes of effects when the horizon ends (design, section 3)."""

    KEEP = "keep"
    """The last year's effect goes on, because the enterprise goes on paying for it."""
    LAPSE = "lapse"
    """Each effect ends with its lifetime, nothing is renewed, the increment returns."""


class CaseCosts(Frozen):
    """Money that cases, injuries, lost days and fines cost, and the profit margin that sales must pay it from."""

    per_case: Money | None = None
    """Direct money per case of occupational disease."""
    per_injury: Money | None = None
    """Direct money per injury, beside its lost days."""
    per_lost_day: Money | None = None
    """Direct money per day lost to injury."""
    per_fine: Money | None = None
    """Money per fine of the table losses that names none of its own."""
    indirect_ratio: Annotated[float, Field(ge=0, le=1000)] | None = None
    """Indirect money for each unit of direct money of a case or injury; none is counted where empty."""
    indirect_table: Literal["osha"] | None = None
    """Shipped table of such ratios by the size of the direct money, in place of indirect_ratio: osha (US dollars)."""
    margin: Annotated[float, Field(gt=0, le=1)] | None = None
    """Profit margin, from which the sales follow that pay for the cases and injuries that remain."""

    @property
    def case(self) -> float:
        """Money of one case, indirect money included."""
        return self.with_indirect(self.per_case or 0.0)

    def injury(self, lost_days: float) -> float:
        """Return the money of one injury with so many lost days, indirect money included."""
        return self.with_indirect(self.direct_injury(lost_days))

    def direct_injury(self, lost_days: float) -> float:
        """Return the direct money of one injury with so many lost days."""
        return (self.per_injury or 0.0) + (self.per_lost_day or 0.0) * lost_days

    def with_indirect(self, direct: float) -> float:
        """Return the direct money of one case or injury with its indirect money."""
        if self.indirect_table is not None:
            return direct * (1.0 + ratio_tables()[self.indirect_table].of(direct))
        return direct * (1.0 + (self.indirect_ratio or 0.0))


class SimulationSettings(Frozen):
    """How the enterprise behaves when a plan is simulated."""

    crews: Annotated[int, Field(ge=1, le=10_000)] | None = None
    """Projects that can be worked on at the same time; unlimited where empty."""
    cost_overrun: Annotated[float, Field(ge=0, le=1000)] = 0.0
    """Relative spread of a purchase's cost above its plan, c: it is uniform on [1, 1 + c] times the plan."""
    shock_rate: Annotated[float, Field(ge=0, le=1000)] = 0.0
    """Shocks a year."""
    shock_size: Annotated[float, Field(ge=0, le=1000)] = 0.0
    """Relative rise of every group's increment in a shock."""
    shock_length: Annotated[float, Field(ge=0, le=100)] = 0.0
    """Years that a shock lasts."""
    case_leaves: bool = False
    """Whether a worker leaves when a case is recorded."""
    move_at_limit: bool = False
    """Whether a worker goes to safe work on passing the acceptable risk."""


class SurveySettings(Frozen):
    """How surveys of experts are judged, weighed and repeated."""

    agreement: Share = 0.5
    """Least coefficient of concordance W that counts as agreement, beside a significant χ²."""
    level: Annotated[float, Field(gt=0, le=0.5)] = 0.05
    """Level of significance of W."""
    competence: Share = 0.5
    """Least share of the possible points that makes an expert competent, by each method that was used."""
    competence_weights: bool = False
    """Whether an expert's opinion weighs as much as the expert's competence."""
    insignificant: Share = 0.5
    """A factor is insignificant where even the upper end of its weight's band lies below this share of the mean 1/n."""
    exclude_insignificant: bool = False
    """Whether insignificant factors get no weight."""
    rounds: Annotated[int, Field(ge=1, le=2)] = 2
    """Rounds of the procedure."""
    most_replacements: Annotated[int, Field(ge=0, le=20)] = 2
    """Times that incompetent experts are replaced before the procedure ends without agreement."""
    most_rule_changes: Annotated[int, Field(ge=0, le=20)] = 2
    """Times that the rules are changed before the procedure ends without agreement."""
    draws: Annotated[int, Field(ge=100, le=100_000)] = 1000
    """Bootstrap draws of the experts, from which bands of weights and plans come."""
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 1
    """Seed of the draws and of the permutation test."""


class ForecastSettings(Frozen):
    """How outcomes are forecast from the history, and how a decision is chosen (S3, eqs 2 and 3)."""

    ahead: Annotated[int, Field(ge=1, le=20)] = 1
    """Δt: years from the indicators to the outcome."""
    level: Annotated[float, Field(ge=0.5, le=0.99)] = 0.9
    """Share of outcomes that a prediction interval is to hold."""
    components: Annotated[int, Field(ge=1, le=100)] | None = None
    """Number of principal components; chosen by rolling-origin error where empty."""
    minimise: Id | None = None
    """Outcome that the best decision minimises; needed where there are several."""
    cost_limit: Money | None = None
    """C_Γ, limit on the cost of a decision; the budget of the first year where empty."""


class ReportSettings(Frozen):
    """What the report's head says."""

    title: Name = ""
    """Title; the scenario's name where empty."""
    organisation: Name = ""
    """Enterprise or department."""
    prepared_by: Name = ""
    """Post that prepared it (a post, not a person)."""


class AssessmentSettings(Frozen):
    """Which scorecard the answers follow, and how it is read where its source leaves something open."""

    form: Name = ""
    """TOML file of the scorecard, beside the scenario; the scorecard of 27 indicators where empty."""
    readings: tuple[Id, ...] = ()
    """Readings chosen, by id."""


class RuleOn(StrEnum):
    """What a rule adds up."""

    SPEND = "spend"
    """Money for new shares."""
    SHARE = "share"
    """Shares of full cost bought; the share of the full effect where a measure is bought by levels."""
    PART = "part"
    """Part of all money for new shares that goes to the rule's measures, from 0 to 1."""
    PROJECTS = "projects"
    """Number of purchases begun."""
    UNDER_WAY = "under_way"
    """Number of purchases whose lead time runs, at least in the year of the purchase: crews at work."""


class Rule(Frozen):
    """A named linear limit on what plans do, summed over measures and years."""

    name: Id
    """Name that the certificate uses."""
    on: RuleOn = RuleOn.SPEND
    """What is added up."""
    measures: tuple[Id, ...] = ()
    """Ids, categories or control levels; all measures where empty."""
    years: tuple[Year, ...] = ()
    """Calendar years; all where empty."""
    each_year: bool = False
    """Whether the limit holds for each of the years alone in place of their sum."""
    at_least: Money | None = None
    """Lower limit."""
    at_most: Money | None = None
    """Upper limit."""


class Settings(Frozen):
    """The whole of `scenario.toml`."""

    name: Annotated[str, Field(min_length=1, max_length=300)]
    """Name of the scenario."""
    currency: Annotated[str, Field(min_length=1, max_length=16)]
    """Currency code or sign that every amount is in."""
    start_year: Year
    """First calendar year of the plan."""
    horizon: Annotated[int, Field(ge=1, le=100)]
    """Years that the plan covers."""
    full_cost: Money | None = None
    """Z_max for every measure that names none of its own (eq. 7)."""
    normalise_weights: bool = False
    """Whether weights that do not sum to 1 are divided by their sum."""
    weight_spread: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Relative uncertainty of the weights of measures that state none: each is lognormal around its value with a
    standard deviation of this share of it, and each draw is divided by its sum."""
    after_horizon: AfterHorizon = AfterHorizon.KEEP
    """What becomes of effects when the horizon ends."""
    discount_rate: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Discount rate a year; money of a year counts at the year's end."""
    price_growth: Annotated[float, Field(ge=-0.5, le=5)] = 0.0
    """Growth of all full costs a year, from the first year on; the money of cases and other losses does not grow."""
    encoding: Annotated[str, Field(min_length=1, max_length=32)] | None = None
    """Encoding of the tables where it is neither UTF-8 nor UTF-16, e.g. cp1251."""
    budget: Budget = Budget()
    """Limits on cost."""
    costs: CaseCosts = CaseCosts()
    """Money per case, injury, lost day and fine."""
    simulation: SimulationSettings = SimulationSettings()
    """Behaviour in simulation."""
    survey: SurveySettings = SurveySettings()
    """Judgement of surveys."""
    forecast: ForecastSettings = ForecastSettings()
    """Forecast and choice of decision."""
    report: ReportSettings = ReportSettings()
    """Head of the report."""
    assessment: AssessmentSettings = AssessmentSettings()
    """Scorecard and its readings."""
    rule: tuple[Rule, ...] = ()
    """Named linear limits."""

    @property
    def years(self) -> range:
        """Calendar years of the horizon."""
        return range(self.start_year, self.start_year + self.horizon)
