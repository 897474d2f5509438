"""What the labelling program shows, as rich text; it knows nothing of the program.

Parts of an event have a colour and a letter in brackets, "[A Peru] [P accused] [R Chile]", so that
nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.style import Style
from rich.table import Table
from rich.text import Text

from detente.labelling.draft import DraftParty, LabelDraft, MarkedSpan, Picked
from detente.labelling.session import Labelling, LabelRow
from detente.output.labels import one_line
from detente.output.palette import BOLD, DIM, STATUS_MARKS, safe, superscript
from detente.types import Status

PARTS = {"P": "predicate", "A": "actor", "R": "recipient", "C": "condition", "B": "according to"}
# White letters on these have a contrast (WCAG) of 4.5 or more; hues far apart also for
# colour-blind readers, who have the letters besides.
_GROUNDS = {"P": "#a15c00", "A": "#2468b3", "R": "#1a7a43", "C": "#7a4fc4", "B": "#5f6670"}
_SELECTED = Style(reverse=True, bold=True)
_NAMED = Style(underline=True)
# Narrow enough for a terminal of 80 columns beside the numbers.
_BAR_CELLS = 12
# A quote or party longer than this is cut in the table; the sentence above has it in full.
_MOST_CELLS = 48


def part_style(mark: str) -> Style:
    """Return the style of a part by its letter."""
    return Style(color="#ffffff", bgcolor=_GROUNDS[mark])


def paint_sentence(labelling: Labelling) -> Text:
    """Paint the open sentence: the draft's parts, the selection, predicates of other events."""
    sentence, draft = labelling.sentence, labelling.state.draft
    spans = draft.spans() if draft else []
    chosen = labelling.chosen()
    numbers: dict[int, str] = {}
    underlined: set[int] = set()
    for number, row in enumerate(labelling.rows()):
        place = row.draft.predicate.span if row.draft.predicate else None
        if place and number != chosen:
            underlined.update(range(*place))
            numbers[place[1]] = numbers.get(place[1], "") + superscript(number + 1)
    start, end = labelling.selection
    text = Text()
    for at in range(len(sentence) + 1):
        for span in sorted(spans, key=lambda one: -one.start):
            if span.end == at:
                text.append("]", part_style(span.mark))
        text.append(numbers.get(at, ""), DIM)
        for span in spans:
            if span.start == at:
                text.append(f"[{span.mark} ", part_style(span.mark))
        if at < len(sentence):
            style = _ground(spans, at)
            style += _NAMED if at in underlined else Style()
            style += _SELECTED if start <= at < end else Style()
            text.append(safe(sentence[at]).replace("\n", " "), style)
    return text


def _ground(spans: Sequence[MarkedSpan], at: int) -> Style:
    inside = [span for span in spans if span.start <= at < span.end]
    return (
        part_style(min(inside, key=lambda span: span.end - span.start).mark) if inside else Style()
    )


def paint_around(labelling: Labelling) -> tuple[Text, Text]:
    """Paint what stands before and after the open sentence, with marks for what is done."""
    at, doc = labelling.state.at.sent, labelling.doc
    sides = []
    for numbers in (range(at), range(at + 1, len(doc.sents))):
        text = Text()
        for number in numbers:
            done = (doc.id, number) in labelling.state.done
            text.append("✓ " if done else "· ", DIM)
            text.append(one_line(doc.sents[number]) + "\n", DIM)
        text.rstrip()
        sides.append(text)
    return sides[0], sides[1]


def paint_head(labelling: Labelling) -> Text:
    """Paint title, origin and date of the document."""
    doc = labelling.doc
    facts = [one_line(fact) for fact in (doc.date or "no date", doc.byline, doc.source) if fact]
    return Text.assemble((one_line(doc.title or doc.id), BOLD), ("   " + " · ".join(facts), DIM))


def paint_progress(labelling: Labelling) -> Text:
    """Paint how far the labeller is: in the set, in the document, and whether this is done."""
    at, done = labelling.state.at, len(labelling.state.done)
    share = done / max(labelling.total, 1)
    filled = round(share * _BAR_CELLS)
    mark = "done ✓" if labelling.key in labelling.state.done else "not done"
    return Text.assemble(
        ("█" * filled, ""),
        ("░" * (_BAR_CELLS - filled), DIM),
        f" {done} of {labelling.total} sentences done",
        (
            f" · document {at.doc + 1}/{len(labelling.documents)}"
            f" · sentence {at.sent + 1}/{len(labelling.doc.sents)} {mark}",
            DIM,
        ),
    )


