"""What the measures of the shipped plant do to its scorecard and levels: rows of `effects` as a plan will use them."""

from __future__ import annotations

from oshopt.model import Effect, Scenario, Target

SCORES = (
    ("training", "17", 620.0, "workers due for a test"),
    ("training", "16", 64.0, "managers and specialists due for training"),
    ("medical-examinations", "18", 500.0, "employees due for an examination"),
    ("workplace-attestation", "19", 180.0, "workplaces due for attestation"),
    ("cut-protection", "14", 260.0, "people entitled to protection against cuts"),
    ("thermal-clothing", "14", 165.0, "people entitled to clothing against cold"),
    ("hearing-protection", "14", 165.0, "people entitled to hearing protection"),
    ("warm-rooms", "20.lockers-women", 50.0, "lockers that come with the rooms"),
    ("floors", "20.showers-men", 3.0, "showers rebuilt with the drainage"),
    ("floors", "20.basins", 6.0, "wash-basins rebuilt with the drainage"),
    ("machine-guards", "8", 60.0, "defects found that guards remedy"),
    ("floors", "8", 20.0, "defects found that floors remedy"),
    ("legal-register", "13", 9.0, "measures of the agreement carried out thanks to the audit"),
    ("legal-register", "10", 3.0, "orders of authorities followed up"),
    ("safety-representatives", "5", 4.0, "representatives trained on their rounds"),
    ("safety-representatives", "15.stage-3", 1.0, "the monthly round is stage 3"),
    ("ammonia-drills", "3", 7.0, "drills of the commission's plan"),
    ("hazard-information", "2", 3.0, "members of the commission trained in it"),
)
"""Measure, part of the scorecard, its rise if the measure is carried out in full, and what that is."""
FACTORS = (
    ("training", "training", 100.0, "per cent of people"),
    ("cut-protection", "protective-means", 44.0, "per cent of people entitled"),
    ("thermal-clothing", "protective-means", 28.0, "per cent of people entitled"),
    ("hearing-protection", "protective-means", 33.0, "per cent of people entitled"),
    ("medical-examinations", "health-monitoring", 100.0, "per cent of people"),
    ("workplace-attestation", "conditions-monitoring", 100.0, "per cent of workplaces"),
    ("workplace-attestation", "hazard-analysis", 40.0, "per cent of workplaces"),
    ("ammonia-detection", "technical-monitoring", 100.0, "per cent of rooms"),
    ("noise-enclosures", "process-safety.bottling", -5.0, "dB(A)"),
    ("quiet-nozzles", "process-safety.bottling", -3.0, "dB(A)"),
    ("noise-enclosures", "process-safety.refrigeration", -3.5, "dB(A)"),
    ("quiet-nozzles", "process-safety.refrigeration", -2.0, "dB(A)"),
    ("warm-rooms", "work-and-rest", 6.0, "°C"),
    ("ammonia-drills", "emergency-readiness", 4.0, "drills a year"),
    ("safety-representatives", "involvement", 6.0, "rounds a year"),
    ("robot-palletising", "automation", 14.0, "per cent of heavy operations"),
    ("forequarter-deboning", "automation", 10.0, "per cent of heavy operations"),
    ("cutting-tables", "workplace-organisation", 25.0, "per cent of workplaces"),
    ("knife-service", "hand-tools", 10.0, "per cent of tools"),
    ("legal-register", "management-law", 20.0, "per cent of acts"),
    ("hazard-information", "safety-information", 40.0, "per cent of workplaces"),
    ("hazard-information", "information-technology", 40.0, "per cent of records"),
)
"""Measure, factor or its row for a workplace, change of its actual level, and its unit."""


def moved(scenario: Scenario) -> Scenario:
    """The plant with what its measures do to scores and levels."""
    rows = [
        Effect(measure=measure, on=on, target=target, effect=effect, source=f"assumed: {what}")
        for on, table in ((Target.SCORE, SCORES), (Target.FACTOR, FACTORS))
        for measure, target, effect, what in table
    ]
    return scenario.update(effects=(*scenario.effects, *rows))
