"""Scenarios that come with oshopt, one folder each; installed as `oshopt.shipped`."""
