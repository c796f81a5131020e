"""Timings, run with `make bench`. They inform; no test depends on them."""
