"""The allocator: a scenario as a linear program, solved in stages, polished, checked and proven outside the solver."""

from oshopt.allocation.planner import allocate
from oshopt.allocation.sweep import POINTS, frontier
from oshopt.allocation.targets import Objective

__all__ = ["POINTS", "Objective", "allocate", "frontier"]
