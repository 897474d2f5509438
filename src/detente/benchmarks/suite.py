"""All benchmarks, in the order of the table."""

from __future__ import annotations

import platform
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from detente.benchmarks.ablation import actor_ablation
from detente.benchmarks.attributes import event_dates, event_statuses, reporting_speakers
from detente.benchmarks.by_rules import (
    documents_by_rules,
    pairs_by_rules,
    petrarch_by_rules,
    speed_by_rules,
)
from detente.benchmarks.cases import golden_cases, petrarch_cases
from detente.benchmarks.footprint import installed_size, start_up
from detente.benchmarks.pairs import marked_pairs
from detente.benchmarks.parties import resolved_parties
from detente.benchmarks.places import event_places
from detente.benchmarks.quotations import said_words
from detente.benchmarks.rows import Missing, Report, Row
from detente.benchmarks.scorers import annotated_documents, labelled_documents, seed_article
from detente.benchmarks.sources import Sources
from detente.benchmarks.speed import words_per_second
from detente.benchmarks.stages import stage_shares
from detente.benchmarks.world_model import world_model

if TYPE_CHECKING:
    from detente.pipeline import Coder

Benchmark = Callable[[Sources, "Coder"], Iterator[Row | Missing]]

BENCHMARKS: Mapping[str, Benchmark] = MappingProxyType(
    {
        "seed": seed_article,
        "documents": annotated_documents,
        "labelled": labelled_documents,
        "attribution": reporting_speakers,
        "dates": event_dates,
        "status": event_statuses,
        "places": event_places,
        "quotations": said_words,
        "actors": resolved_parties,
        "ablation": actor_ablation,
        "documents by rules": documents_by_rules,
        "petrarch": petrarch_cases,
        "petrarch by rules": petrarch_by_rules,
        "golden": golden_cases,
        "plv": marked_pairs,
        "plv by rules": pairs_by_rules,
        "speed": words_per_second,
        "speed by rules": speed_by_rules,
        "stages": stage_shares,
        "start-up": start_up,
        "world-model": world_model,
        "size": installed_size,
    }
)
# Nine tenths of the time go here.
SLOW = frozenset(
    {
        *("ablation", "documents by rules", "plv", "plv by rules"),
        *("speed", "speed by rules", "stages", "start-up", "world-model"),
    }
)


def run_benchmarks(
    sources: Sources,
    *,
    quick: bool = False,
    only: Collection[str] | None = None,
    announce: Callable[[str], None] = lambda name: None,
) -> Report:
    """Run the benchmarks whose data is there.

    Args:
        sources: where the data is, from ``find_sources``.
        quick: leave out the slow ones.
        only: run just these, by their names in BENCHMARKS.
        announce: called with the name of each benchmark before it starts.

    Returns:
        The rows measured, and for everything else the reason.

    Raises:
        DataError: a scorer failed (D250) or printed something unknown (D251).
    """
    from detente.pipeline import Coder

    coder = Coder()
    rows: list[Row] = []
    missing: list[Missing] = []
    for name, benchmark in BENCHMARKS.items():
        if only is not None and name not in only:
            continue
        if quick and name in SLOW:
            missing.append(Missing(name, "left out by --quick"))
            continue
        announce(name)
        for one in benchmark(sources, coder):
            if isinstance(one, Row):
                rows.append(one)
            else:
                missing.append(one)
    return Report(
        signature=coder.signature,
        machine=_machine(),
        has_data=sources.data is not None,
        rows=tuple(rows),
        missing=tuple(missing),
    )


def _machine() -> str:
    system = f"{platform.system()} {platform.machine()}"
    return f"Python {platform.python_version()}, {system}, {_processor()}"


def _processor() -> str:
    # Linux; elsewhere, what the platform module knows.
    listing = Path("/proc/cpuinfo")
    if listing.is_file():
        for line in listing.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or "unknown processor"
