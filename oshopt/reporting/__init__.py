"""Reports for people: tables as plain rows, sentences from results, figures, and one self-contained page.

Results come in, text goes out; nothing is solved, evaluated or read from files here.
"""

from oshopt.reporting.answer import headline, sentences
from oshopt.reporting.html import write_report
from oshopt.reporting.proof_tables import binding_limits, break_even, certificate, marginal_values
from oshopt.reporting.tables import Column, Table, flags, groups, legal_duties, plan_money, summary, yearly_money

__all__ = [
    "Column",
    "Table",
    "binding_limits",
    "break_even",
    "certificate",
    "flags",
    "groups",
    "headline",
    "legal_duties",
    "marginal_values",
    "plan_money",
    "sentences",
    "summary",
    "write_report",
    "yearly_money",
]
