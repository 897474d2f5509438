"""The page that a training leaves beside its model: what it learnt from, how good it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from detente.models.own_model import OwnCard
from detente.reading.pairs import LabelledPair
from detente.training.scores import Scores
from detente.types import PairQuery, Rejection

# Enough to see what kind of errors they are; the whole list is for a spreadsheet.
SHOWN_ERRORS = 20
# Of a text that is longer, what stands around the actors.
_LONGEST, _AROUND = 400, 120


@dataclass(frozen=True, slots=True)
class TrainingFacts:
    """What a report is written from.

    ``tested`` are the held-out pairs in the order of ``scores``; ``sizes`` how many rows each part
    has, by its name in the report; ``warnings`` whole sentences.
    """

    card: OwnCard
    data: str
    tested: Sequence[LabelledPair]
    sizes: dict[str, int]
    scores: Scores
    rejected: Sequence[Rejection]
    warnings: Sequence[str]


def write_report(facts: TrainingFacts) -> str:
    """Lay out the report as Markdown."""
    parts = (_head, _types, _confusion, _calibration, _errors)
    return "\n\n".join("\n".join(part(facts)) for part in parts) + "\n"


def _head(facts: TrainingFacts) -> Iterator[str]:
    card, scores = facts.card, facts.scores
    yield f"# Model {card.name}"
    yield ""
    yield f"Trained by detente {card.detente} on the encoder {card.encoder}, from {facts.data}."
    yield ""
    sizes = ", ".join(f"{count:,} {name}" for name, count in facts.sizes.items())
    yield f"- Rows: {sum(facts.sizes.values()):,} ({sizes}), parted by text."
    codes = Counter(rejection.code for rejection in facts.rejected)
    listed = ", ".join(f"{count:,} {code}" for code, count in codes.most_common())
    yield f"- Lines left out: {codes.total():,}{f' ({listed})' if listed else ''}."
    yield (
        f"- Held out: {scores.accuracy:.1%} right ({scores.guessing:.1%} if every answer were the "
        f"most frequent label), macro-F1 {_number(scores.macro_f1)}, expected calibration error "
        f"{scores.calibration_error:.3f}."
    )
    yield from (f"- **{_cell(warning)}**" for warning in facts.warnings)
    yield ""
    yield (
        "All numbers below are of the held-out rows, which neither training nor temperature has "
        "seen. If their texts are among those that detente's own encoder was trained on "
        "(data/labelled, part train), they are better than on new text."
    )


def _types(facts: TrainingFacts) -> Iterator[str]:
    yield "## Types"
    yield ""
    rows = [
        (
            _cell(score.label),
            f"{facts.card.rows.get(score.label, 0):,}",
            f"{score.rows:,}",
            *(_number(value) for value in (score.precision, score.recall, score.f1)),
        )
        for score in facts.scores.by_type()
    ]
    yield from _table(("type", "rows in all", "held out", "precision", "recall", "F1"), rows)


def _confusion(facts: TrainingFacts) -> Iterator[str]:
    yield "## Confusion"
    yield ""
    yield "Down: what the rows are labelled; across: what was answered."
    yield ""
    names = [_cell(label) for label in facts.scores.labels]
    cells = facts.scores.confusion().tolist()
    rows = [
        (f"**{name}**", *(f"{count:,}" if count else "·" for count in row))
        for name, row in zip(names, cells, strict=True)
    ]
    yield from _table(("", *names), rows)


def _calibration(facts: TrainingFacts) -> Iterator[str]:
    yield "## Calibration"
    yield ""
    yield (
        "Of the answers that were given such a share, how many are right: the two columns should "
        f"agree. Expected calibration error {facts.scores.calibration_error:.3f}, temperature "
        f"{facts.card.temperature:.2f}."
    )
    yield ""
    rows = [
        (f"{b.low:.1f} to {b.high:.1f}", f"{b.rows:,}", f"{b.share:.3f}", f"{b.right:.3f}")
        for b in facts.scores.calibration()
    ]
    yield from _table(("share", "rows", "mean share", "right"), rows)


def _errors(facts: TrainingFacts) -> Iterator[str]:
    yield "## Errors"
    yield ""
    numbers = facts.scores.surest_errors(SHOWN_ERRORS)
    wrong = int((facts.scores.answers != facts.scores.gold).sum())
    yield (
        f"{len(numbers)} of {wrong:,}, the surest first. A wrong label is often among them: the "
        "line is that of the data."
    )
    yield ""
    labels = facts.scores.labels
    rows = []
    for number in numbers:
        pair, shares = facts.tested[number], facts.scores.shares[number]
        answer = int(shares.argmax())
        rows.append(
            (
                f"{pair.line}",
                _cell(marked(pair.query)),
                _cell(pair.type),
                _cell(labels[answer]),
                f"{shares[answer]:.2f}",
            )
        )
    yield from _table(("line", "text", "label", "answer", "share"), rows)


def marked(query: PairQuery) -> str:
    """A text with its actors in brackets, [S source] and [T target]; long ones around them only."""
    spans = [("S", query.source), *([("T", query.target)] if query.target is not None else [])]
    first, last = min(s[0] for _, s in spans), max(s[1] for _, s in spans)
    text = query.text
    # Ends go in before beginnings that stand at the same place, from the back.
    marks = [(start, 1, f"[{name} ") for name, (start, _) in spans]
    marks += [(end, 0, "]") for _, (_, end) in spans]
    whole = len(text) <= _LONGEST
    low, high = (0, len(text)) if whole else (max(0, first - _AROUND), last + _AROUND)
    out = text[:high]
    for at, _, mark in sorted(marks, reverse=True):
        out = out[:at] + mark + out[at:]
    return ("… " if low else "") + out[low:] + ("" if high >= len(text) else " …")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for cells in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(cells)} |"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _cell(text: str) -> str:
    """Text of anybody's in a cell of a table: one line, no marks of its own."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    for mark in "\\|<>*_`":
        line = line.replace(mark, f"\\{mark}")
    return line
