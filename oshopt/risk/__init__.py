"""Accumulation of risk: effect of measures, safe service, and the batch kernel."""
