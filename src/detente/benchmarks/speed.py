"""Words per CPU-second: `detente code` and, beside it in the same run, plain spaCy.

Model and tables are loaded before the clock starts. CPU time of this one process counts, user and
system, all threads, so that a busy machine does not look like a slow program.
"""

from __future__ import annotations

import gzip
import importlib
import io
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from detente.benchmarks.coding import coded_file, rejected_note, write_events
from detente.benchmarks.rows import Missing, Row
from detente.benchmarks.sources import Sources, content_hash
from detente.types import Coded, Rejection

if TYPE_CHECKING:
    from detente.pipeline import Coder

_DOCUMENTS = "bench/docs/docs.jsonl"
_CORPUS = "corpus/unlabelled.jsonl.gz"
# Some 80,000 words with the documents: the rate moves by 2 % from run to run, at 30 by 10 %.
SAMPLE = 300
# Enough to load everything and to fill the caches that any run fills in its first second.
_WARM_UP = 16
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class _Timed:
    texts: list[str]
    seconds: float
    rejected: list[Rejection]

    @property
    def words(self) -> int:
        return sum(len(text.split()) for text in self.texts)

    @property
    def rate(self) -> float:
        return self.words / self.seconds


def words_per_second(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Measure the annotated documents and a sample spread evenly over the corpus."""
    reason = sources.absent(_DOCUMENTS, _CORPUS)
    if reason:
        yield Missing("speed", reason)
        return
    with tempfile.TemporaryDirectory() as folder:
        sample, warm_up = Path(folder) / "sample.jsonl", Path(folder) / "warm-up.jsonl"
        corpus = gzip.decompress(sources.file(_CORPUS).read_bytes()).splitlines()
        documents = sources.file(_DOCUMENTS).read_bytes().splitlines()
        sample.write_bytes(b"\n".join([*documents, *spread(corpus, SAMPLE)]) + b"\n")
        warm_up.write_bytes(b"\n".join(spread(corpus, _WARM_UP, offset=1)) + b"\n")
        _time_coding(coder, warm_up)
        ours = _time_coding(coder, sample)
        data = content_hash([sample])
    spacy = _time_parser(_model_name(coder), ours.texts)
    yield from _rows(ours, spacy, _model_name(coder), data)


def spread(lines: list[bytes], count: int, *, offset: int = 0) -> list[bytes]:
    """Take ``count`` lines at even distances, starting at ``offset``."""
    step = max(1, len(lines) // count)
    return lines[offset::step][:count]


def _rows(ours: _Timed, spacy: _Timed, model: str, data: str) -> Iterator[Row]:
    note = rejected_note(ours.rejected)
    size = f"{ours.words:,} words in {len(ours.texts)} documents{note}"
    rate = {"words_per_cpu_second": ours.rate}
    yield Row("speed", "detente", rate, f"{ours.rate:,.0f} words per CPU-second ({size})", data)
    rate = {"words_per_cpu_second": spacy.rate}
    shown = f"{spacy.rate:,.0f} words per CPU-second ({model}, all its components)"
    yield Row("speed", "spacy", rate, shown, data)
    ratio = ours.rate / spacy.rate
    yield Row("speed", "ratio", {"ratio": ratio}, f"{ratio:.2f} of spaCy's rate", data)
    mean = ours.words / len(ours.texts)
    articles = ours.rate * _SECONDS_A_DAY / mean
    shown = f"{articles:,.0f} articles a day on one core, at {mean:.0f} words each"
    yield Row("speed", "articles", {"articles_per_day": articles}, shown, data)


def _time_coding(coder: Coder, path: Path) -> _Timed:
    """Time everything from bytes in a file to JSON lines in memory."""
    texts: list[str] = []

    def watched() -> Iterator[Coded | Rejection]:
        for item in coded_file(coder, path):
            if isinstance(item, Coded):
                texts.append(item.document.text)
            yield item

    begin = time.process_time()
    rejected = write_events(watched(), io.BytesIO())
    return _Timed(texts, time.process_time() - begin, rejected)


def _time_parser(model: str, texts: Iterable[str]) -> _Timed:
    """Time the model's default pipeline on the same texts, as its own documentation calls it."""
    kept = list(texts)
    nlp = importlib.import_module(model).load()
    for _ in nlp.pipe(kept[:1]):
        pass
    begin = time.process_time()
    for _ in nlp.pipe(kept):
        pass
    return _Timed(kept, time.process_time() - begin, [])


def _model_name(coder: Coder) -> str:
    """The module of the model that the coder's parser uses: "name-version" without the version."""
    return coder.parser.version.rpartition("-")[0]
