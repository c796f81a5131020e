"""What happens to people under a plan, with its spread."""

from oshopt.simulation.montecarlo import REPLANNED, USUAL, Effort, simulate, simulate_each
from oshopt.simulation.replications import Clock

__all__ = ["REPLANNED", "USUAL", "Clock", "Effort", "simulate", "simulate_each"]
