"""A small sound scenario as text, and the means to write it down with one thing changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

MILL = {
    "scenario.toml": """name = "Mill"
currency = "UAH"
start_year = 2014
horizon = 3
normalise_weights = false
after_horizon = "keep"

[budget]
per_year = 300000
""",
    "measures.csv": """id,name,control,weight,full_cost,lifetime,mandatory,deadline,source
guards,Guards,engineering,0.5,50000,1,no,,assumed
fans,Quiet fans,substitution,0.3,40000,5,no,,assumed
training,Training,administrative,0.2,0,1,yes,2015,assumed
""",
    "groups.csv": """id,headcount,risk_increment,acceptable_risk,condition_class
shop,120,0.003,0.11,3.1
office,30,0.0005,0.11,
""",
    "effects.csv": """measure,on,target,effect
guards,group,office,0.25
""",
    "budgets.csv": """line,year,amount,carry_over,measures
own,2014,200000,no,
own,2015,200000,no,
grant,,30000,,training fans
""",
    "strategies.csv": """strategy,measure,year,spend
last-year,guards,2014,50000
last-year,fans,,20000
""",
}

Write = Callable[[Path, Mapping[str, str | bytes]], Path]


@pytest.fixture
def mill() -> dict[str, str]:
    """Text of each file of a scenario that this version obeys in full."""
    return dict(MILL)


@pytest.fixture(scope="session")
def write() -> Write:
    """Writer of files into a folder, which it returns."""

    def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return write_files
