"""From a file of labelled pairs to a folder with a model and a report on it."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import msgspec
import numpy

from detente import __version__
from detente.config import RULES_ALONE, Settings
from detente.models import PairEncoder, load_pair_encoder
from detente.models.own_model import HEAD, OWN_CARD, OwnCard
from detente.models.pair_encoder import softmax
from detente.output.files import atomic_file
from detente.pipeline import Coder
from detente.reading.pairs import LabelledPair, read_labelled_pairs
from detente.training.fitting import FittedHead, HeadFitter, head_logits
from detente.training.parts import FEW_ROWS, Parts, part_rows
from detente.training.report import TrainingFacts, write_report
from detente.training.scores import Scores
from detente.training.states import StateReader, WorkFolder, make_folder, read_all
from detente.types import NONE, PairQuery, Rejection

REPORT, WORK = "report.md", ".work"
# Of contradicting rows so many lines are named.
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """What a training made.

    ``macro_f1`` and ``calibration_error`` are of the held-out rows, NONE not among the types of the
    former (None where no type has held-out rows). ``warnings`` are sentences for who trained it.
    """

    folder: Path
    name: str
    rows: int
    rejected: tuple[Rejection, ...]
    macro_f1: float | None
    calibration_error: float
    warnings: tuple[str, ...]


class TrainingWatch(Protocol):
    """Is told how far a training is."""

    def note(self, words: str) -> None:
        """Something that the user should know now."""

    def step(self, stage: str, done: int, total: int) -> None:
        """So much of a stage is done; ``stage`` is "reading" (rows) or "fitting" (epochs)."""


class _Nobody:
    """Watches nothing."""

    def note(self, words: str) -> None:
        """Say nothing."""

    def step(self, stage: str, done: int, total: int) -> None:
        """Show nothing."""


def train_model(
    data: Path, out: Path, *, settings: Settings | None = None, watch: TrainingWatch | None = None
) -> TrainedModel:
    """Train a model of the user's own on labelled pairs.

    Args:
        data: JSONL as ``classify`` reads it, with "type" on every line.
        out: folder of the model; one that lies there is replaced when the new one is done.
        settings: lexicon and ontology of the user's.
        watch: is told how far it is.

    Raises:
        ReadingError: the data cannot be opened (D330).
        DataError: too few rows to learn from (D273).
        OutputError: the folder cannot be written (D501, D502, D504).
    """
    seen = watch or _Nobody()
    rejected: list[Rejection] = []
    pairs = _by_text(read_labelled_pairs(str(data), rejected))
    parts = part_rows(pairs, rejected)
    make_folder(out)
    encoder = load_pair_encoder()
    coder = Coder(replace(settings or Settings(), coder=RULES_ALONE, model=None))
    reader = StateReader(coder, encoder)
    queries = [pair.query for pair in pairs]
    work = WorkFolder(out / WORK, reader.key(queries))
    if work.forsaken:
        seen.note("The data, the settings or detente changed since the last run: beginning anew.")
    states = _read(reader, queries, work, seen)
    labels = _labels(pairs)
    gold = numpy.array([labels.index(pair.type) for pair in pairs], numpy.int64)
    fitter = HeadFitter(states, gold, len(labels), encoder.read([]).features.shape[1])
    fitted = fitter.fit(parts, lambda done, total: seen.step("fitting", done, total))
    counts = Counter(pair.type for pair in pairs)
    card = _card(out, fitted, reader.lexicon, encoder, {name: counts[name] for name in labels})
    logits = head_logits(fitted.weights, states, parts.test)
    scores = Scores(labels, gold[parts.test], softmax(logits / fitted.temperature))
    facts = TrainingFacts(
        card,
        data.name,
        [pairs[number] for number in parts.test],
        _sizes(parts),
        scores,
        rejected,
        _warnings(pairs, scores),
    )
    _write(out, fitted, card, write_report(facts))
    work.remove()
    return TrainedModel(
        out,
        card.name,
        len(pairs),
        tuple(rejected),
        scores.macro_f1,
        scores.calibration_error,
        tuple(facts.warnings),
    )


def _by_text(pairs: Iterable[LabelledPair]) -> list[LabelledPair]:
    """Pairs of one text together, in the order of the texts: then each is read once."""
    groups: dict[str, list[LabelledPair]] = defaultdict(list)
    for pair in pairs:
        groups[pair.query.text].append(pair)
    return [pair for group in groups.values() for pair in group]


def _labels(pairs: Iterable[LabelledPair]) -> tuple[str, ...]:
    """Sorted, NONE last where there is one."""
    found = {pair.type for pair in pairs}
    return (*sorted(found - {NONE}), *({NONE} & found))


def _read(
    reader: StateReader, queries: Sequence[PairQuery], work: WorkFolder, watch: TrainingWatch
) -> Any:  # noqa: ANN401 - an array
    """Read all states, and say once when a run goes on where another stopped."""
    told = False

    def step(done: int, kept: int) -> None:
        nonlocal told
        if kept and not told and done > kept:
            watch.note(f"Going on: {kept:,} of {len(queries):,} rows were read before.")
            told = True
        watch.step("reading", done, len(queries))

    states, kept = read_all(queries, reader, work, step)
    if kept == len(queries):
        watch.note(f"Going on: all {kept:,} rows were read before.")
    return states


def _card(
    out: Path,
    fitted: FittedHead,
    lexicon: tuple[str, ...],
    encoder: PairEncoder,
    rows: dict[str, int],
) -> OwnCard:
    digest = hashlib.sha256(fitted.weights.packed()).hexdigest()
    return OwnCard(
        name=f"{out.resolve().name}:{digest[:8]}",
        labels=tuple(rows),
        lexicon=lexicon,
        temperature=fitted.temperature,
        rows=rows,
        encoder=encoder.name,
        encoder_sha256=encoder.digest,
        head_sha256=digest,
        detente=__version__,
    )


def _sizes(parts: Parts) -> dict[str, int]:
    return {
        "to learn from": len(parts.learn),
        "to tune on": len(parts.tune),
        "held out": len(parts.test),
    }


def _warnings(pairs: Sequence[LabelledPair], scores: Scores) -> list[str]:
    counts = Counter(pair.type for pair in pairs)
    return [*_about_types(counts, scores), *_about_rows(pairs)]


def _about_types(counts: Counter[str], scores: Scores) -> Iterator[str]:
    if NONE not in counts:
        yield (
            "The data has no NONE rows: the model cannot say that there is nothing between two "
            "actors, and `detente code` will find events everywhere."
        )
    few = [f"{kind} ({count})" for kind, count in sorted(counts.items()) if count < FEW_ROWS]
    if few:
        yield f"Fewer than {FEW_ROWS} rows, not to be trusted: {', '.join(few)}."
    unseen = [score.label for score in scores.by_type() if not score.rows]
    if unseen:
        yield f"No held-out rows, so nothing is measured: {', '.join(unseen)}."


def _about_rows(pairs: Sequence[LabelledPair]) -> Iterator[str]:
    asked: dict[object, list[LabelledPair]] = defaultdict(list)
    for pair in pairs:
        asked[pair.query.text, pair.query.source, pair.query.target].append(pair)
    odd = [group for group in asked.values() if len({pair.type for pair in group}) > 1]
    if odd:
        lines = ["/".join(str(pair.line) for pair in group) for group in odd[:_SHOWN]]
        more = f" and {len(odd) - _SHOWN:,} more" if len(odd) > _SHOWN else ""
        yield f"Rows that ask the same and contradict each other, lines {', '.join(lines)}{more}."


def _write(out: Path, fitted: FittedHead, card: OwnCard, report: str) -> None:
    """Write report, weights, card; the card, which proves the weights, comes last.

    All three are written in full before the first takes the place of an older one.
    """
    made = {
        REPORT: report.encode(),
        HEAD: fitted.weights.packed(),
        OWN_CARD: msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n",
    }
    with ExitStack() as stack:
        # Left in reverse: the last that is entered takes its name first.
        for name in reversed(made):
            stack.enter_context(atomic_file(out / name)).write(made[name])
