"""The terminal program: keys to commands, state to screen. All else is in ``session``.

Whatever a command changes is on disk before the screen shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from detente.errors import OutputError
from detente.labelling.checks import Inventory
from detente.labelling.desk import Desk
from detente.labelling.dialogs import (
    ChoiceDialog,
    EntryDialog,
    HelpDialog,
    LabelChoice,
    PartiesDialog,
)
from detente.labelling.draft import Side, Single, Who
from detente.labelling.entry import EntryError, letters_for, read_day, read_who
from detente.labelling.layout import HINTS, KEYS, SHORT_LINES, STATUS_GLOSSES, STYLE
from detente.labelling.painting import (
    paint_around,
    paint_draft,
    paint_head,
    paint_keys,
    paint_progress,
    paint_rows,
    paint_sentence,
)
from detente.labelling.records import LabelledDocument, sentence_starts
from detente.labelling.report import event_line
from detente.labelling.session import NOT_SAVED, Labelling, LabelState, mode_choices
from detente.labelling.suggestions import FirstReader, FirstReading, who_is
from detente.output.palette import safe
from detente.types import Status

_PARTS: dict[str, Single] = {"p": "predicate", "c": "condition", "b": "reported_by"}
_SIDES: dict[str, Side] = {"a": "actors", "r": "recipients"}


class LabellingApp(App[None]):
    """One annotator's program.

    Args:
        desk: documents, files, where the annotator left off.
        inventory: what labels may name.
        countries: code -> name, so that names can be typed.
        reader: fills in parties and suggests events; None for neither.
    """

    CSS = STYLE
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)"),
        Binding("right", "move(1)"),
        Binding("shift+left", "move(-1, True)"),
        Binding("shift+right", "move(1, True)"),
        Binding("home", "move(-9999)"),
        Binding("end", "move(9999)"),
        *(Binding(key, f"part('{key}')") for key in _PARTS),
        *(Binding(key, f"party('{key}')") for key in _SIDES),
        *(Binding(key.upper(), f"typed('{key}')") for key in (*_PARTS, *_SIDES)),
        Binding("backspace,delete", "command('take_away')"),
        Binding("w", "command('set_quote')"),
        Binding("t", "type"),
        Binding("m", "mode"),
        Binding("s", "status"),
        Binding("g", "who"),
        Binding("d", "date"),
        Binding("o", "background"),
        Binding("e", "repeats"),
        Binding("enter", "command('save')"),
        Binding("escape", "command('drop')"),
        Binding("n", "command('new')"),
        Binding("x", "command('delete')"),
        Binding("u", "command('undo')"),
        Binding("ctrl+r", "command('redo')"),
        Binding("up", "choose(-1)"),
        Binding("down", "choose(1)"),
        Binding("space,pagedown", "command('next_sentence')"),
        Binding("pageup", "command('previous_sentence')"),
        Binding("left_square_bracket", "document(-1)"),
        Binding("right_square_bracket", "document(1)"),
        Binding("j", "command('first_open')"),
        Binding("question_mark", "help"),
        Binding("q", "leave"),
        Binding("ctrl+c,ctrl+q", "quit", priority=True),
    ]

    def __init__(
        self,
        desk: Desk,
        inventory: Inventory,
        countries: Mapping[str, str],
        *,
        reader: FirstReader | None = None,
    ) -> None:
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (SHORT_LINES, "-tall")]
        self.desk, self.inventory, self.countries = desk, inventory, countries
        self.labelling = Labelling(desk.documents, inventory, desk.state, self._who_of)
        self._reader = reader
        self._readings: dict[str, FirstReading | None] = {}
        self._saved: LabelState = desk.state
        self._failure: str | None = None
        self._said: str | None = None

    # ------------------------------------------------------------------------------------- screen

    def compose(self) -> ComposeResult:
        """Lay out the one screen."""
        yield Static(id="head")
        yield Static(id="progress")
        with VerticalScroll(id="around", can_focus=False):
            yield Static(id="before")
            yield Static(id="sentence")
            yield Static(id="after")
        with VerticalScroll(id="events", can_focus=False):
            yield Static(id="rows")
        with VerticalScroll(id="draft", can_focus=False):
            yield Static(id="fields")
        yield Static(id="said")
        yield Static(paint_keys(HINTS), id="keys")

    def on_mount(self) -> None:
        """Show where the annotator left off."""
        self.title = f"detente label · {self.desk.annotator}"
        self.query_one("#events").border_title = "Events of this sentence"
        self._show()

    def _done(self, said: str | None = None) -> None:
        """Save what a command changed, then show it."""
        self._said = said or None
        state = self.labelling.state
        parts = ("events", "done", "used")
        same = all(getattr(state, part) is getattr(self._saved, part) for part in parts)
        if not same or self._failure:
            try:
                self.desk.save(state)
            except OutputError as error:
                self._failure = f"NOT SAVED: {error.problem}. {error.remedy}"
            else:
                self._saved, self._failure = state, None
        self._show()

    def _show(self) -> None:
        labelling = self.labelling
        before, after = paint_around(labelling)
        for name, content in (
            ("head", paint_head(labelling)),
            ("progress", paint_progress(labelling)),
            ("before", before),
            ("sentence", paint_sentence(labelling)),
            ("after", after),
            ("rows", paint_rows(labelling)),
            ("fields", paint_draft(labelling)),
        ):
            self._part(name).update(content)
        draft = labelling.state.draft
        panel = self.screen_stack[0].query_one("#draft")
        panel.border_title = self._draft_title()
        panel.set_class(draft is not None, "open")
        self._tell()
        around = self.screen_stack[0].query_one("#around", VerticalScroll)
        around.scroll_to_widget(self._part("sentence"), animate=False, center=True)
        self._read_ahead()

    def _part(self, name: str) -> Static:
        return self.screen_stack[0].query_one(f"#{name}", Static)

    def _draft_title(self) -> str:
        draft = self.labelling.state.draft
        if draft is None:
            return "No event open"
        if draft.id is None:
            kind = "Suggestion" if draft.suggestion else "New event"
            return f"{kind}: not saved"
        return f"Event {draft.id}" + (": changed, not saved" if draft.touched else "")

    def _tell(self) -> None:
        """Show what went wrong, else what is wrong with the event, else that all is saved."""
        errors, doubts = self.labelling.problems()
        lines = [self._said] if self._said else []
        kind = "note"
        if self._failure:
            lines, kind = [self._failure], "wrong"
        elif errors:
            lines += [f"✗ {each}" for each in errors if f"Not saved: {each}" not in lines]
            kind = "wrong"
        elif doubts:
            lines += [f"? {each}" for each in doubts]
        elif not lines:
            lines, kind = [f"Saved in {self.desk.files.events.name}"], "fine"
            if self.labelling.state.draft and self.labelling.state.draft.touched:
                lines, kind = ["Nothing is wrong: Enter saves the event."], "note"
        said = self._part("said")
        said.set_classes(kind)
        # As rich text, because words of a document are no markup.
        said.update(Text(safe("\n".join(lines))))

    # ----------------------------------------------------------------------------------- commands

    def action_command(self, name: str) -> None:
        """Carry out a command of the model that needs nothing from the user."""
        self._done(getattr(self.labelling, name)())

    def action_move(self, step: int, extend: bool = False) -> None:
        """Move the cursor."""
        self._done(self.labelling.move(step, extend=extend))

    def action_part(self, key: str) -> None:
        """Make the selection predicate, condition or attribution."""
        self._done(self.labelling.set_words(_PARTS[key]))

    def action_party(self, key: str) -> None:
        """Make the selection an actor or a recipient."""
        self._done(self.labelling.set_party(_SIDES[key]))

    def action_choose(self, step: int) -> None:
        """Take up another event of the sentence."""
        self._done(self.labelling.choose(step))

    def action_document(self, step: int) -> None:
        """Go to another document."""
        self._done(self.labelling.other_document(step))

    def action_background(self) -> None:
        """Mark the event as old, or not."""
        draft = self.labelling.state.draft
        self._done(self.labelling.set_fields(background=not (draft and draft.background)))

    def action_leave(self) -> None:
        """Quit, unless an event would be lost."""
        draft = self.labelling.state.draft
        if draft and draft.touched:
            self._done(f"{NOT_SAVED} Ctrl+Q quits all the same.")
            return
        self._done()  # tries once more what could not be saved
        if self._failure is None:
            self.exit()

    def action_help(self) -> None:
        """Show all keys."""
        self.push_screen(HelpDialog(KEYS))

    # ------------------------------------------------------------------------------------ dialogs

    def action_type(self) -> None:
        """Choose the type."""
        types = self.inventory.ontology.types
        glosses = {name: one.gloss for name, one in types.items()}
        draft = self.labelling.state.draft
        self._choose("Type", glosses, draft.type if draft else None, self.labelling.set_type)

    def action_mode(self) -> None:
        """Choose the mode among those of the type."""
        draft = self.labelling.state.draft
        if draft is None or draft.type is None:
            self._done("The type decides which modes there are: press t first.")
            return
        modes = mode_choices(self.inventory, draft.type)
        if not modes:
            self._done(f"{draft.type} has no modes.")
            return
        self._choose(
            f"Mode of {draft.type}",
            modes,
            draft.mode,
            lambda chosen: self.labelling.set_fields(mode=chosen or None),
            none="no mode: the words do not show it",
        )

    def action_status(self) -> None:
        """Choose the status."""
        draft = self.labelling.state.draft
        self._choose(
            "Status",
            {str(status): STATUS_GLOSSES[status] for status in Status},
            draft.status if draft else None,
            lambda chosen: self.labelling.set_fields(status=chosen),
        )

    def action_repeats(self) -> None:
        """Choose the earlier event that this one tells again."""
        draft, earlier = self.labelling.state.draft, self.labelling.earlier()
        if not earlier:
            self._done("No earlier event of this document has this type.")
            return
        signs = letters_for(str(number) for number in range(len(earlier)))
        choices = [
            LabelChoice(
                one.id, signs.get(str(number), ""), f"sentence {one.sent + 1}", event_line(one)
            )
            for number, one in enumerate(earlier)
        ]
        choices.insert(0, LabelChoice("", "-", "none", "told for the first time"))
        self._ask(
            ChoiceDialog("Repeats", choices, draft.same_as if draft else None),
            lambda chosen: self.labelling.set_fields(same_as=chosen or None),
        )

    def action_date(self) -> None:
        """Type the date."""
        draft = self.labelling.state.draft
        written = self.labelling.doc.date
        asked = "Date of the event: YYYY, YYYY-MM, YYYY-MM-DD, or empty"
        self._ask(
            EntryDialog(
                f"{asked} (document: {written or 'no date'})",
                (draft.date if draft else None) or "",
                read_day,
            ),
            lambda typed: self.labelling.set_fields(date=read_day(typed)),
        )

    def action_typed(self, key: str) -> None:
        """Type words that stand elsewhere in the document."""

        def check(words: str) -> None:
            found = self.labelling.find(words)
            if found is None:
                raise EntryError("these words stand nowhere in the document, letter for letter")
            if key == "p" and found.start is None:
                raise EntryError("the predicate has to stand in this sentence")

        def take(words: str) -> str | None:
            found = self.labelling.find(words)
            if key in _SIDES:
                return self.labelling.set_party(_SIDES[key], found)
            return self.labelling.set_words(_PARTS[key], found)

        name = {**_PARTS, **_SIDES}[key].removesuffix("s").replace("_", " ")
        self._ask(
            EntryDialog(f"Words of the {name}, as they stand in the document", "", check), take
        )

    def action_who(self) -> None:
        """Type country and sector of the parties; begins at the one under the cursor."""
        draft = self.labelling.state.draft
        if draft is None or not draft.parties:
            self._done(self.labelling.set_who([]))
            return
        lines, first, at = [], 0, self.labelling.selection[0]
        for number, party in enumerate(draft.parties):
            who = party.who or self.labelling.guess(party.words)
            side = "actor" if number < len(draft.actors) else "recipient"
            lines.append((f"{side} “{party.words.text}”", ", ".join(map(str, who))))
            span = party.words.span
            if span and span[0] <= at < span[1]:
                first = number
        self._ask(
            PartiesDialog(lines, self._read_who, first),
            lambda typed: self.labelling.set_who([self._read_who(one) for one in typed]),
        )

    def _choose(
        self,
        title: str,
        glosses: Mapping[str, str],
        chosen: str | None,
        take: Callable[[str], str | None],
        *,
        none: str | None = None,
    ) -> None:
        signs = letters_for(glosses)
        choices = [LabelChoice(n, signs.get(n, ""), n, gloss) for n, gloss in glosses.items()]
        if none is not None:
            choices.insert(0, LabelChoice("", "-", "none", none))
        self._ask(ChoiceDialog(title, choices, chosen), take)

    def _ask(
        self,
        dialog: ChoiceDialog | EntryDialog | PartiesDialog,
        take: Callable[..., str | None],
    ) -> None:
        """Show a dialog and hand what it gives to a command; nothing on Escape."""

        def closed(answer: str | Sequence[str] | None) -> None:
            if answer is not None:
                self._done(take(answer))

        self.push_screen(dialog, closed)

    def _read_who(self, text: str) -> tuple[Who, ...]:
        return read_who(text, self.inventory, self.countries)

    # ------------------------------------------------------------------------------ first reading

    def _read_ahead(self) -> None:
        """Have the open document read in the background, once."""
        doc = self.labelling.doc
        if self._reader is None or doc.id in self._readings:
            return
        self._readings[doc.id] = None
        reader = self._reader
        self.run_worker(
            lambda: self.call_from_thread(self._was_read, doc, reader.read(doc)),
            thread=True,
            exit_on_error=False,
        )

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say why nothing is filled in; labelling goes on without."""
        if event.state is WorkerState.ERROR:
            self._done(f"Parties are not filled in: {event.worker.error}")

    def _was_read(self, doc: LabelledDocument, reading: FirstReading) -> None:
        self._readings[doc.id] = reading
        for sent, drafts in reading.drafts.items():
            self.labelling.suggestions[doc.id, sent] = drafts
        self._show()

    def _who_of(self, doc: LabelledDocument, sent: int, span: tuple[int, int]) -> tuple[Who, ...]:
        reading = self._readings.get(doc.id)
        start = sentence_starts(doc)[sent]
        return who_is(reading.mentions, start + span[0], start + span[1]) if reading else ()
