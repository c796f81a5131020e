"""A frontier on its way out: JSON for programs, files for a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from oshopt.cli.answers import plan_answer

if TYPE_CHECKING:
    from oshopt.model import Frontier, FrontierPoint, Scenario


def frontier_answer(frontier: Frontier) -> dict[str, Any]:
    """Return a frontier as data: the range of money in front, then each point, the knee, and where measures enter."""
    whole = frontier.model_dump(mode="json", exclude={"points"}, exclude_none=True)
    budgets = frontier.sweep == "budgets"
    points = [_point_answer(point, "budget" if budgets else "target") for point in frontier.points]
    names = ["scenario", "objective", "limits", "sweep", "basis", "today", "least", "most", "best"]
    entries = {"entries": whole["funded"], "precision": whole["precision"], "resolution": whole["resolution"]}
    head = {name: whole[name] for name in names if name in whole}
    tail = {name: whole[name] for name in ("bend", "knee") if name in whole}
    return head | {"points": points} | tail | (entries if frontier.funded else {})


def _point_answer(point: FrontierPoint, asked: str) -> dict[str, Any]:
    front: dict[str, Any] = {asked: point.asked, "status": point.status}
    if point.plan is None:
        return front | {"lacking": list(point.lacking)}
    plan = plan_answer(point.plan)
    front |= {"money": point.money, "value": point.value, "bound": plan["bound"], "gap": plan["gap"]}
    if point.marginal is not None:
        front |= {"marginal": point.marginal.model_dump(mode="json")}
    names = ("epsilon", "safe_service", "remaining_service", "cost", "cases", "spend", "certificate")
    return front | {name: plan[name] for name in names}


def write_frontier_files(scenario: Scenario, frontier: Frontier, folder: Path, *, command: str) -> list[Path]:
    """Write a frontier's page and its answer as JSON; return the files written."""
    from oshopt.cli.terminal import write_json
    from oshopt.reporting import write_frontier

    folder.mkdir(parents=True, exist_ok=True)
    page, answer = folder / "frontier.html", folder / "frontier.json"
    write_frontier(scenario, frontier, page, command=command)
    write_json(frontier_answer(frontier), str(answer))
    return [page, answer]
