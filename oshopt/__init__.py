"""oshopt: which money on which safety measure in which year, how many years of safe service it buys, how sure.

Names are resolved when first used, so that `import oshopt` loads no engine.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from oshopt.allocation import allocate, frontier
    from oshopt.assessment import assess
    from oshopt.comparison import compare
    from oshopt.files import load
    from oshopt.model import (
        DO_NOTHING,
        Certificate,
        Comparison,
        Evaluation,
        Frontier,
        InputError,
        NoPlanError,
        Outcome,
        Plan,
        Problem,
        Scenario,
        Shortfall,
        Strategy,
    )
    from oshopt.reporting import write_report
    from oshopt.risk import evaluate
    from oshopt.simulation import simulate

_HOMES = {
    "allocate": "oshopt.allocation",
    "assess": "oshopt.assessment",
    "compare": "oshopt.comparison",
    "evaluate": "oshopt.risk",
    "frontier": "oshopt.allocation",
    "load": "oshopt.files",
    "simulate": "oshopt.simulation",
    "write_report": "oshopt.reporting",
}

__all__ = [
    "DO_NOTHING",
    "Certificate",
    "Comparison",
    "Evaluation",
    "Frontier",
    "InputError",
    "NoPlanError",
    "Outcome",
    "Plan",
    "Problem",
    "Scenario",
    "Shortfall",
    "Strategy",
    "allocate",
    "assess",
    "compare",
    "evaluate",
    "frontier",
    "load",
    "simulate",
    "write_report",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'oshopt' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "oshopt.model")), name)
