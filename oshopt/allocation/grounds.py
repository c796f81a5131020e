"""What a certificate rests on, in words told there: why a search stopped, and where its bound comes from."""

from __future__ import annotations

from oshopt.language import sayable

INTERRUPTED = sayable("interrupted")
OUT_OF_TIME = sayable("the time limit was reached")
SOLVED = sayable("every program was solved to optimality")
LOCAL = sayable("no program of tangents finds a better plan; the top reached may be a local one")

RECOMPUTED = sayable("dual bound of the linear program, recomputed")
RELAXED = sayable("dual bound of the program without whole numbers, recomputed")
BOUNDED = sayable("the solver's bound on the program with whole numbers")
STOPPED = sayable("the solver's bound when it was stopped")
AT_SERVICE = {
    RECOMPUTED: sayable("dual bound of the linear program, recomputed: the risk at that service"),
    RELAXED: sayable("dual bound of the program without whole numbers, recomputed: the risk at that service"),
    BOUNDED: sayable("the solver's bound on the program with whole numbers: the risk at that service"),
    STOPPED: sayable("the solver's bound when it was stopped: the risk at that service"),
}
"""Bounds on the risk at a service, by the source of the bound."""
LINEAR = sayable("dual bound of the linear program over the draws, recomputed")
WHOLE = sayable("the solver's bound on the program with whole numbers over the draws")
CEILING = sayable("dual bound of a linear program that no plan's service exceeds, recomputed")
NEVER = sayable("the threshold is never reached")
ALL_OVER = sayable("every group is over its threshold already: no plan changes N")
NOT_SOUGHT = sayable("not sought")
NOT_PROVEN = sayable("not proven")
NO_TIME = sayable("not proven: no time was left")
UNBOUNDED = sayable("not proven: in some draw a group's risk can be stopped")
