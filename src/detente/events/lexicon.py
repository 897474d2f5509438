"""The event lexicon as data: predicates with frames, light verbs, embedding words, classes.

Format: docs/lexicon.md. Rows are checked at load; every problem is reported with file and line.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from detente.errors import LexiconError

PREDICATE_COLUMNS = ("lemma", "frame", "actor", "recipient", "third", "type", "mode", "note")
_NEEDED = 7  # all but the note
EFFECTS = frozenset(
    "report denied negated future hypothetical requested asserted absorb topic".split()
)
_FLAGS = frozenset({"obj", "noobj", "iobj", "xcomp", "ccomp", "pass", "act", "neg"})
_WORDED = frozenset({"obj", "iobj", "xcomp", "ccomp", "subj", "of", "attr", "under"})
_HEAD = re.compile(
    r"(prt=|prep:|(obj|iobj|xcomp|ccomp|subj|of|attr|under|actor|recipient):"
    r"|(obj|noobj|iobj|xcomp|ccomp|pass|act|neg)$)"
)
_CLASS = re.compile(r"#([^/\s]+)")
_PREFIX_KIND = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective"}


@dataclass(frozen=True, slots=True)
class Words:
    """A set of head words: single lemmas, two-word compounds, and event types (``@AID``)."""

    lemmas: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    types: frozenset[str]


@dataclass(frozen=True, eq=False)
class Classes:
    """The named word lists of ``classes.tsv``: name -> slash-separated words."""

    words: Mapping[str, str]

    def unknown(self, text: str) -> list[str]:
        """The ``#class`` references in a cell that lead nowhere."""
        return [name for name in _CLASS.findall(text) if name not in self.words]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a frame, e.g. kind "prep", name "on", words of the object."""

    kind: str
    name: str | None = None
    words: Words | None = None


# Alternatives in order; each is a union of paths; a path is ("obj",) or ("obj", "on").
RoleSpec = tuple[tuple[tuple[str, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """One row: under these conditions this word is an event of this type with these roles.

    ``entry`` is "file:line", the name that evidence carries.
    """

    lemma: str
    kind: str
    conditions: tuple[Condition, ...]
    actor: RoleSpec
    recipient: RoleSpec
    third: RoleSpec
    type: str
    mode: str | None
    entry: str


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that carries an event noun; ``via`` is "obj" or a preposition."""

    verb: str
    via: str
    particle: str | None
    actor: RoleSpec
    recipient: RoleSpec


@dataclass(frozen=True)
class Lexicon:
    """All tables, indexed.

    Attributes:
        frames: (kind, lemma) -> rows, most conditions first.
        compounds: head noun -> first words of two-word entries ("talks" -> {"peace"}).
        types: (kind, lemma) -> the event types it can have.
        light: verb -> light-verb rows.
        embedding: (word, pos, via) -> effect.
        weapons: lemmas of the class "weapons".
        version: content hash of every table, 8 hex digits.
    """

    frames: Mapping[tuple[str, str], tuple[Frame, ...]]
    compounds: Mapping[str, frozenset[str]]
    types: Mapping[tuple[str, str], frozenset[str]]
    light: Mapping[str, tuple[LightVerb, ...]]
    embedding: Mapping[tuple[str, str, str], str]
    weapons: frozenset[str]
    version: str

    def predicates(self) -> int:
        """Count the distinct (lemma, kind) entries that can be an event."""
        return sum(any(f.type != "NONE" for f in rows) for rows in self.frames.values())


def load_lexicon(extra: Path | None = None) -> Lexicon:
    """Load our tables, and a user's beside them.

    Args: extra: a TSV with the columns of a predicate table plus a first column ``kind`` (verb,
        noun or adjective). Its rows come before ours of the same number of conditions.
    Raises: LexiconError: a row cannot be used (D220, all problems listed) or the file cannot be
        read (D221).
    """
    return _default() if extra is None else _build(extra)


@functools.cache
def _default() -> Lexicon:
    return _build(None)


