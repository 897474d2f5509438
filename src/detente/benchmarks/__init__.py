"""Measuring: accuracy against annotated text, speed, start-up and size, in one table.

The benchmark data is not part of the package (some of it may not be passed on): what is there is
measured, and what is missing is named. ``docs/benchmarks.md`` says what each row means.
"""

from detente.benchmarks.rows import Missing, Report, Row
from detente.benchmarks.sources import Sources, find_sources
from detente.benchmarks.suite import run_benchmarks
from detente.benchmarks.tables import check_page, publish, show, write_json

__all__ = [
    "Missing",
    "Report",
    "Row",
    "Sources",
    "check_page",
    "find_sources",
    "publish",
    "run_benchmarks",
    "show",
    "write_json",
]
