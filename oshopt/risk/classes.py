"""Acceptable risk from a class of labour conditions (R 2.2.1766-03), and the warning that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from oshopt.language import numeral, say
from oshopt.model import Flag, Scenario, WorkGroup

CLASS_INDEX: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"3.1": (0.05, 0.11), "3.2": (0.12, 0.24), "3.3": (0.25, 0.49), "3.4": (0.5, 1.0)}
)
"""Index of occupational disease by class, lower and upper end."""


def acceptable_risk(group: WorkGroup) -> float:
    """Return R_acc of a group: its own, or the upper end of its class's index."""
    if group.acceptable_risk is not None:
        return group.acceptable_risk
    if group.condition_class is None:
        raise ValueError(f"group {group.id!r} has neither an acceptable risk nor a condition class")
    return CLASS_INDEX[group.condition_class][1]


def class_warnings(scenario: Scenario) -> list[Flag]:
    """Return a warning where groups of different classes take R_acc from their class: a worse class tolerates more."""
    by_class: dict[str, list[str]] = {}
    for name, group in scenario.groups.items():
        if group.acceptable_risk is None and group.condition_class is not None:
            by_class.setdefault(group.condition_class, []).append(name)
    if len(by_class) < 2:
        return []
    listed = "; ".join(
        say(
            "class {name}: {risk} ({groups})",
            name=name,
            risk=numeral(f"{CLASS_INDEX[name][1]:g}"),
            groups=", ".join(members),
        )
        for name, members in sorted(by_class.items())
    )
    text = say(
        "Acceptable risk is taken from the groups' own classes, so a group in worse conditions is allowed more risk: "
        "{classes}. Give acceptable_risk to hold all groups to one policy.",
        classes=listed,
    )
    return [Flag(code="classes", subject=",".join(sorted(by_class)), text=text)]