def _build(extra: Path | None) -> Lexicon:
    problems: list[str] = []
    digest = hashlib.sha256()
    tables: dict[str, list[tuple[int, list[str]]]] = {}
    folder = resources.files("detente").joinpath("data/lexicon")
    for resource in sorted(folder.iterdir(), key=lambda r: r.name):
        if resource.name.endswith(".tsv"):
            content = resource.read_text(encoding="utf-8")
            digest.update(content.encode())
            tables[resource.name] = list(_rows(content))
    classes = _classes(tables.pop("classes.tsv"), problems)
    frames: list[Frame] = []
    if extra is not None:
        content = _user_file(extra)
        digest.update(content.encode())
        for line, row in _rows(content):
            frames += _frame(row[1:], row[0], f"{extra.name}:{line}", classes, problems)
    light = _light(tables.pop("light.tsv"))
    embedding = _embedding(tables.pop("embedding.tsv"), problems)
    for name, rows in tables.items():
        kind = _PREFIX_KIND.get(name.split("-")[0].removesuffix(".tsv"), "")
        for line, row in rows:
            frames += _frame(row, kind, f"{name}:{line}", classes, problems)
    problems += _unknown_types(frames)
    if problems:
        raise LexiconError(
            "D220", "the lexicon has rows that cannot be used:\n  " + "\n  ".join(problems),
            "Correct them; docs/lexicon.md has the format.",
        )  # fmt: skip
    weapons = parse_words("#weapons", classes).lemmas
    return _index(frames, light, embedding, weapons, digest.hexdigest()[:8])


def _user_file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(
            "D221", f"cannot read the lexicon {path}: {error}", "Check the path; it must be UTF-8."
        ) from error


def _rows(content: str) -> Iterator[tuple[int, list[str]]]:
    """Rows after the header, with their 1-based line numbers."""
    header_seen = False
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if header_seen:
            yield number, line.split("\t")
        header_seen = True


def _classes(rows: Iterable[tuple[int, list[str]]], problems: list[str]) -> Classes:
    table: dict[str, str] = {}
    lines: dict[str, int] = {}
    for line, row in rows:
        if len(row) != 2 or row[0] in table:
            problems.append(f"classes.tsv:{line}: needs a class, named once, and its words")
            continue
        table[row[0]], lines[row[0]] = row[1], line
    classes = Classes(table)
    for name, words in table.items():
        for missing in classes.unknown(words):
            problems.append(f"classes.tsv:{lines[name]}: unknown class #{missing}")
    return classes


def _unknown_types(frames: Iterable[Frame]) -> list[str]:
    """Conditions that ask for a type which no row has."""
    frames = list(frames)
    known = {frame.type for frame in frames}
    wanted = {
        f"{frame.entry}: no row has the type @{name}"
        for frame in frames
        for condition in frame.conditions
        if condition.words is not None
        for name in condition.words.types - known
    }
    return sorted(wanted)


def _frame(
    row: list[str], kind: str, entry: str, classes: Classes, problems: list[str]
) -> list[Frame]:
    row = [cell.strip() for cell in row]
    if len(row) < _NEEDED:
        problems.append(f"{entry}: needs the columns {', '.join(PREDICATE_COLUMNS[:_NEEDED])}")
        return []
    lemma, frame, actor, recipient, third, type_, mode = row[:_NEEDED]
    if kind not in _PREFIX_KIND.values() or not lemma or not type_.isupper():
        problems.append(
            f"{entry}: needs a kind (verb, noun, adjective), a lemma and a type in capitals"
        )
        return []
    for name in classes.unknown(frame):
        problems.append(f"{entry}: unknown class #{name}")
    conditions: list[Condition] = []
    for text in split_conditions(frame):
        condition = parse_condition(text, classes)
        if condition is None:
            problems.append(f"{entry}: unknown condition {text!r}")
            return []
        conditions.append(condition)
    return [
        Frame(
            lemma=one,
            kind=kind,
            conditions=tuple(conditions),
            actor=_surface(kind, parse_roles(actor)),
            recipient=_surface(kind, parse_roles(recipient)),
            third=_surface(kind, parse_roles(third)),
            type=type_,
            mode=None if mode in ("-", "") else mode,
            entry=entry,
        )
        for one in lemma.split("/")
    ]


def split_conditions(frame: str) -> list[str]:
    """Part a frame cell into conditions; a word that opens none goes on with the one before.

    Compounds hold spaces ("obj:talks/peace talks prep:with" is two conditions).
    """
    out: list[str] = []
    for word in frame.split() if frame not in ("-", "") else []:
        if _HEAD.match(word) or not out:
            out.append(word)
        else:
            out[-1] += f" {word}"
    return out


