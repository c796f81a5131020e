"""One enterprise carrying out a strategy, once: money, crews, work, upkeep, shocks (SimPy), and the path that results.

People are not here (`oshopt.simulation.workforce`), nor is the making of plans: whoever wants the plan made anew each
year passes a planner in.

The order of steps is a contract. At the start of year t = 0, 1, … these follow each other:

1. Money is released: each line gets its amount of the year; what a line without carry-over had left is lost.
2. With a planner, what is left is planned anew (`oshopt.simulation.remainder`); where no plan exists, the last goes on.
3. What the strategy no longer keeps of the status quo is given up, for good.
4. Upkeep is billed on the status quo and on purchases that have been in force for a year. What stays unpaid lapses for
   good: the status quo's part raises the increment by the effect lost.
5. Purchases of the year are ordered and paid, at the strategy's money times an overrun uniform on
   [1, 1 + `cost_overrun`]. Where money is short, less is bought: of a divisible measure the share that is left after
   its fixed cost. Nothing is begun, and nothing paid, where that is below the measure's minimum, or where a whole
   measure or a level cannot be paid in full. What is due for projects of earlier years comes first, at the overrun of
   their order; a project whose payment cannot be made in full stops for good.

Bills of one step come in the order duty, weight, id. Each is paid from the money that the strategy means for it, then
from money that no other bill of the year needs; an overrun may thus eat what later years count on. Between the years:

6. A purchase with a lead time waits for a crew, in the order of orders; work takes the lead time times a uniform on
   [1 − s, 1 + s], s the `lead_time_spread`. Its end begins the effect, which lasts `lifetime` years from then. Without
   lead time the effect begins with the order.
7. Shocks come as a Poisson process of `shock_rate` a year within the horizon; each adds `shock_size` to the factor on
   every group's increment for `shock_length` years.

After the horizon work under way is finished, and `after_horizon` says what goes on (`projects.force_over_time`).

Time is continuous: a lead time of half a year begins its effect half a year after the order and ends it a lifetime
later, where `oshopt.risk` plans with whole years and counts it from the first full year. Upkeep is billed in the same
years by both. With whole lead times and nothing random the path is that of `oshopt.risk.evaluate`, and so is the
money, but for what a strategy means for a whole measure, a level or a least share that it cannot buy: it is kept.
What `requires`, `excludes` and rules say limits plans; a project goes on when what it requires was not begun.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import simpy

from oshopt.model import AfterHorizon, LogEntry, NoPlanError, Scenario, Strategy
from oshopt.risk.arrays import ScenarioArrays, arrays_of
from oshopt.risk.exposure import ExposurePath, Floats
from oshopt.risk.funding import Funding, funding_of
from oshopt.risk.purchases import SAME
from oshopt.simulation import events
from oshopt.simulation.agenda import Agenda, AgendaYear, wanted_anew, wanted_of
from oshopt.simulation.draws import FULL, enterprise_draws, enterprise_table, exponential
from oshopt.simulation.projects import Horizon, Purchase, force_over_time, paths_of
from oshopt.simulation.remainder import Standing, what_is_left
from oshopt.simulation.treasury import Treasury

PROJECT, SHOCK, INCREMENT = range(3)
"""Purposes of draws: a purchase's lead time and overrun (by measure and calendar year), the gap to a shock (by its
number), the value of a group's increment."""
EVERYBODY = ""
"""Subject of the draws of shocks; no id is empty."""

