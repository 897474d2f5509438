"""Benchmarks whose scorer lies beside the data: it is run as it is, so that nobody's copy drifts.

seed article          seed/score.py EVENTS
annotated documents   bench/docs/score.py EVENTS --json
our labelled ones     the same, with --docs and --gold
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from detente.benchmarks.coding import coded_file, rejected_note, write_events
from detente.benchmarks.rows import Missing, Row, share_row
from detente.benchmarks.sources import Sources, content_hash
from detente.errors import DataError

if TYPE_CHECKING:
    from detente.pipeline import Coder

SEED_ARTICLE = "seed/article.txt"
# The article names no date; this is the day it was published.
SEED_DATE = date(2023, 2, 19)
_SEED_FILES = (SEED_ARTICLE, "seed/gold.jsonl", "seed/score.py")
_SEED_TOTALS = re.compile(
    r"found (\d+)/(\d+)\s+soft (\d+)/(\d+)\s+attributes (\d+)/(\d+)\s+forbidden (\d+)/(\d+)"
)

_DOCUMENTS_SCORER = "bench/docs/score.py"
# Texts, gold, scorer.
SCORED_DOCUMENTS = ("bench/docs/docs.jsonl", "bench/docs/gold.jsonl", _DOCUMENTS_SCORER)


def seed_article(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Score the seed article: what a careful reader finds in it, and what is not there."""
    reason = sources.absent(*_SEED_FILES)
    if reason:
        yield Missing("seed", reason)
        return
    data = content_hash(sources.file(name) for name in _SEED_FILES)
    printed, note = _scored(
        coder, sources.file(SEED_ARTICLE), sources.file("seed/score.py"), day=SEED_DATE
    )
    totals = _SEED_TOTALS.search(printed)
    if totals is None:
        raise _unreadable(sources.file("seed/score.py"), printed)
    numbers = [int(number) for number in totals.groups()]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    for name, (count, total) in zip(("found", "soft", "attributes"), pairs, strict=False):
        yield share_row("seed", name, count, total, data)
    broken, total = pairs[3]
    # Counted the other way round, so that more is better in every row that has a floor.
    avoided = {"count": total - broken, "of": total}
    yield Row("seed", "forbidden", avoided, f"{broken} of {total} broken{note}", data)


def annotated_documents(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Score the annotated documents at every level of agreement."""
    reason = sources.absent(*SCORED_DOCUMENTS)
    if reason:
        yield Missing("documents", reason)
        return
    documents, gold, scorer = (sources.file(name) for name in SCORED_DOCUMENTS)
    yield from scored_levels("documents", coder, scorer, documents, gold)


def labelled_documents(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Score the documents that we labelled ourselves, file by file."""
    reason = sources.absent(_DOCUMENTS_SCORER)
    found = sources.labelled_sets()
    if reason or not found:
        yield Missing("labelled", reason or "no data/labelled/dev-*.docs.jsonl in a checkout")
        return
    for name, documents, gold in found:
        if not gold.is_file():
            yield Missing(name, f"{gold.name} is not there yet")
            continue
        yield from scored_levels(name, coder, sources.file(_DOCUMENTS_SCORER), documents, gold)


def scored_sets(sources: Sources) -> list[tuple[str, tuple[Path, Path, Path]]]:
    """Name the annotated documents and our labelled sets; each with scorer, texts and gold."""
    documents, gold, scorer = (sources.file(name) for name in SCORED_DOCUMENTS)
    sets = [("documents", documents, gold), *sources.labelled_sets()]
    return [(name, (scorer, texts, wanted)) for name, texts, wanted in sets if wanted.is_file()]


def scored_levels(
    benchmark: str, coder: Coder, scorer: Path, documents: Path, gold: Path
) -> Iterator[Row]:
    """Code documents, run the scorer, and give a row for each level it prints.

    Raises:
        DataError: the scorer failed (D250) or printed something unknown (D251).
    """
    data = content_hash((documents, gold, scorer))
    options = ("--json", "--docs", str(documents), "--gold", str(gold))
    printed, note = _scored(coder, documents, scorer, *options)
    try:
        levels = json.loads(printed)["levels"]
    except (json.JSONDecodeError, KeyError) as error:
        raise _unreadable(scorer, printed) from error
    for name, level in levels.items():
        metrics = {metric: float(level[metric]) for metric in ("P", "R", "F1")}
        shown = " ".join(f"{metric} {value:.3f}" for metric, value in metrics.items())
        counts = f"{level['tp']} right of {level['pred']}, {level['gold']} gold"
        yield Row(benchmark, name, metrics, f"{shown} ({counts}){note}", data)


def _scored(
    coder: Coder, source: Path, scorer: Path, *options: str, day: date | None = None
) -> tuple[str, str]:
    """Code a file, run a scorer on the events; return what it printed and a note on rejections."""
    with tempfile.TemporaryDirectory() as folder:
        events = Path(folder) / "events.jsonl"
        with events.open("wb") as stream:
            rejected = write_events(coded_file(coder, source, day=day), stream)
        # -B: nothing is written beside the data, which may be read-only.
        command = [sys.executable, "-B", str(scorer), str(events), *options]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        complaint = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise DataError(
            "D250",
            f"the scorer {scorer} failed: {complaint}",
            "Run it by hand on the output of `detente code --format jsonl`.",
        )
    return done.stdout, rejected_note(rejected)


def _unreadable(scorer: Path, printed: str) -> DataError:
    return DataError(
        "D251",
        f"cannot read what {scorer} printed: {printed.strip()[-120:]!r}",
        "Scorer and harness have to be of one version; update the older one.",
    )
