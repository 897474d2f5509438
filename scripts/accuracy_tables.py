"""The tables of docs/accuracy.md, laid out from what scripts/accuracy.py has measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from calibration import Answer, bins, by_type, calibration_error, curve, cut
from considered import RESULTS, Case
from constructions import CLASSES
from detente.benchmarks.pairing import LEVELS, Level, Outcome, interval, scores
from detente.benchmarks.rows import precision_recall
from detente.ontology import load_ontology
from detente.types import NONE, Rejection, Status
from risk_chart import Line, chart

# Below this share of the events a precision is that of a handful.
_LEAST_KEPT = 0.05
_THRESHOLDS = [tenth / 10 for tenth in range(1, 10)]
_KIND_NAMES = {"real": "real documents", "written": "written sentences", "dev": "dev-a and dev-b"}


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that one run measured.

    Attributes: outcomes, answers, signatures: by coder. classes: constructions by the id of the
        labelled event. considered: by kind of text. data: hash of the label files.
    """

    part: str
    kinds: tuple[str, ...]
    outcomes: Mapping[str, Sequence[Outcome]]
    classes: Mapping[str, frozenset[str]]
    considered: Mapping[str, Sequence[Case]]
    answers: Mapping[str, Sequence[Answer]]
    signatures: Mapping[str, str]
    data: str
    rejected: tuple[Rejection, ...]
    has_bench: bool


def publish(found: Measured, page: Path) -> None:
    """Replace one part's place on the page, and its chart.

    Raises:
        SystemExit: the page has no place for this part.
    """
    begin, end = marks(found.part)
    text = page.read_text(encoding="utf-8")
    before, opened, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not opened or not closed:
        raise SystemExit(
            f"{page} has no place for this part: put the lines {begin} and {end} there"
        )
    picture = page.parent / "img" / chart_name(found.part)
    picture.parent.mkdir(exist_ok=True)
    picture.write_text(chart(_lines(found)), encoding="utf-8")
    made = page_part(found, chart=f"img/{picture.name}")
    page.write_text(f"{before}{begin}\n\n{made}\n{end}{after}", encoding="utf-8")


def marks(part: str) -> tuple[str, str]:
    """What stands before and after the tables of a part."""
    return (
        f"<!-- accuracy of {part}: scripts/accuracy.py -->",
        f"<!-- end of accuracy of {part} -->",
    )


def chart_name(part: str) -> str:
    """The file of the chart of a part."""
    return "risk-coverage.svg" if part == "dev" else f"risk-coverage-{part}.svg"


def page_part(found: Measured, *, chart: str) -> str:
    """Lay out all tables of a part; ``chart`` is the address of the picture."""
    sections = [
        _head(found),
        "### Overall\n\n" + overall(found),
        "### By type\n\n" + types(found),
        "### By construction\n\n" + by_construction(found),
        "### By status\n\n" + statuses(found),
        "### Candidates\n\n" + candidate_recall(found),
        "### Confidence of events\n\n" + event_calibration(found),
        "### Confidence of pairs\n\n" + pair_calibration(found),
        f"### Risk and coverage\n\n![Precision against the share of events kept]({chart})\n\n"
        + risk(found),
    ]
    return "\n".join(sections)


def _head(found: Measured) -> str:
    lines = [f"- {name}: `{signature}`" for name, signature in found.signatures.items()]
    texts = [each.text for each in next(iter(found.outcomes.values()))]
    counted = (
        f"Part *{found.part}*: {len(texts):,} documents, {sum(len(t.doc.sents) for t in texts):,} "
        f"sentences, {sum(len(t.gold) for t in texts):,} events; labels `{found.data[:12]}`."
    )
    rejected = [f"- not coded: {one.where} ({one.code}: {one.reason})" for one in found.rejected]
    return "\n".join([counted, "", *lines, *rejected, ""])


