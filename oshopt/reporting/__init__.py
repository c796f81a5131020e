"""Reports for people: tables as plain rows, sentences from results, figures, and one self-contained page.

Results come in, text goes out; nothing is solved, evaluated or read from files here.
"""

from oshopt.reporting.answer import headline, sentences
from oshopt.reporting.assessed import assessed_headline, assessed_sentences
from oshopt.reporting.assessed_page import write_assessment
from oshopt.reporting.assessed_parts import assessed_pictures
from oshopt.reporting.assessed_tables import assessed_tables, ranking
from oshopt.reporting.comparison_page import (
    comparison_pictures,
    comparison_tables_of,
    every_comparison_table,
    write_comparison,
)
from oshopt.reporting.comparison_words import comparison_sentences
from oshopt.reporting.drawing import FORMATS
from oshopt.reporting.explanation_tables import every_change, reasons, sensitivity
from oshopt.reporting.figures import Picture
from oshopt.reporting.forecast import decision_situation, forecast_headline, forecast_sentences, forecast_tables
from oshopt.reporting.forecast_figures import forecast_pictures
from oshopt.reporting.forecast_page import write_forecast
from oshopt.reporting.frontier_page import frontier_pictures, write_frontier
from oshopt.reporting.frontier_tables import (
    frontier_entries,
    frontier_groups,
    frontier_lacking,
    frontier_money,
    frontier_points,
)
from oshopt.reporting.frontier_words import frontier_headline, frontier_sentences
from oshopt.reporting.held_against import held_sentences, held_table
from oshopt.reporting.money_tables import (
    cash_flow_table,
    money_figures,
    money_notes,
    money_sentences,
    remaining_losses,
)
from oshopt.reporting.plan_parts import plan_pictures, plan_tables
from oshopt.reporting.proof_tables import binding_limits, break_even, certificate, marginal_values
from oshopt.reporting.protocol import protocol
from oshopt.reporting.report import write_report
from oshopt.reporting.simulated import (
    simulated_differences,
    simulated_groups,
    simulated_headline,
    simulated_log,
    simulated_projects,
    simulated_sentences,
    simulated_summary,
    simulated_years,
)
from oshopt.reporting.simulated_page import study_pictures, write_study
from oshopt.reporting.spread import csv_files
from oshopt.reporting.survey_figures import survey_pictures
from oshopt.reporting.survey_tables import (
    band_table,
    bands_sentence,
    procedure_sentence,
    survey_headline,
    survey_sentences,
    survey_tables,
)
from oshopt.reporting.tables import Column, Table, flags, groups, legal_duties, plan_money, summary, yearly_money
from oshopt.reporting.uncertainty import alternative_bands, robust_money, robust_sentences, robust_table
from oshopt.reporting.workbook import write_results

__all__ = [
    "FORMATS",
    "Column",
    "Picture",
    "Table",
    "alternative_bands",
    "assessed_headline",
    "assessed_pictures",
    "assessed_sentences",
    "assessed_tables",
    "band_table",
    "bands_sentence",
    "binding_limits",
    "break_even",
    "cash_flow_table",
    "certificate",
    "comparison_pictures",
    "comparison_sentences",
    "comparison_tables_of",
    "csv_files",
    "decision_situation",
    "every_change",
    "every_comparison_table",
    "flags",
    "forecast_headline",
    "forecast_pictures",
    "forecast_sentences",
    "forecast_tables",
    "frontier_entries",
    "frontier_groups",
    "frontier_headline",
    "frontier_lacking",
    "frontier_money",
    "frontier_pictures",
    "frontier_points",
    "frontier_sentences",
    "groups",
    "headline",
    "held_sentences",
    "held_table",
    "legal_duties",
    "marginal_values",
    "money_figures",
    "money_notes",
    "money_sentences",
    "plan_money",
    "plan_pictures",
    "plan_tables",
    "procedure_sentence",
    "protocol",
    "ranking",
    "reasons",
    "remaining_losses",
    "robust_money",
    "robust_sentences",
    "robust_table",
    "sensitivity",
    "sentences",
    "simulated_differences",
    "simulated_groups",
    "simulated_headline",
    "simulated_log",
    "simulated_projects",
    "simulated_sentences",
    "simulated_summary",
    "simulated_years",
    "study_pictures",
    "summary",
    "survey_headline",
    "survey_pictures",
    "survey_sentences",
    "survey_tables",
    "write_assessment",
    "write_comparison",
    "write_forecast",
    "write_frontier",
    "write_report",
    "write_results",
    "write_study",
    "yearly_money",
]
