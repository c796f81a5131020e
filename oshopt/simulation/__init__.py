"""What happens to people under a plan, with its spread."""

from oshopt.simulation.montecarlo import simulate, simulate_each

__all__ = ["simulate", "simulate_each"]
