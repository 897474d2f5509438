"""The dialogs of the labelling program: a choice by one key, a line to type, parties, help.

All of them close with Escape and give None then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from detente.labelling.entry import EntryError


@dataclass(frozen=True, slots=True)
class LabelChoice:
    """One thing to choose: what comes back, the key for it, what is shown."""

    value: str
    key: str
    label: str
    gloss: str = ""


class ChoiceDialog(ModalScreen[str | None]):
    """A list to choose from by letter, or with arrows and Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, title: str, choices: Sequence[LabelChoice], chosen: str | None) -> None:
        super().__init__()
        self._title, self._choices, self._chosen = title, choices, chosen

    def compose(self) -> ComposeResult:
        """Lay out the title and the list."""
        width = max((len(one.label) for one in self._choices), default=0)
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="title", markup=False)
            yield OptionList(*(Option(_choice_line(one, width)) for one in self._choices))

    def on_mount(self) -> None:
        """Begin at what is chosen already."""
        values = [one.value for one in self._choices]
        if self._chosen in values:
            self.query_one(OptionList).highlighted = values.index(self._chosen)

    def on_key(self, event: events.Key) -> None:
        """Choose by letter."""
        for one in self._choices:
            if one.key and event.character == one.key:
                event.stop()
                self.dismiss(one.value)
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose what the arrows are on."""
        self.dismiss(self._choices[event.option_index].value)


class EntryDialog(ModalScreen[str | None]):
    """A line to type, which is checked before it is taken.

    Args:
        title: what is asked for.
        value: what stands there to begin with.
        check: raises ``EntryError`` for what cannot be taken.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, title: str, value: str, check: Callable[[str], object]) -> None:
        super().__init__()
        self._title, self._value, self._check = title, value, check

    def compose(self) -> ComposeResult:
        """Lay out the question, the line and room for what is wrong."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="title", markup=False)
            yield Input(self._value)
            yield Static("", classes="wrong", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed, or say what is wrong with it."""
        try:
            self._check(event.value)
        except EntryError as error:
            self.query_one(".wrong", Static).update(str(error))
        else:
            self.dismiss(event.value)


class PartiesDialog(ModalScreen[list[str] | None]):
    """A line for each party: whom its words stand for. Tab goes round, Enter takes all.

    Args:
        parties: words of each party and what stands there to begin with.
        check: raises ``EntryError`` for what cannot be taken.
        first: which line the cursor begins in.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back"),
        Binding("down", "app.focus_next", "Next", priority=True),
        Binding("up", "app.focus_previous", "Previous", priority=True),
    ]

    def __init__(
        self, parties: Sequence[tuple[str, str]], check: Callable[[str], object], first: int
    ) -> None:
        super().__init__()
        self._parties, self._check, self._first = parties, check, first

    def compose(self) -> ComposeResult:
        """Lay out a line for each party."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(
                "Whom do the words stand for?  CHL GOV · Chile GOV · IGO · several with commas",
                classes="title",
                markup=False,
            )
            for words, value in self._parties:
                yield Static(words, markup=False)
                yield Input(value, placeholder="country and sector")
            yield Static("", classes="wrong", markup=False)

    def on_mount(self) -> None:
        """Begin at the party that was asked for."""
        self.query(Input)[self._first].focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take all lines, or go to the first that is wrong."""
        lines = list(self.query(Input))
        for line in lines:
            try:
                self._check(line.value)
            except EntryError as error:
                self.query_one(".wrong", Static).update(str(error))
                line.focus()
                return
        self.dismiss([line.value for line in lines])


class HelpDialog(ModalScreen[None]):
    """All keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss(None)", "Back")
    ]

    def __init__(self, sections: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        super().__init__()
        self._sections = sections

    def compose(self) -> ComposeResult:
        """Lay out the keys by what they are for."""
        text = Text()
        for title, keys in self._sections:
            text.append(f"{title}\n", "bold underline")
            for key, what in keys:
                text.append(f"  {key:<18}", "bold")
                text.append(f"{what}\n")
            text.append("\n")
        text.rstrip()
        with VerticalScroll(classes="dialog"):
            yield Static(text)


def _choice_line(choice: LabelChoice, width: int) -> Text:
    return Text.assemble(
        (f" {choice.key or ' '}  ", "bold"), f"{choice.label:<{width}}  ", (choice.gloss, "dim")
    )
