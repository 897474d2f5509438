"""Starts the labelling program, or says what it needs."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from detente.actors import load_world
from detente.config import Settings
from detente.errors import ConfigError
from detente.labelling.checks import Inventory
from detente.labelling.desk import Desk, open_desk
from detente.labelling.suggestions import FirstReader
from detente.ontology import load_ontology
from detente.types import Rejection

if TYPE_CHECKING:
    from detente.labelling.app import LabellingApp


@dataclass(frozen=True, slots=True)
class LabelTally:
    """How far an annotator is, as the files on disk have it."""

    documents: int
    events: int
    done: int
    sentences: int
    file: Path
    rejected: tuple[Rejection, ...] = ()


def label_in_terminal(
    source: Path,
    annotator: str,
    *,
    out: Path | None = None,
    suggest: bool = False,
    settings: Settings | None = None,
) -> LabelTally:
    """Label documents until the user quits; arguments and errors as ``open_desk`` has them.

    Raises:
        ConfigError: textual is not installed (D140), or there is no terminal (D141).
    """
    make_app = _app_class()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ConfigError(
            "D141",
            "labelling needs a terminal, and this is a pipe or a file",
            "Run it by itself in a terminal window.",
        )
    settings = settings or Settings()
    desk = open_desk(source, annotator, out=out, suggest=suggest, settings=settings)
    world = load_world(settings.actors)
    inventory = Inventory(load_ontology(settings.ontology), frozenset(world.countries))
    reader = FirstReader(settings, suggest=suggest)
    make_app(desk, inventory, world.countries, reader=reader).run()
    return tally_of(desk)


def tally_of(desk: Desk) -> LabelTally:
    """Count what is on disk, which is all that will be there next time."""
    again = open_desk(desk.files.documents, desk.annotator, out=desk.files.events)
    return LabelTally(
        documents=len(again.documents),
        events=len(again.state.events),
        done=len(again.state.done),
        sentences=sum(len(doc.sents) for doc in again.documents),
        file=desk.files.events,
        rejected=tuple(desk.rejected),
    )


def _app_class() -> type[LabellingApp]:
    """Import the program, which few need: textual weighs more than all the rest of the terminal."""
    try:
        from detente.labelling.app import LabellingApp
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] != "textual":
            raise
        raise ConfigError(
            "D140",
            "labelling needs textual, which is not installed",
            "pip install 'detente[label]'",
        ) from error
    return LabellingApp
