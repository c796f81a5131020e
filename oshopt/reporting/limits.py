"""What limits that bind are called, by the names that certificates and reasons give them."""

from __future__ import annotations

from collections.abc import Callable

from oshopt.language import say
from oshopt.model import limit_words

_ALONE: dict[str, Callable[[str], str]] = {
    "budget": lambda when: say("budget {years}", years=when),
    "budget total": lambda _: say("budget total"),
    "legal minimum": lambda when: say("legal minimum {years}", years=when),
    "renewal": lambda _: say("renewal"),
}
_OF: dict[str, Callable[[str, str], str]] = {
    "line": lambda line, when: say("line {line} {years}", line=line, years=when),
    "rule": lambda rule, when: say("rule {rule}", rule=f"{rule} {when}".strip()),
    "duty": lambda measure, _: say("duty {measure}", measure=measure),
    "limit": lambda limit, _: say("limit {limit}", limit=limit_words(limit)),
}
"""Kinds of limits: those that are one of a kind, and those of something named."""


def year_of(name: str) -> tuple[str, str]:
    """Return a limit's name without the year at its end, and that year; empty where it has none."""
    head, _, year = name.rpartition(" ")
    return (head, year) if head and year.isdigit() else (name, "")


def limit_label(name: str, when: str) -> str:
    """Return what a limit is called, given its name without a year, and its years in words."""
    if name in _ALONE:
        return _ALONE[name](when)
    kind, _, of = name.partition(" ")
    return _OF[kind](of, when)