def overall(found: Measured) -> str:
    """P, R and F1 for each coder, level and kind of text."""
    rows = []
    for kind in (*found.kinds, None):
        for name, outcomes in found.outcomes.items():
            here = [each for each in outcomes if kind in (None, each.text.kind)]
            coded = sum(len(each.found) for each in here)
            gold = sum(len(each.text.gold) for each in here)
            cells: list[str] = []
            for level in LEVELS:
                told = scores(here, level)
                cells += [f"{told[metric]:.3f}" for metric in ("P", "R", "F1")]
                cells.append("{:.2f}–{:.2f}".format(*interval(here, level)))
            label = _KIND_NAMES[kind] if kind else "all of these"
            rows.append((label, name, gold, coded, *cells))
    head = ["text", "coder", "labelled", "coded"]
    head += [f"{level} {one}" for level in LEVELS for one in ("P", "R", "F1", "95 %")]
    return table(head, rows)


def types(found: Measured) -> str:
    """P, R and F1 of each type at the type level, the coders side by side."""
    rows = []
    for name in load_ontology().types:
        labelled = 0
        cells: list[str] = []
        for outcomes in found.outcomes.values():
            labelled, coded, right = _tally_of_type(outcomes, name)
            told = precision_recall(right, coded, labelled)
            cells += [str(coded), *(f"{told[metric]:.2f}" for metric in ("P", "R", "F1"))]
        rows.append((name, labelled, *cells))
    head = ["type", "labelled"]
    head += [f"{name} {one}" for name in found.outcomes for one in ("coded", "P", "R", "F1")]
    return table(head, rows)


def _tally_of_type(outcomes: Iterable[Outcome], name: str) -> tuple[int, int, int]:
    labelled = coded = right = 0
    for each in outcomes:
        mine = {n for n, gold in enumerate(each.text.gold) if gold.label.event == name}
        labelled += len(mine)
        coded += sum(one.event.type == name for one in each.found)
        right += len(mine & set(each.pairs["type"]))
    return labelled, coded, right


def by_construction(found: Measured) -> str:
    """Recall of each construction at both levels."""
    rows = []
    for name in (*CLASSES, None):
        cells: list[str] = []
        count = 0
        for outcomes in found.outcomes.values():
            for level in LEVELS:
                count, hits = _recalled(outcomes, level, name, found.classes)
                cells.append(_share(hits, count))
        rows.append((name or "all", count, *cells))
    head = ["construction", "events"]
    head += [f"{name} {level}" for name in found.outcomes for level in LEVELS]
    return table(head, rows)


def _recalled(
    outcomes: Iterable[Outcome],
    level: Level,
    name: str | None,
    classes: Mapping[str, frozenset[str]],
) -> tuple[int, int]:
    count = hits = 0
    for each in outcomes:
        for number, gold in enumerate(each.text.gold):
            if name is None or name in classes.get(gold.label.id, frozenset()):
                count += 1
                hits += number in each.pairs[level]
    return count, hits


def statuses(found: Measured) -> str:
    """Recall at the dyad level by status, and how often the status was right where it was found."""
    rows = []
    for status in Status:
        cells: list[str] = []
        count = 0
        for outcomes in found.outcomes.values():
            count, given = 0, Counter[str]()
            for each in outcomes:
                for number, gold in enumerate(each.text.gold):
                    if gold.label.status == status:
                        count += 1
                        hit = each.hit("dyad", number)
                        if hit is not None:
                            given[str(hit.event.status)] += 1
            right, hits = given.pop(str(status), 0), given.total()
            wrong = ", ".join(f"{name} {n}" for name, n in given.most_common())
            cells += [_share(right + hits, count), _share(right, right + hits), wrong or "-"]
        rows.append((str(status), count, *cells))
    head = ["status", "labelled"]
    head += [f"{n} {one}" for n in found.outcomes for one in ("found", "status right", "else")]
    return table(head, rows)


def candidate_recall(found: Measured) -> str:
    """The share of labelled parties that the coder with the model thinks of."""
    rows = []
    for kind, judged in found.considered.items():
        tally = Counter(case.result for case in judged)
        here = len(judged) - tally["elsewhere"]
        cells = [_share(tally[result], len(judged), 3) for result in RESULTS]
        cells.append(_share(tally["considered"], here, 3))
        rows.append((_KIND_NAMES.get(kind, kind), len(judged), *cells))
    head = (
        "text",
        "sentence and parties",
        "considered",
        "mentions, no pair",
        "no mention",
        "party in another sentence",
        "considered, of the rest",
    )
    note = "" if found.has_bench else "\nThe documents of the benchmark are not there.\n"
    return table(head, rows) + note


