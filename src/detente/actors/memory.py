"""What a document has introduced so far: names, acronyms, roles, and who was mentioned when."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.actors.folding import fold
from detente.types import Actor, Mention, Token

_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "agent"])


# Words of a body's name by which a text goes back to it ("the tribunal").
_BODY_WORDS = frozenset(
    "agency alliance army assembly association authority bank bloc board brotherhood bureau "
    "cabinet cartel chamber church coalition command commission committee company confederation "
    "conference congress corporation council court department directorate federation force "
    "foundation front "
    "fund guard house institute junta knesset league legislature militia ministry mission movement "
    "network office organisation organization parliament party police senate service society "
    "tribunal union university".split()
)


# Role words that are bodies too, though a text seldom goes back to them by that word alone.
_MORE_BODIES = frozenset(
    "administration airline corps embassy consulate company group institution "
    "judiciary legislature media military navy newspaper outlet presidency press regime station "
    "tribunal unit bank broadcaster militia gang".split()
)


@dataclass(frozen=True, slots=True)
class Introduced:
    """A group as the text introduced it: the noun, in the singular, and who it is."""

    word: str
    actors: tuple[Actor, ...]
    sentence: int


@dataclass(slots=True)
class Seen:
    """A mention with what coreference asks about it."""

    mention: Mention
    subject: bool
    human: bool
    plural: bool
    body: bool
    root: int = -1
    # The first of the words that "and" joins it to, in its sentence.
    chain: int = -1
    # Whom the subject met ("with Lavrov"); whom something was done to ("arrested the editor").
    company: bool = False
    patient: bool = False
    # A role noun that is itself the body: "the Yemeni rebel group Ansar Allah".
    named_body: bool = False

    @property
    def actor(self) -> Actor:
        """The first of its actors."""
        return self.mention.actors[0]


@dataclass(slots=True)
class Memory:
    """Everything introduced so far, in document order."""

    names: dict[str, Actor] = field(default_factory=dict)
    roles: dict[str, Actor] = field(default_factory=dict)
    introduced: list[Introduced] = field(default_factory=list)
    firsts: dict[str, Actor] = field(default_factory=dict)
    officers: list[tuple[str, Actor]] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    bodies: dict[str, Actor] = field(default_factory=dict)

    def body(self, name: str, actor: Actor) -> None:
        """Remember a body under the word of its name that says what it is ("the council")."""
        words = name.lower().split()
        if words:
            self.bodies[words[-1]] = actor
            self.bodies[body_word(name)] = actor

    def group(self, word: str, actors: tuple[Actor, ...], sentence: int) -> None:
        """Remember a group under its noun in the singular."""
        self.introduced.append(Introduced(word, actors, sentence))

    def name(self, text: str, actor: Actor) -> None:
        """Remember a person or body under its full name and, for persons, its last name."""
        full = key(text)
        known = self.names.get(full)
        if known is None or (known.country is None and actor.country is not None):
            self.names[full] = actor
            if actor.person is not None:
                for short in last_names(full):
                    old = self.names.get(short)
                    guess = old is not None and old.sector == "UNK" and old.rule in _GUESSES
                    same = old is None or old.country is None or old.person == actor.person
                    if same or guess:
                        self.names[short] = actor
                for word in full.split()[1:-1]:  # "Chairperson Faki" of Moussa Faki Mahamat
                    self.names.setdefault(word, actor)
                # "Mr. Ban" is Ban Ki-moon
                self.firsts.setdefault(full.partition(" ")[0], actor)

    def find_name(self, text: str) -> Actor | None:
        """Find who was introduced under a name, or under a name that ends so."""
        full = key(text)
        found = self.names.get(full)
        if found is not None:
            return found
        words = full.split()
        if len(words) > 2:  # "Antony J. Blinken" after "Antony Blinken"
            return self.names.get(f"{words[0]} {words[-1]}")
        return self.firsts.get(full)

    def officer(self, role: str) -> Actor | None:
        """Find the last person introduced with a role of these words ("the Secretary")."""
        for title, actor in reversed(self.officers):
            if role == title or title.startswith(role + " ") or title.endswith(" " + role):
                return actor
        return None

    def officers_called(self, role: str) -> tuple[Actor, ...]:
        """Find everybody introduced with a role, in order ("the foreign ministers")."""
        found: dict[tuple[str, str | None], Actor] = {}
        for title, actor in self.officers:
            if role == title or title.endswith(" " + role) or title.startswith(role + " "):
                found.setdefault((actor.person or actor.name, actor.country), actor)
        return tuple(found.values())


def key(text: str) -> str:
    """Spelling under which a name is remembered."""
    words = fold(text).replace(".", " ").split()
    return " ".join(w for w in words if len(w) > 1 and w.lower() not in ("jr", "sr", "ii", "iii"))


def body_word(name: str) -> str:
    """The word of a body's name that says what it is: "tribunal" of the one for Rwanda."""
    words = name.lower().split()
    return next((word for word in words if word in _BODY_WORDS), words[-1] if words else "")


def is_body_noun(word: str) -> bool:
    """Tell whether a role word is a body rather than somebody ("foreign ministry")."""
    last = word.rsplit(" ", 1)[-1]
    return last in _BODY_WORDS or last in _MORE_BODIES


def single(token: Token) -> str:
    """A noun in the singular, in small letters: the lemma, and "man" of "policemen"."""
    word = token.lemma.lower()
    low = token.text.lower()
    if low.endswith("men"):
        return low[:-3] + "man"
    if word == low and token.tag in ("NNS", "NNPS") and word.endswith("s"):
        return word[:-1]
    return word


# Rules that give a country to a person whom nothing describes.
_GUESSES = frozenset(["main country", "place in sentence"])
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
