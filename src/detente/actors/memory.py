"""What a document has introduced so far: names, acronyms, roles, and who was mentioned when."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.actors.folding import fold
from detente.types import Actor, Mention

_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "agent"])


# "the group", "this organisation" go back to the last body of these sectors.
_GROUP_SECTORS = frozenset(["REB", "IMG", "UAF", "PTY", "NGO", "OPP", "CRM"])
_GROUP_WORDS = ("group", "organization", "organisation", "movement", "militia")


@dataclass(slots=True)
class Seen:
    """A mention with what coreference asks about it."""

    mention: Mention
    subject: bool
    human: bool
    plural: bool
    body: bool
    root: int = -1

    @property
    def actor(self) -> Actor:
        """The first of its actors."""
        return self.mention.actors[0]


@dataclass(slots=True)
class Memory:
    """Everything introduced so far, in document order."""

    names: dict[str, Actor] = field(default_factory=dict)
    roles: dict[str, Actor] = field(default_factory=dict)
    groups: dict[str, tuple[Actor, ...]] = field(default_factory=dict)
    officers: list[tuple[str, Actor]] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    bodies: dict[str, Actor] = field(default_factory=dict)

    def body(self, name: str, actor: Actor) -> None:
        """Remember a body under the last word of its name ("the council") and as "the group"."""
        words = name.lower().split()
        if words:
            self.bodies[words[-1]] = actor
        if actor.sector in _GROUP_SECTORS:
            for word in _GROUP_WORDS:
                self.bodies[word] = actor

    def name(self, text: str, actor: Actor) -> None:
        """Remember a person or body under its full name and, for persons, its last name."""
        full = key(text)
        known = self.names.get(full)
        if known is None or (known.country is None and actor.country is not None):
            self.names[full] = actor
            if actor.person is not None:
                for short in last_names(full):
                    old = self.names.get(short)
                    if old is None or old.country is None or old.person == actor.person:
                        self.names[short] = actor
                for word in full.split()[1:-1]:  # "Chairperson Faki" of Moussa Faki Mahamat
                    self.names.setdefault(word, actor)

    def find_name(self, text: str) -> Actor | None:
        """Find who was introduced under a name, or under a name that ends so."""
        full = key(text)
        found = self.names.get(full)
        if found is not None:
            return found
        words = full.split()
        if len(words) > 2:  # "Antony J. Blinken" after "Antony Blinken"
            return self.names.get(f"{words[0]} {words[-1]}")
        return None

    def officer(self, role: str) -> Actor | None:
        """Find the last person introduced with a role of these words ("the Secretary")."""
        for title, actor in reversed(self.officers):
            if role == title or title.startswith(role + " ") or title.endswith(" " + role):
                return actor
        return None

    def officers_called(self, role: str) -> tuple[Actor, ...]:
        """Find everybody introduced with a role, in order ("the foreign ministers")."""
        found: dict[str, Actor] = {}
        for title, actor in self.officers:
            if role == title or title.endswith(" " + role) or title.startswith(role + " "):
                found.setdefault(actor.person or actor.name, actor)
        return tuple(found.values())


def key(text: str) -> str:
    """Spelling under which a name is remembered."""
    words = fold(text).replace(".", " ").split()
    return " ".join(w for w in words if len(w) > 1 and w.lower() not in ("jr", "sr", "ii", "iii"))


_LINKS = frozenset("al el bin ibn van von de der dela della di da du la le bint abu".split())


def last_names(full: str) -> list[str]:
    """Forms used on second reference: "Sadr", "al Sadr"; "Vega", "dela Vega"."""
    words = full.split()
    if len(words) < 2:
        return []
    out = [words[-1]]
    i = len(words) - 2
    while i > 0 and words[i].lower() in _LINKS:
        out.append(" ".join(words[i:]))
        i -= 1
    return out


def is_subject(dep: str) -> bool:
    """Tell whether a dependency makes its token a subject."""
    return dep in _SUBJECTS
