"""What the matcher finds in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name or role word in a text; offsets are the document's.

    ``kind`` is "name" (``entries`` index ``World.entries``), "role" (``word`` is a key of
    ``World.roles``), "pronoun" or "capital" (a capitalised word that no table knows). By their
    shape (``shapes``) names become "body" (``word`` is its sector, ``entries`` are those of the
    name inside), "region" (``word`` is its adjective) or "thing" (an agreement, a ship: nobody).
    """

    start: int
    end: int
    kind: str
    entries: tuple[int, ...] = ()
    word: str = ""
