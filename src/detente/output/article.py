"""The article's text with its actors coloured and its predicates underlined and numbered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from rich.console import Console
from rich.style import Style
from rich.text import Text

from detente.output.palette import BOLD, DIM, actor_style, quad_style, safe, superscript
from detente.types import Coded, Event, Status

# Numbered events: (number shown, event).
Numbered = Sequence[tuple[int, Event]]


def marked_text(coded: Coded, numbered: Numbered, console: Console) -> Text:
    """Return the document's text, marked up; badges stand behind the predicates."""
    doc = coded.document
    text = Text(safe(doc.text))
    for span in doc.furniture:
        text.stylize(DIM, span.start, span.end)
    if doc.headline is not None:
        text.stylize(BOLD, doc.headline.start, doc.headline.end)
    _colour_actors(text, coded, console)
    for _, event in numbered:
        text.stylize(_predicate_style(event, console), event.predicate.start, event.predicate.end)
    return _with_badges(text, numbered, console)


def _colour_actors(text: Text, coded: Coded, console: Console) -> None:
    style = actor_style(console)
    for mention in coded.mentions:
        text.stylize(style, mention.start, mention.end)
    for event in coded.events:
        for party in (*event.actors, *event.recipients, *event.third_parties):
            text.stylize(style + BOLD, party.span.start, party.span.end)


def _predicate_style(event: Event, console: Console) -> Style:
    style = quad_style(event.quad, console) + Style(underline=True)
    if event.status is Status.ASSERTED:
        return style
    return style + Style(italic=True, bold=False)


def _with_badges(text: Text, numbered: Numbered, console: Console) -> Text:
    """Insert the events' numbers; cutting the text keeps the styles in place."""
    badges: dict[int, Text] = defaultdict(Text)
    for number, event in numbered:
        # A badge may not fall outside the text: a wrong offset would drop it in silence.
        at = min(max(event.predicate.end, 0), len(text))
        if badges[at]:
            badges[at].append("·", DIM)
        badges[at].append(superscript(number), quad_style(event.quad, console))
    cuts = sorted({0, len(text), *badges})
    result = Text()
    for start, end in pairwise(cuts):
        if start in badges:
            result.append_text(badges[start])
        result.append_text(text[start:end])
    if len(text) in badges:
        result.append_text(badges[len(text)])
    result.rstrip()
    return result