@functools.lru_cache(maxsize=8192)
def parse_condition(text: str, classes: Classes) -> Condition | None:
    """Read one condition, e.g. "obj:ties/relations" or "prep:on:#weapons"; None if unknown."""
    if text.startswith("prt="):
        return Condition("prt", text[4:])
    head, _, rest = text.partition(":")
    if head == "prep" and rest:
        name, _, words = rest.partition(":")
        return Condition("prep", name, parse_words(words, classes) if words else None)
    if head in ("actor", "recipient"):
        return Condition(head) if rest == "any" else None
    if head in _WORDED and rest:
        return Condition(head, None, parse_words(rest, classes))
    return Condition(head) if head in _FLAGS and not rest else None


@functools.lru_cache(maxsize=8192)
def parse_words(text: str, classes: Classes) -> Words:
    """Read a slash-separated word list; ``#class`` is replaced by its words."""
    lemmas: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    types: set[str] = set()
    todo = text.split("/")
    opened: set[str] = set()
    for word in todo:
        if word.startswith("#") and word not in opened:
            opened.add(word)
            todo += classes.words.get(word[1:], "").split("/")
        elif word.startswith("#"):
            continue
        elif word.startswith("@"):
            types.add(word[1:])
        elif " " in word or "_" in word:
            first, last = word.replace("_", " ").rsplit(" ", 1)
            pairs.add((first, last))
        elif word:
            lemmas.add(word)
    return Words(frozenset(lemmas), frozenset(pairs), frozenset(types))


@functools.lru_cache(maxsize=8192)
def _surface(kind: str, spec: RoleSpec) -> RoleSpec:
    """Adjectives are never turned round: their subject is the one on the surface."""
    if kind != "adjective":
        return spec
    return tuple(
        tuple(("surface", *path[1:]) if path[0] == "subj" else path for path in alternative)
        for alternative in spec
    )


def parse_roles(text: str) -> RoleSpec:
    """Read a role cell: "|" between alternatives, "+" between parties to unite."""
    if text in ("-", ""):
        return ()
    return tuple(
        tuple(tuple(path.split(".")) for path in alternative.split("+"))
        for alternative in text.split("|")
        if alternative
    )


def _light(rows: Iterable[tuple[int, list[str]]]) -> dict[str, tuple[LightVerb, ...]]:
    out: dict[str, list[LightVerb]] = {}
    for _, (verb, via, actor, recipient) in rows:
        words = via.split()
        particle = next((w[4:] for w in words if w.startswith("prt=")), None)
        place = next((w for w in words if not w.startswith("prt=")), "obj")
        out.setdefault(verb, []).append(
            LightVerb(verb, place, particle, parse_roles(actor), parse_roles(recipient))
        )
    return {verb: tuple(found) for verb, found in out.items()}


def _embedding(
    rows: Iterable[tuple[int, list[str]]], problems: list[str]
) -> dict[tuple[str, str, str], str]:
    out: dict[tuple[str, str, str], str] = {}
    for line, row in rows:
        if len(row) != 4 or row[3] not in EFFECTS:
            problems.append(f"embedding.tsv:{line}: needs word, pos, via and a known effect")
            continue
        out[row[0], row[1], row[2]] = row[3]
    return out


def _rank(frame: Frame) -> float:
    """Most particular first; "somebody is there" says less than any other condition."""
    return -sum(0.5 if c.kind in ("actor", "recipient") else 1.0 for c in frame.conditions)


def _index(
    frames: list[Frame],
    light: Mapping[str, tuple[LightVerb, ...]],
    embedding: Mapping[tuple[str, str, str], str],
    weapons: frozenset[str],
    version: str,
) -> Lexicon:
    by_word: dict[tuple[str, str], list[Frame]] = {}
    compounds: dict[str, set[str]] = {}
    for frame in frames:
        by_word.setdefault((frame.kind, frame.lemma), []).append(frame)
        if frame.kind == "noun" and " " in frame.lemma:
            first, head = frame.lemma.rsplit(" ", 1)
            compounds.setdefault(head, set()).add(first)
    return Lexicon(
        frames={key: tuple(sorted(rows, key=_rank)) for key, rows in by_word.items()},
        compounds={head: frozenset(firsts) for head, firsts in compounds.items()},
        types={
            key: frozenset(f.type for f in rows if f.type != "NONE")
            for key, rows in by_word.items()
        },
        light=light,
        embedding=embedding,
        weapons=weapons,
        version=version,
    )