def event_calibration(found: Measured) -> str:
    """Confidence of events in bins, and calibration error by type."""
    answers = {
        (name, level): _answers(outcomes, level)
        for name, outcomes in found.outcomes.items()
        for level in LEVELS
    }
    parts = []
    for (name, level), given in answers.items():
        field = "event" if level == "dyad" else "type"
        parts.append(
            f"{name}, `confidence.{field}` against *{level}*: ECE {calibration_error(given):.3f} "
            f"({len(given)} events)\n\n{_binned(given)}"
        )
    return (
        "\n".join(parts)
        + "\nECE by type:\n\n"
        + _errors_by_type({f"{name} {level}": given for (name, level), given in answers.items()})
    )


def pair_calibration(found: Measured) -> str:
    """The same for ``classify``; the type is the one that was answered, NONE among them."""
    parts = [
        f"{name}, probability of the answer: ECE {calibration_error(given):.3f}; without the "
        f"answer NONE {calibration_error([a for a in given if a.type != NONE]):.3f} "
        f"({len(given):,} pairs, {sum(a.right for a in given) / max(len(given), 1):.1%} right)\n\n"
        f"{_binned(given)}"
        for name, given in found.answers.items()
    ]
    return "\n".join(parts) + "\nECE by answer:\n\n" + _errors_by_type(found.answers)


def risk(found: Measured) -> str:
    """What is left and how good it is when events below a threshold are dropped."""
    rows = []
    for threshold in _THRESHOLDS:
        cells = []
        for outcomes in found.outcomes.values():
            one = cut(_answers(outcomes, "dyad"), _labelled(outcomes), threshold)
            precision = "-" if one.precision is None else f"{one.precision:.3f}"
            cells += [f"{one.kept:.1%}", precision, f"{one.recall:.3f}"]
        rows.append((f"{threshold:.1f}", *cells))
    head = ["from"]
    head += [f"{name} {one}" for name in found.outcomes for one in ("kept", "P", "R")]
    return table(head, rows)


def _lines(found: Measured) -> list[Line]:
    lines = []
    for name, outcomes in found.outcomes.items():
        given, labelled = _answers(outcomes, "dyad"), _labelled(outcomes)
        marked = [cut(given, labelled, threshold) for threshold in _THRESHOLDS]
        lines.append(Line(name, curve(given, labelled, _LEAST_KEPT), marked))
    return lines


def _answers(outcomes: Iterable[Outcome], level: Level) -> list[Answer]:
    """Coded events with the confidence that speaks of a level."""
    given = []
    for each in outcomes:
        right = each.right(level)
        for number, one in enumerate(each.found):
            sure = one.event.confidence
            if sure is not None:
                share = sure.event if level == "dyad" else sure.type
                given.append(Answer(one.event.type, share, number in right))
    return given


def _labelled(outcomes: Iterable[Outcome]) -> int:
    return sum(len(each.text.gold) for each in outcomes)


def _binned(answers: Iterable[Answer]) -> str:
    rows = [
        (f"{one.low:.1f}–{one.high:.1f}", one.count, f"{one.sure:.2f}", f"{one.right:.2f}")
        for one in bins(answers)
    ]
    return table(("confidence", "count", "mean", "right"), rows)


def _errors_by_type(answers: Mapping[str, Sequence[Answer]]) -> str:
    grouped = {name: by_type(given) for name, given in answers.items()}
    names = [*load_ontology().types, NONE]
    names += sorted({name for groups in grouped.values() for name in groups} - set(names))
    rows = []
    for name in names:
        cells = []
        for groups in grouped.values():
            given = groups.get(name)
            cells.append(f"{calibration_error(given):.2f} ({len(given):,})" if given else "-")
        if set(cells) != {"-"}:
            rows.append((name, *cells))
    return table(("type", *answers), rows)


def _share(count: int, total: int, digits: int = 2) -> str:
    return f"{count / total:.{digits}f}" if total else "-"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Lay out a Markdown table."""
    lines: list[Sequence[object]] = [head, ["---"] * len(head), *rows]
    cells = ([str(cell).replace("|", "\\|") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)
