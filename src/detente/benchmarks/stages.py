"""Where the CPU time of `detente code` goes: the share of each stage.

A clock is entered and left around every stage of every document. What is not inside a stage is
reading the file and writing the records ("rest"). The row "of that, the model" is a part of
"events": the time in which the encoder reads, and how many of the sentences it does read.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from detente.benchmarks.coding import coded_file, rejected_note, write_events
from detente.benchmarks.rows import Missing, Row
from detente.benchmarks.sources import Sources
from detente.benchmarks.speed import CORPUS, SAMPLE, corpus_sample
from detente.models import PairJudge, PairJudgement, PairQuestion
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


class ClockedJudge:
    """A model that keeps the time it takes, and how many sentences it reads."""

    def __init__(self, judge: PairJudge) -> None:
        self._judge = judge
        self.name, self.only, self.gate = judge.name, judge.only, judge.gate
        self.none_share = judge.none_share
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.seconds, self.texts = 0.0, 0

    def judge(self, pairs: Sequence[PairQuestion]) -> list[PairJudgement]:
        """Judge pairs as the model does."""
        begin = time.process_time()
        answers = self._judge.judge(pairs)
        self.seconds += time.process_time() - begin
        self.texts += len({pair.text for pair in pairs})
        return answers


def stage_shares(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Measure the shares on a sample spread evenly over the corpus."""
    reason = sources.absent(CORPUS)
    if reason:
        yield Missing("stages", reason)
        return
    warm_up, sample = corpus_sample(sources, SAMPLE)
    clock = StageClock()
    watched = Coder(coder.settings, watch=clock.watch)
    watched.judge = judge = ClockedJudge(watched.judge)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.jsonl"
        path.write_bytes(warm_up)
        write_events(coded_file(watched, path), io.BytesIO())
        path.write_bytes(b"\n".join(sample))
        clock.seconds.clear()
        judge.clear()
        begin = time.process_time()
        rejected = write_events(coded_file(watched, path), io.BytesIO())
        whole = time.process_time() - begin
    data = hashlib.sha256(b"\n".join(sample)).hexdigest()
    shares = {stage: seconds / whole for stage, seconds in clock.seconds.items()}
    shares["rest"] = 1.0 - sum(shares.values())
    for stage, share in shares.items():
        shown = f"{share:.1%} of the CPU time{rejected_note(rejected)}"
        yield Row("stages", stage, {"share": share}, shown, data)
    share = judge.seconds / whole
    shown = f"{share:.1%} of the CPU time, {judge.texts:,} sentences read"
    metrics = {"share": share, "sentences": float(judge.texts)}
    yield Row("stages", "of that, the model", metrics, shown, data)
