"""What happens to people under a plan, with its spread."""

from oshopt.simulation.montecarlo import REPLANNED, USUAL, Effort, simulate, simulate_each

__all__ = ["REPLANNED", "USUAL", "Effort", "simulate", "simulate_each"]
