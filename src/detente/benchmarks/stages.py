"""Where the CPU time of `detente code` goes: the share of each stage.

A clock is entered and left around every stage of every document. What is not inside a stage is
reading the file and writing the records ("rest").
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.benchmarks.coding import coded_file, rejected_note, write_events
from detente.benchmarks.rows import Missing, Row
from detente.benchmarks.sources import Sources
from detente.benchmarks.speed import CORPUS, SAMPLE, corpus_sample
from detente.pipeline import Coder


class StageClock:
    """Adds up the CPU time (seconds, this thread's process) spent in each stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def watch(self, stage: str) -> Iterator[None]:
        """Add the time from entering to leaving to a stage."""
        begin = time.process_time()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.process_time() - begin


def stage_shares(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Measure the shares on a sample spread evenly over the corpus."""
    reason = sources.absent(CORPUS)
    if reason:
        yield Missing("stages", reason)
        return
    warm_up, sample = corpus_sample(sources, SAMPLE)
    clock = StageClock()
    watched = Coder(coder.settings, watch=clock.watch)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.jsonl"
        path.write_bytes(warm_up)
        write_events(coded_file(watched, path), io.BytesIO())
        path.write_bytes(b"\n".join(sample))
        clock.seconds.clear()
        begin = time.process_time()
        rejected = write_events(coded_file(watched, path), io.BytesIO())
        whole = time.process_time() - begin
    data = hashlib.sha256(b"\n".join(sample)).hexdigest()
    shares = {stage: seconds / whole for stage, seconds in clock.seconds.items()}
    shares["rest"] = 1.0 - sum(shares.values())
    for stage, share in shares.items():
        shown = f"{share:.1%} of the CPU time{rejected_note(rejected)}"
        yield Row("stages", stage, {"share": share}, shown, data)
