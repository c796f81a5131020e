"""What people call the model's codes: levels of control, categories, statuses, flags, limits and objectives.

Codes in files and JSON stay as they are; these words follow the language that results are told in.
"""

from __future__ import annotations

from oshopt.language import say, say_in, sayable
from oshopt.model.measure import Category, Control
from oshopt.model.results import Status

_CONTROLS = {
    Control.ELIMINATION: sayable("elimination"),
    Control.SUBSTITUTION: sayable("substitution"),
    Control.ENGINEERING: sayable("engineering"),
    Control.ADMINISTRATIVE: sayable("administrative"),
    Control.PROTECTIVE: sayable("protective"),
}
_CATEGORIES = {
    Category.TOOLS: sayable("tools"),
    Category.WORKPLACE: sayable("workplace"),
    Category.SAFETY: sayable("safety"),
    Category.PERSONNEL: sayable("personnel"),
    Category.MONITORING: sayable("monitoring"),
    Category.LEGAL: sayable("legal"),
    Category.INFORMATION: sayable("information"),
}
_STATUSES = {
    Status.OPTIMAL: sayable("optimal"),
    Status.WITHIN_GAP: sayable("within gap"),
    Status.FEASIBLE: sayable("feasible"),
}
_FLAGS = {
    "classes": sayable("classes"),
    "duty": sayable("duty"),
    "exceeded": sayable("exceeded"),
    "excludes": sayable("excludes"),
    "legal-minimum": sayable("legal minimum"),
    "never-reached": sayable("never reached"),
    "over-budget": sayable("over budget"),
    "over-funded": sayable("over funded"),
    "renewal": sayable("renewal"),
    "requires": sayable("requires"),
    "rule": sayable("rule"),
    "under-funded": sayable("under funded"),
}


def control_words(level: Control) -> str:
    """Return what a level of control is called."""
    return say(_CONTROLS[level])


def category_words(category: Category) -> str:
    """Return what a category of measures is called."""
    return say(_CATEGORIES[category])


def status_words(status: Status) -> str:
    """Return how far a plan is proven."""
    return say(_STATUSES[status])


def flag_words(code: str) -> str:
    """Return what a flag is about."""
    return say(_FLAGS[code])


def objective_name(objective: str) -> str:
    """Return what an objective is called, as a subject."""
    return {
        "safe_service": say_in("objective", "safe service"),
        "remaining_service": say_in("objective", "remaining service"),
        "effect": say_in("objective", "effect"),
        "cases": say_in("objective", "number of cases"),
        "cost": say_in("objective", "cost"),
        "net_benefit": say_in("objective", "net benefit"),
        "outcome": say_in("objective", "outcome"),
    }[objective]


def limit_words(name: str) -> str:
    """Return what a demand beside the scenario's limits is called: `safe_service`, `effect:workers`."""
    kind, _, group = name.partition(":")
    words = {
        "safe_service": say_in("limit", "safe_service"),
        "remaining_service": say_in("limit", "remaining_service"),
        "effect": say_in("limit", "effect"),
        "last_effect": say_in("limit", "last_effect"),
        "cases": say_in("limit", "cases"),
        "cost": say_in("limit", "cost"),
        "net_benefit": say_in("limit", "net_benefit"),
        "outcome": say_in("limit", "outcome"),
        "score": say_in("limit", "score"),
        "compliance": say_in("limit", "compliance"),
        "compliant": say_in("limit", "compliant"),
    }[kind]
    return say("{limit}:{target}", limit=words, target=_target(kind, group)) if group else words


def _target(kind: str, target: str) -> str:
    """Return what a demand is on: a category where it is one, else an id as it is."""
    return category_words(Category(target)) if kind == "compliance" else target