def paint_rows(labelling: Labelling) -> Table | Text:
    """Lay out the events of the sentence, the chosen one marked."""
    rows, chosen = labelling.rows(), labelling.chosen()
    if not rows:
        return Text(
            "none yet: a sentence without events is a label too, Space marks it done"
            if labelling.key not in labelling.state.done
            else "none, and the sentence is done",
            DIM,
        )
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, expand=False)
    for number, row in enumerate(rows):
        mark = "▶" if number == chosen else " "
        table.add_row(f"{mark}{number + 1}", *_cells(row), style=BOLD if number == chosen else None)
    return table


def _cells(row: LabelRow) -> Iterator[Text | str]:
    draft = row.draft
    yield Text(f"{draft.type or '?'} {draft.mode or ''}".strip())
    yield status_text(draft.status)
    yield Text(f"“{_cut(draft.predicate)}”" if draft.predicate else "")
    yield Text(" → ".join(_side(side) for side in (draft.actors, draft.recipients) if side))
    notes = [draft.date or "", "background" * draft.background]
    notes += [f"said by {_cut(draft.reported_by)}"] if draft.reported_by else []
    notes += [f"repeats {draft.same_as}"] if draft.same_as else []
    notes += ["suggestion: Enter accepts, x throws away"] if row.is_suggestion else []
    yield Text(" · ".join(note for note in notes if note), DIM)


def status_text(status: str) -> str:
    """Write a status with its mark."""
    known = next((one for one in Status if one == status), None)
    return f"{STATUS_MARKS[known]} {status}".strip() if known else status


def _side(parties: Sequence[DraftParty]) -> str:
    return " + ".join(_cut(party.words) for party in parties)


def _cut(words: Picked | None) -> str:
    text = one_line(words.text) if words else ""
    return text if len(text) <= _MOST_CELLS else f"{text[: _MOST_CELLS - 1]}…"


def paint_draft(labelling: Labelling) -> Table | Text:
    """Lay out the event that is being labelled, field by field, each with its key."""
    draft = labelling.state.draft
    if draft is None:
        return Text.assemble(
            ("Select words with ← → and Shift; then ", DIM),
            paint_keys({"p": "predicate,", "a": "actor or", "r": "recipient begin an event."}),
            ("  ↑ ↓ take one up.", DIM),
        )
    # What is short is never cut; the words on the left stand in full in the sentence.
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    grid.add_column(no_wrap=True, width=30)
    left, right = list(_words_fields(labelling, draft)), list(_value_fields(draft))
    for row in range(max(len(left), len(right))):
        grid.add_row(left[row] if row < len(left) else "", right[row] if row < len(right) else "")
    return grid


def _words_fields(labelling: Labelling, draft: LabelDraft) -> Iterator[Text]:
    yield _field("p", "predicate", _cut(draft.predicate), "P")
    for key, name, parties in (("a", "actor", draft.actors), ("r", "recipient", draft.recipients)):
        if not parties:
            yield _field(key, name, "", key.upper())
        for party in parties:
            who = ", ".join(map(str, party.who)) or "who? press g"
            yield _field(key, name, f"{who}: {_cut(party.words)}", key.upper())
    yield _field("c", "condition", _cut(draft.condition), "C")
    yield _field("b", "according to", _cut(draft.reported_by), "B")
    quote = Picked(draft.quote_in(labelling.sentence) or "", None)
    yield _field("w", "quote" + " (set)" * (draft.quote is not None), _cut(quote))


def _value_fields(draft: LabelDraft) -> Iterator[Text]:
    values = {
        "t type": draft.type,
        "m mode": draft.mode,
        "s status": status_text(draft.status),
        "d date": draft.date,
        "o background": "yes" if draft.background else None,
        "e repeats": draft.same_as,
    }
    for name, value in values.items():
        key, _, word = name.partition(" ")
        yield Text.assemble((f"{key}  ", BOLD), (f"{word:<12}", DIM), value or ("–", DIM))


def _field(key: str, name: str, value: str, mark: str | None = None) -> Text:
    badge = (f" {mark} ", part_style(mark)) if mark else "   "
    return Text.assemble((f" {key} ", BOLD), badge, (f" {name:<13}", DIM), value or ("–", DIM))


def paint_keys(keys: Mapping[str, str]) -> Text:
    """Lay out keys and what they do on one line."""
    return Text("  ").join(_keyed(keys))


def _keyed(keys: Mapping[str, str]) -> list[Text]:
    return [Text.assemble((key, BOLD), (f" {what}", DIM)) for key, what in keys.items()]
