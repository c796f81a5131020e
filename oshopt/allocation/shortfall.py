"""Why no plan exists: what arithmetic shows, which limits to loosen and by how much, and what can be reached."""

from __future__ import annotations

from oshopt.allocation.adapter import Solver
from oshopt.allocation.elastic import Loosened, smallest_set
from oshopt.allocation.formulation import Task, formulate
from oshopt.allocation.looseners import looseners
from oshopt.allocation.precheck import prechecked
from oshopt.allocation.reachable import demands_short
from oshopt.language import say
from oshopt.model import Scenario, Shortfall, ShortfallKind


def shortfalls(scenario: Scenario, task: Task, solve: Solver) -> list[Shortfall]:
    """Return why a task has no plan and what to loosen, in the order in which a planner asks.

    First what arithmetic shows by itself; then the smallest set of limits whose loosening lets a plan exist; where
    that is not all money, the smallest set of amounts of money that would; then how far each demand can be met while
    everything else holds.
    """
    plain = formulate(task)
    limits = looseners(scenario, plain)
    found = prechecked(scenario, plain, limits)
    fewest = (smallest_set(plain, limits, solve) if limits else None) or []
    found += _told(fewest, ShortfallKind.SET)
    money = [limit for limit in limits if limit.money]
    if money and not all(own.limit.money for own in fewest):
        found += _told(smallest_set(plain, money, solve) or [], ShortfallKind.MONEY)
    found += demands_short(task, scenario.settings.currency, solve)
    if not fewest:
        if found:
            text = say("Loosening budgets, lines, rules, duties, relations and demands does not help: see above.")
        else:
            text = say(
                "Loosening budgets, lines, rules, duties, relations and demands does not help; look at what is decided "
                "already and at what is in force today."
            )
        found.append(Shortfall("all limits", 0.0, "", text))
    return found


def _told(found: list[Loosened], kind: ShortfallKind) -> list[Shortfall]:
    return [Shortfall(own.limit.name, own.amount, own.limit.unit, own.limit.remedy(own.amount), kind) for own in found]
