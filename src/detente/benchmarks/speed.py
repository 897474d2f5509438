"""Words per CPU-second: `detente code` and, beside it in the same run, plain spaCy.

Model and tables are loaded before the clock starts. CPU time of this one process counts, user and
system, all threads, so that a busy machine does not look like a slow program.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib
import io
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.benchmarks.coding import coded_file, rejected_note, write_events
from detente.benchmarks.rows import Missing, Row
from detente.benchmarks.sources import Sources
from detente.types import Coded, Rejection

if TYPE_CHECKING:
    from detente.pipeline import Coder

_DOCUMENTS = "bench/docs/docs.jsonl"
CORPUS = "corpus/unlabelled.jsonl.gz"
# With the annotated documents some 50,000 words: half a minute for both together.
SAMPLE = 300
# Enough to load everything and to fill the caches that any run fills in its first second.
_WARM_UP = 16
# The two take turns on parts of the sample, so that a slow minute of the machine hits both.
_PARTS = 4
# Best for spaCy on whole articles: of 8, 32, 128 and its default of 1,000 (32 was 20 % faster than
# the default). Try again when spaCy changes.
_SPACY_BATCH = 32
_SECONDS_A_DAY = 86_400


@dataclass(slots=True)
class Timed:
    """Times of the parts, added up."""

    words: int = 0
    documents: int = 0
    seconds: float = 0.0
    rejected: list[Rejection] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Words per CPU-second."""
        return self.words / self.seconds

    def add(self, texts: list[str], seconds: float) -> None:
        """Add texts that were read in so many CPU-seconds; words stand between blanks."""
        self.words += sum(len(text.split()) for text in texts)
        self.documents += len(texts)
        self.seconds += seconds


def words_per_second(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Measure the annotated documents and a sample spread evenly over the corpus."""
    reason = sources.absent(_DOCUMENTS, CORPUS)
    if reason:
        yield Missing("speed", reason)
        return
    documents = sources.file(_DOCUMENTS).read_bytes().splitlines()
    warm_up, chosen = corpus_sample(sources, SAMPLE)
    sample = [*documents, *chosen]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.jsonl"
        path.write_bytes(warm_up)
        texts = time_coding(coder, path, Timed())
        nlp = importlib.import_module(_model_name(coder)).load()
        _time_parser(nlp, texts, Timed())
        ours, spacy = Timed(), Timed()
        for part in range(_PARTS):
            path.write_bytes(b"\n".join(sample[part::_PARTS]))
            _time_parser(nlp, time_coding(coder, path, ours), spacy)
    data = hashlib.sha256(b"\n".join(sample)).hexdigest()
    yield from _rows(ours, spacy, _model_name(coder), data)


def corpus_sample(sources: Sources, count: int) -> tuple[bytes, list[bytes]]:
    """Take documents of the corpus: a file of some to warm up with, and ``count`` to measure."""
    corpus = gzip.decompress(sources.file(CORPUS).read_bytes()).splitlines()
    return b"\n".join(spread(corpus, _WARM_UP, offset=1)), spread(corpus, count)


def spread(lines: list[bytes], count: int, *, offset: int = 0) -> list[bytes]:
    """Take ``count`` lines at even distances, starting at ``offset``."""
    step = max(1, len(lines) // count)
    return lines[offset::step][:count]


def _rows(ours: Timed, spacy: Timed, model: str, data: str) -> Iterator[Row]:
    note = rejected_note(ours.rejected)
    size = f"{ours.words:,} words in {ours.documents} documents{note}"
    rate = {"words_per_cpu_second": ours.rate}
    yield Row("speed", "detente", rate, f"{ours.rate:,.0f} words per CPU-second ({size})", data)
    rate = {"words_per_cpu_second": spacy.rate}
    shown = f"{spacy.rate:,.0f} words per CPU-second ({model}, all its components)"
    yield Row("speed", "spacy", rate, shown, data)
    ratio = ours.rate / spacy.rate
    yield Row("speed", "ratio", {"ratio": ratio}, f"{ratio:.2f} of spaCy's rate", data)
    mean = ours.words / ours.documents
    articles = ours.rate * _SECONDS_A_DAY / mean
    shown = f"{articles / 1e6:.1f} million articles a day on one core, at {mean:.0f} words each"
    yield Row("speed", "articles", {"articles_per_day": articles}, shown, data)


def time_coding(coder: Coder, path: Path, timed: Timed) -> list[str]:
    """Time everything from bytes in a file to JSON lines in memory; return the texts coded."""
    texts: list[str] = []

    def watched() -> Iterator[Coded | Rejection]:
        for item in coded_file(coder, path):
            if isinstance(item, Coded):
                texts.append(item.document.text)
            yield item

    begin = time.process_time()
    timed.rejected += write_events(watched(), io.BytesIO())
    timed.add(texts, time.process_time() - begin)
    return texts


def _time_parser(nlp: Any, texts: list[str], timed: Timed) -> None:  # noqa: ANN401 - spaCy's
    """Time a whole pipeline of spaCy's on the same texts."""
    begin = time.process_time()
    for _ in nlp.pipe(texts, batch_size=_SPACY_BATCH):
        pass
    timed.add(texts, time.process_time() - begin)


def _model_name(coder: Coder) -> str:
    """The module of the model that the coder's parser uses: "name-version" without the version."""
    return coder.parser.version.rpartition("-")[0]
