"""From the figures of single replications to what is told of them: means, errors, quantiles, paired differences.

Everything is reduced in the order of the replications, so that any split of the work gives equal bits.
"""

from __future__ import annotations

import math

import numpy as np

from oshopt.language import say, say_amount
from oshopt.model import (
    Difference,
    Evaluation,
    Flag,
    FrozenMap,
    LogEntry,
    Outcome,
    ProjectDates,
    Scenario,
    SingleSpread,
    Spread,
)
from oshopt.risk.evaluation import discount
from oshopt.risk.exposure import Floats
from oshopt.risk.pairs import difference, standard_error
from oshopt.simulation.replications import QUANTITIES, Job, Samples, projects_of, versions

_SHARES = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
_PER_PERSON = ("mean_risk", "share_above")
_AT_YEARS_END = ("headcount", *_PER_PERSON)


def _statistics(values: Floats) -> dict[str, Floats]:
    """Return mean, standard error and quantiles (values that occurred) over the first axis."""
    ordered = np.sort(values, axis=0)
    places = {name: math.ceil(share * len(values)) - 1 for name, share in _SHARES.items()}
    quantiles = {name: ordered[place] for name, place in places.items()}
    return {"mean": np.mean(values, axis=0), "se": standard_error(values)} | quantiles


def _by_year(values: Floats) -> Spread:
    return Spread(**{name: tuple(row.tolist()) for name, row in _statistics(values).items()})


def _single(values: Floats) -> SingleSpread:
    return SingleSpread(**{name: float(value) for name, value in _statistics(values).items()})


def over_groups(people: Floats) -> Floats:
    """Return figures over all groups, shape (R, quantities, T), from those by group: sums, or means over people."""
    heads = people[:, :, QUANTITIES.index("headcount")]
    rows = [
        (people[:, :, i] * heads).sum(axis=1) / heads.sum(axis=1)
        if name in _PER_PERSON
        else people[:, :, i].sum(axis=1)
        for i, name in enumerate(QUANTITIES)
    ]
    return np.stack(rows, axis=1)


def _quantities(people: Floats) -> FrozenMap[str, Spread]:
    return FrozenMap({name: _by_year(people[:, i]) for i, name in enumerate(QUANTITIES)})


def outcome_of(job: Job, samples: Samples, planned: Evaluation, log: tuple[LogEntry, ...]) -> Outcome:
    """Return what is told of a strategy's replications; `planned` is its evaluation without chance."""
    scenario = job.scenario
    groups = list(scenario.groups)
    return Outcome(
        scenario=scenario.name,
        strategy=job.strategy.id,
        replications=len(samples.spend),
        seed=job.seed,
        versions=FrozenMap(versions()),
        fingerprint=scenario.fingerprint,
        replanned=job.planner is not None,
        years=tuple(scenario.years),
        groups=FrozenMap({name: _quantities(samples.people[:, row]) for row, name in enumerate(groups)}),
        everybody=_quantities(over_groups(samples.people)),
        safe_service=FrozenMap({name: _single(samples.service[:, row]) for row, name in enumerate(groups)}),
        planned_service=planned.safe_service,
        totals=FrozenMap({name: _single(values) for name, values in figures(scenario, samples).items()}),
        spend=_by_year(samples.spend),
        planned_spend=tuple(planned.cost_by_year.values()),
        lacking=_by_year(samples.lacking),
        short=float(samples.lacking.any(axis=1).mean()),
        flags=_flags(job, samples, planned),
        projects=_projects(job, samples),
        log=log,
    )


def _flags(job: Job, samples: Samples, planned: Evaluation) -> tuple[Flag, ...]:
    """Return where money does not suffice: by the strategy as written, and as it was carried out."""
    flags = [flag for flag in planned.flags if flag.code == "over-budget" and job.planner is None]
    short = samples.lacking.any(axis=1)
    if short.any():
        lacking = float(samples.lacking[short].sum(axis=1).mean())
        text = say(
            "Money runs short in {short} of {all} replications, where it does on average by {money} {currency}: less "
            "is bought, or effects lapse for want of upkeep.",
            short=int(short.sum()),
            all=short.size,
            money=say_amount(round(lacking, 0 if lacking >= 100 else 2)),
            currency=job.scenario.settings.currency,
        )
        flags.append(Flag(code="short", subject=job.strategy.id, text=text))
    return tuple(flags)


def _projects(job: Job, samples: Samples) -> tuple[ProjectDates, ...]:
    """Return the dates of every project that was carried out in any replication."""
    dates = []
    for column, (name, year) in enumerate(projects_of(job.scenario)):
        starts, ends = samples.starts[:, column], samples.ends[:, column]
        done = np.isfinite(ends)
        if done.any():
            start, end = _statistics(starts[done]), _statistics(ends[done])
            order = float(year - job.scenario.settings.start_year)
            dates.append(
                ProjectDates(
                    measure=name,
                    year=year,
                    planned_start=order,
                    planned_done=order + job.scenario.measures[name].lead_time,
                    carried_out=float(done.mean()),
                    start=float(start["p50"]),
                    done_p05=float(end["p05"]),
                    done=float(end["p50"]),
                    done_p95=float(end["p95"]),
                )
            )
    return tuple(sorted(dates, key=lambda d: (d.planned_start, d.planned_done, d.measure)))


def figures(scenario: Scenario, samples: Samples) -> dict[str, Floats]:
    """Return one figure of each kind for every replication, shape (R,): what two strategies are compared by."""
    everybody = over_groups(samples.people)
    sums = {name: everybody[:, QUANTITIES.index(name)].sum(axis=1) for name in ("cases", "injuries", "lost_days")}
    found = sums | {
        "share_above": everybody[:, QUANTITIES.index("share_above"), -1],
        "spend": samples.spend.sum(axis=1),
        "safe_service": samples.service.min(axis=1),
    }
    yearly = _loss_money(scenario, samples.people)
    if yearly is not None:
        losses = yearly @ discount(scenario)
        found |= {"losses": losses, "burden": losses + samples.spend @ discount(scenario)}
    return found


def _loss_money(scenario: Scenario, people: Floats) -> Floats | None:
    """Return money of cases, injuries and lost days, indirect money included, shape (R, T); None without prices."""
    costs, groups = scenario.settings.costs, scenario.groups.values()
    direct = np.array([costs.direct_injury(group.lost_days) for group in groups])
    whole = np.array([costs.injury(group.lost_days) for group in groups])
    if not costs.case and not whole.any():
        return None
    ratio = np.divide(whole, direct, out=np.ones_like(whole), where=direct > 0)[:, None]
    cases, injuries, days = (people[:, :, QUANTITIES.index(name)] for name in ("cases", "injuries", "lost_days"))
    injured = injuries * (costs.per_injury or 0.0) + days * (costs.per_lost_day or 0.0)
    return np.asarray((cases * costs.case + injured * ratio).sum(axis=1))


def difference_of(first: Job, samples: Samples, second: Job, others: Samples) -> Difference:
    """Hold two strategies against each other, replication by replication under the same draws."""
    tables = figures(first.scenario, samples), figures(second.scenario, others)
    return difference((first.strategy.id, second.strategy.id), *tables)