Planner = Callable[[Scenario], Strategy]
"""Makes a strategy for what is left of a scenario; raises `NoPlanError` where no plan exists."""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """One replication of the enterprise."""

    paths: dict[str, ExposurePath]
    """Exposure of each group by id."""
    increments: Floats
    """dR of this replication, shape (groups,), 1/year."""
    spend: Floats
    """Money paid in each year, shape (years,)."""
    lacking: Floats
    """Money that the bills of each year lacked, so that less was bought or effects lapsed, shape (years,)."""
    purchases: tuple[Purchase, ...]
    """Every purchase with a share, in the order of orders."""
    log: tuple[LogEntry, ...]
    """Events by time; empty where not asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Enterprise:
    """A scenario and a strategy, ready to be carried out any number of times."""

    scenario: Scenario
    arrays: ScenarioArrays
    funding: Funding
    agenda: Agenda
    order: tuple[int, ...]
    """Positions of measures in the order in which they are served."""
    lasting: tuple[tuple[float, float, int], ...]
    """Lead time, its spread and lifetime of each measure, years."""
    upkeep: tuple[list[float], ...]
    """Upkeep of the whole of each measure, by year."""
    planner: Planner | None

    @classmethod
    def of(cls, scenario: Scenario, strategy: Strategy, planner: Planner | None = None) -> Enterprise:
        """Prepare a scenario; raises `InputError` for unknown measures."""
        scenario.require_known(strategy)
        arrays = arrays_of(scenario)
        measures = scenario.measures
        order = sorted(
            range(len(arrays.measures)),
            key=lambda row: (not measures[arrays.measures[row]].mandatory, -arrays.weight[row], row),
        )
        rows = [measures[name] for name in arrays.measures]
        return cls(
            scenario=scenario,
            arrays=arrays,
            funding=funding_of(scenario, arrays),
            agenda=Agenda.of(arrays, wanted_of(scenario, strategy, arrays)),
            order=tuple(order),
            lasting=tuple((row.lead_time, row.lead_time_spread, row.lifetime) for row in rows),
            upkeep=tuple((arrays.upkeep * arrays.full_cost[:, year]).tolist() for year in range(len(arrays.years))),
            planner=planner,
        )

    @property
    def certain(self) -> bool:
        """Whether no chance touches the enterprise, so that every replication has the same history."""
        rules, groups = self.scenario.settings.simulation, self.scenario.groups.values()
        fixed = rules.cost_overrun == 0 and rules.shock_rate == 0 and self.planner is None
        spread = any(spread > 0 for _, spread, _ in self.lasting)
        return fixed and not spread and not any(group.risk_increment_spread > 0 for group in groups)

    def run(self, seed: int, replication: int = 0, *, log: bool = False) -> History:
        """Carry the strategy out once; equal seeds and replications give equal histories."""
        return _Run(self, seed, replication, log).history()


class _Run:
    """State of one replication."""

    def __init__(self, enterprise: Enterprise, seed: int, replication: int, log: bool) -> None:
        self.enterprise = enterprise
        self.arrays, self.scenario = enterprise.arrays, enterprise.scenario
        self.settings = enterprise.scenario.settings
        self.rules = self.settings.simulation
        self.overrun = self.rules.cost_overrun
        self.key = (seed, replication)
        self.env: Any = simpy.Environment()
        self.crews: Any = None if self.rules.crews is None else simpy.Resource(self.env, self.rules.crews)
        self.treasury = Treasury(enterprise.funding, len(self.arrays.measures))
        self._take_up(enterprise.agenda)
        self.kept = self.arrays.status_quo.tolist()
        self.kept_steps: list[tuple[float, int, float]] = []
        self.purchases: list[Purchase] = []
        self.standing: list[Purchase] = []
        self.shocks: list[tuple[float, float]] = []
        self.log: list[LogEntry] | None = [] if log else None
        self.horizon = Horizon(len(self.arrays.years), self.settings.after_horizon is AfterHorizon.KEEP)

    def history(self) -> History:
        self.env.process(self._years())
        if self.rules.shock_rate > 0:
            self.env.process(self._shocks())
        self.env.run()
        others = [time for shock in self.shocks for time in shock]
        force = force_over_time(self.arrays, self.purchases, self.kept_steps, self.horizon, others)
        increments = self._increments()
        people = [self.scenario.groups[name] for name in self.arrays.groups]
        paths = paths_of(
            self.arrays,
            force,
            increments=increments,
            injury_rates=np.array([group.injury_rate for group in people]),
            shocks=self.shocks,
            shock_size=self.rules.shock_size,
        )
        spend, lacking = np.array(self.treasury.spent), np.array(self.treasury.lacking)
        return History(paths, increments, spend, lacking, tuple(self.purchases), self._events())

    def _increments(self) -> Floats:
        increments = self.arrays.increment.copy()
        for row, name in enumerate(self.arrays.groups):
            spread = self.scenario.groups[name].risk_increment_spread
            if spread > 0:
                increments[row] *= _around_one(spread, enterprise_draws(*self.key, name, 0, INCREMENT)[0])
        return increments

    def _take_up(self, agenda: Agenda) -> None:
        """Go by an agenda from now on, and draw the chances of its purchases."""
        self.agenda = agenda
        draws = enterprise_table(*self.key, agenda.rounds, PROJECT)[:, :2].tolist()
        self.chances = dict(zip(agenda.orders, draws, strict=True))

    def _years(self) -> Iterator[Any]:
        for year in range(self.horizon.years):
            next_year = self.env.timeout(1.0)
            money = self.treasury.open(year)
            self._note(events.RELEASED, str(self.arrays.years[year]), money)
            if self.enterprise.planner is not None:
                self._plan_anew(year, self.enterprise.planner)
            agenda = self.agenda.years[year - self.agenda.first]
            self.treasury.earmark(agenda.payments, agenda.named)
            self._keep_up(year, agenda)
            self._order(year, agenda)
            yield next_year

    def _plan_anew(self, year: int, planner: Planner) -> None:
        standing = Standing(year, np.array(self.kept), self.purchases, self.kept_steps, self.treasury)
        left = what_is_left(self.scenario, self.arrays, standing)
        try:
            strategy = planner(left)
        except NoPlanError as error:
            self._note(events.NO_PLAN, "", 0.0, reason=error)
            return
        wanted = wanted_anew((self.scenario, self.arrays), left, strategy, year)
        for purchase in self.purchases:
            purchase.mark(wanted.named, year)
        self._take_up(Agenda.of(self.arrays, wanted))
        self._note(events.PLANNED, strategy.id, float(wanted.spend[:, 0].sum()))

    def _keep_up(self, year: int, agenda: AgendaYear) -> None:
        """Give up what is no longer kept and pay upkeep (steps 3 and 4)."""
        self.standing = [purchase for purchase in self.standing if purchase.ends > year]
        due: dict[int, list[Purchase]] = {}
        for purchase in self.standing:
            if purchase.needs_upkeep(year) and purchase.taken > 0:
                due.setdefault(purchase.row, []).append(purchase)
        rates = self.enterprise.upkeep[year]
        for row in self.enterprise.order:
            if agenda.kept[row] < self.kept[row]:
                self._note(events.GIVEN_UP, self.arrays.measures[row], 0.0, share=self.kept[row] - agenda.kept[row])
                self._keep(row, agenda.kept[row])
            running = due.get(row, ())
            taken = [purchase.taken for purchase in running]
            most = max(taken, default=0.0) if row in self.arrays.levelled else sum(taken)
            bill = rates[row] * (self.kept[row] + most)
            if bill > 0:
                self._pay_upkeep(row, bill, running)

    def _pay_upkeep(self, row: int, bill: float, running: Sequence[Purchase]) -> None:
        paid = self.treasury.pay(row, bill)
        name = self.arrays.measures[row]
        self._note(events.UPKEEP, name, paid)
        if paid < bill:
            self._note(events.LAPSED, name, bill - paid, share=1 - paid / bill)
            self._keep(row, self.kept[row] * paid / bill)
            for purchase in running:
                purchase.lapse(self.env.now, paid / bill)

    def _keep(self, row: int, share: float) -> None:
        if share < self.kept[row]:
            self.kept[row] = share
            self.kept_steps.append((self.env.now, row, share))

    def _pay_due(self, year: int) -> None:
        """Pay what is due this year for projects begun before; stop those that cannot be paid in full (step 5)."""
        due = [purchase for purchase in self.purchases if year in purchase.due and not purchase.stopped]
        for purchase in sorted(due, key=lambda p: self.enterprise.order.index(p.row)):
            bills = purchase.due[year]
            name, money = self.arrays.measures[purchase.row], math.fsum(amount for _, amount in bills)
            if self.treasury.pay_all(purchase.row, bills):
                self._note(events.PAID, name, money, year=self.arrays.years[purchase.year])
                continue
            self._note(events.STOPPED, name, 0.0, money=money)
            purchase.stop(self.env.now)
            if purchase.halt is not None and not purchase.halt.triggered:
                purchase.halt.succeed()

    def _order(self, year: int, agenda: AgendaYear) -> None:
        """Order and pay the year's purchases (step 5) and begin those that take time."""
        self._pay_due(year)
        begun: list[tuple[Purchase, float]] = []
        for row in self.enterprise.order:
            bills = self.agenda.bills.get((year, row))
            if bills is not None or agenda.shares[row] > 0 or agenda.spend[row] > 0:
                lead, spread, _ = self.enterprise.lasting[row]
                pace, excess = self.chances[year, row]
                overrun = 1.0 + self.overrun * excess if agenda.spend[row] > 0 or bills else 1.0
                buy = self._buy_whole if row in self.arrays.choices else self._buy
                purchase = buy(year, row, agenda, overrun)
                work = lead * _around_one(spread, pace)
                if purchase is not None and work > 0:
                    begun.append((purchase, work))
                elif purchase is not None:
                    purchase.started = self.env.now
                    self._finish(purchase)
            self.treasury.release(row)
        for purchase, work in begun:
            if self.crews is None:
                self._start(purchase, work)
            else:
                self.env.process(self._wait(purchase, work))

    def _buy(self, year: int, row: int, agenda: AgendaYear, overrun: float) -> Purchase | None:
        """Buy as much of a divisible measure as money allows; below its minimum nothing, at no cost."""
        wanted, fixed = agenda.shares[row], float(self.arrays.fixed[row, year]) * overrun
        least, name = float(self.arrays.least[row]), self.arrays.measures[row]
        price, state = agenda.spend[row] * overrun, self.treasury.state() if fixed > 0 or least > 0 else None
        paid = self.treasury.pay(row, price) if price > 0 else 0.0
        bought = wanted * max(0.0, paid - fixed) / (price - fixed) if price > fixed else wanted * (paid >= price)
        share = min(bought, 1.0 - self.kept[row])
        if state is not None and price > 0 and (share <= 0 or (paid < price and share < least * (1 - SAME))):
            self.treasury.restore(state)
            self._note(events.LACKING, name, 0.0, money=price)
            return None
        if paid < price:
            self._note(events.CUT, name, price - paid, share=share, wanted=min(wanted, 1.0))
        if share <= 0:
            return None
        return self._ordered(Purchase(row, year, 0.0, 1, share), paid, overrun)

    def _buy_whole(self, year: int, row: int, agenda: AgendaYear, overrun: float) -> Purchase | None:
        """Begin a whole measure or a level if all that it costs this year can be paid; nothing is paid otherwise."""
        name, bills = self.arrays.measures[row], self.agenda.bills.get((year, row))
        if bills is None:
            self._note(events.TOO_LITTLE, name, 0.0, money=agenda.spend[row])
            return None
        now = [(bill.line, bill.amount * overrun) for bill in bills if bill.year == year]
        price = math.fsum(amount for _, amount in now)
        if not self.treasury.pay_all(row, now):
            self._note(events.NOT_IN_FULL, name, 0.0, money=price)
            return None
        due: dict[int, list[tuple[int, float]]] = {}
        for bill in bills:
            if bill.year > year and bill.line is not None:
                due.setdefault(bill.year, []).append((bill.line, bill.amount * overrun))
        purchase = Purchase(row, year, 0.0, 1, min(agenda.shares[row], 1.0 - self.kept[row]))
        purchase.taken, purchase.due = agenda.taken[row], due
        purchase.halt = self.env.event() if due else None
        return self._ordered(purchase, price, overrun)

    def _ordered(self, purchase: Purchase, paid: float, overrun: float) -> Purchase:
        """Enter a purchase into the books."""
        lead, _, purchase.lifetime = self.enterprise.lasting[purchase.row]
        purchase.planned, purchase.paid = purchase.year + lead, paid
        self.purchases.append(purchase)
        self.standing.append(purchase)
        name = self.arrays.measures[purchase.row]
        self._note(events.ORDERED, name, paid, share=purchase.share, overrun=overrun)
        return purchase

    def _wait(self, purchase: Purchase, work: float) -> Iterator[Any]:
        """Wait for a crew, and keep it until the work is done."""
        with self.crews.request() as turn:
            yield turn
            if not purchase.stopped:
                done = self._start(purchase, work)
                yield done if purchase.halt is None else done | purchase.halt

    def _start(self, purchase: Purchase, work: float) -> Any:
        """Begin the work; its end begins the effect (step 6). Return that event."""
        purchase.started = self.env.now
        self._note(events.STARTED, self.arrays.measures[purchase.row], 0.0, work=work)
        done = self.env.timeout(work)
        done.callbacks.append(lambda _: self._finish(purchase))
        return done

    def _finish(self, purchase: Purchase) -> None:
        if purchase.stopped:
            return
        purchase.finish(self.env.now)
        name = self.arrays.measures[purchase.row]
        self._note(events.IN_FORCE, name, 0.0, share=purchase.share, lifetime=purchase.lifetime)

    def _shocks(self) -> Iterator[Any]:
        """Let shocks come within the horizon (step 7)."""
        number = 0
        while True:
            word = np.uint32(enterprise_draws(*self.key, EVERYBODY, number, SHOCK)[0] * FULL)
            yield self.env.timeout(exponential(word) / self.rules.shock_rate)
            if self.env.now >= self.horizon.years:
                return
            self.shocks.append((self.env.now, self.env.now + self.rules.shock_length))
            self._note(events.SHOCK, "", 0.0, size=self.rules.shock_size, length=self.rules.shock_length)
            number += 1

    def _note(self, event: events.Event, subject: str, paid: float, **figures: object) -> None:
        if self.log is not None:
            self.log.append(events.entry(event, float(self.env.now), subject, paid, **figures))

    def _events(self) -> tuple[LogEntry, ...]:
        if self.log is None:
            return ()
        names = self.arrays.measures
        ends = [
            events.entry(events.ENDED, p.ends, names[p.row], 0.0)
            for p in self.purchases
            if p.ends <= self.horizon.years and not p.stopped
        ]
        return tuple(sorted([*self.log, *ends], key=lambda entry: entry.time))


def _around_one(spread: float, draw: float) -> float:
    """Return the value at `draw` in (0, 1) of the uniform distribution on [1 − spread, 1 + spread]."""
    return 1.0 + spread * (2.0 * float(draw) - 1.0)
