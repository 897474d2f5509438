"""Who is meant: the parties of annotated events against what the actors stage resolves there.

The events stage plays no part. For each party of a gold event, the mention that covers the same
words of the same sentence is asked for its country (for its sector where gold has no country).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from detente.actors.user_table import SECTORS
from detente.benchmarks.coding import rejected_note
from detente.benchmarks.rows import Missing, Row
from detente.benchmarks.sources import Sources, content_hash
from detente.config import Settings
from detente.reading import read
from detente.types import Mention, Rejection

if TYPE_CHECKING:
    from detente.actors import World
    from detente.pipeline import Coder

_DOCUMENTS = ("bench/docs/docs.jsonl", "bench/docs/gold.jsonl")
_WORD = re.compile(r"[^\W_][\w'’.-]*")
# Capitalised at the start of a sentence, or always, and no name.
_PLAIN = frozenset(
    "i we he she it they me us him her them his its their our my you your who which the a an both "
    "two three four all some these those many several other no more than foreign prime deputy "
    "special assistant defence defense interior finance vice".split()
)

Verdict = Literal["right", "wrong", "missing"]


class _Party(msgspec.Struct):
    text: str
    country: str | None = None
    sector: str | None = None

    @property
    def key(self) -> str:
        return self.country or self.sector or "?"


class _Gold(msgspec.Struct):
    doc: str
    sent: int
    source: list[_Party]
    target: list[_Party]


class _Annotated(msgspec.Struct):
    id: str
    text: str
    sents: list[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """One mention of gold: its words and place, what is expected and found, the verdict.

    Right is what has every expected party and no other; wrong what has a country that is not
    expected; all else is missing. ``common`` is true for words that name nobody.
    """

    document: str
    sentence: int
    text: str
    expected: tuple[str, ...]
    found: tuple[str, ...]
    verdict: Verdict
    common: bool


def resolved_parties(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Score the annotated documents and those that we labelled ourselves."""
    reason = sources.absent(*_DOCUMENTS)
    if reason:
        yield Missing("actors", reason)
    else:
        documents, gold = (sources.file(name) for name in _DOCUMENTS)
        yield from _rows("documents", documents, gold, coder)
    for name, documents, gold in sources.labelled_sets():
        if gold.is_file():
            yield from _rows(name, documents, gold, coder)


def judge_parties(documents: Path, gold: Path, coder: Coder) -> tuple[list[Judged], str]:
    """Judge every mention of a party whose words are in its sentence.

    Returns:
        The judgements, and a note on documents that were rejected.
    """
    decoder = msgspec.json.Decoder(_Annotated)
    texts = {doc.id: doc for doc in map(decoder.decode, _lines(documents))}
    mentions: dict[str, tuple[Mention, ...]] = {}
    rejected: list[Rejection] = []
    for item in coder.mentions(read(documents, settings=Settings())):
        if isinstance(item, Rejection):
            rejected.append(item)
        else:
            mentions[item.document.id] = item.mentions
    wanted: dict[tuple[str, int, str], dict[str, None]] = {}
    reader = msgspec.json.Decoder(_Gold)
    for one in map(reader.decode, _lines(gold)):
        for party in (*one.source, *one.target):
            wanted.setdefault((one.doc, one.sent, party.text), {})[party.key] = None
    judged: list[Judged] = []
    for (name, number, text), keys in wanted.items():
        doc = texts[name]
        spans = _occurrences(doc, number, text)
        if spans:
            place = (name, number, text)
            common = is_common(text, coder.world, opens=spans[0][2])
            judged.append(_judge(mentions.get(name, ()), spans, place, frozenset(keys), common))
    return judged, rejected_note(rejected)


def mention_keys(
    mentions: Sequence[Mention], start: int, end: int, *, several: bool = False
) -> tuple[str, ...]:
    """What is resolved at a stretch of text: a country or sector for each party there.

    The mention that shares most with the stretch counts. With ``several``, where it covers only a
    part ("the United States" of "the United States and Kenya"), the others inside count too.
    """
    near = [m for m in mentions if m.start < end and start < m.end]
    if not near:
        return ()
    best = max(near, key=lambda m: (_overlap(m, start, end), m.end - m.start))
    chosen = [best]
    if several and start <= best.start and best.end <= end:
        inside = [m for m in near if start <= m.start and m.end <= end and m.kind != "pronoun"]
        chosen += [m for m in inside if m.end <= best.start or m.start >= best.end]
    return tuple(dict.fromkeys(a.country or a.sector for m in chosen for a in m.actors))


def is_common(text: str, world: World, *, opens: bool) -> bool:
    """Tell whether words name nobody: pronouns, nouns, and roles ("the Secretary").

    ``opens`` says that they open a sentence, where the first word is always capitalised.
    """
    words = _WORD.findall(text)
    for number, word in enumerate(words):
        plain = word.lower() in world.roles or word.lower() in _PLAIN
        first = opens and number == 0 and len(words) > 1 and not world.entries_of(word)
        if word[:1].isupper() and not (plain or first):
            return False
    return True


def _judge(
    mentions: Sequence[Mention],
    spans: Sequence[tuple[int, int, bool]],
    place: tuple[str, int, str],
    keys: frozenset[str],
    common: bool,
) -> Judged:
    """Judge one stretch of words, at whichever of its occurrences fits best."""
    several = len(keys) > 1
    answers = [mention_keys(mentions, start, end, several=several) for start, end, _ in spans]
    found = max(answers, key=lambda answer: (set(answer) == keys, len(keys.intersection(answer))))
    if keys < set(found) and all(_is_listed(mentions, start, end) for start, end, _ in spans):
        found = tuple(sorted(keys))
    verdict: Verdict = "right" if keys.issuperset(found) and len(found) == len(keys) else "missing"
    if any(_is_country(key) and key not in keys for key in found):
        verdict = "wrong"
    return Judged(*place, tuple(sorted(keys)), found, verdict, common)


def _is_listed(mentions: Sequence[Mention], start: int, end: int) -> bool:
    """ "France" of "the ministers of France and Kenya": one of several in a longer mention."""
    return any(
        m.start <= start and end <= m.end and m.end - m.start > end - start and len(m.actors) > 1
        for m in mentions
    )


def _is_country(key: str) -> bool:
    return len(key) == 3 and key not in SECTORS


def _overlap(mention: Mention, start: int, end: int) -> float:
    shared = min(mention.end, end) - max(mention.start, start)
    return shared / (max(mention.end, end) - min(mention.start, start))


def _occurrences(doc: _Annotated, number: int, text: str) -> list[tuple[int, int, bool]]:
    """Where words stand in a sentence, and whether they open it."""
    at = 0
    for sentence in doc.sents[:number]:
        found = doc.text.find(sentence, at)
        at = found + len(sentence) if found >= 0 else at
    sentence = doc.sents[number]
    start = doc.text.find(sentence, at)
    if start < 0:
        return []
    pattern = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
    spans = [match.span() for match in pattern.finditer(sentence)]
    return [(start + a, start + b, a < 2) for a, b in spans]


def _rows(name: str, documents: Path, gold: Path, coder: Coder) -> Iterator[Row]:
    judged, note = judge_parties(documents, gold, coder)
    data = content_hash((documents, gold))
    yield _row(name, judged, data, note)
    yield _row(f"{name}, no name", [one for one in judged if one.common], data, note)


def _row(name: str, judged: Sequence[Judged], data: str, note: str) -> Row:
    counts = {word: sum(one.verdict == word for one in judged) for word in _VERDICTS}
    total = len(judged)
    metrics = {str(word): count / total if total else 0.0 for word, count in counts.items()}
    shown = " ".join(f"{word} {value:.3f}" for word, value in metrics.items())
    return Row("actors", name, metrics, f"{shown} ({counts['right']} of {total}){note}", data)


_VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "missing")


def _lines(path: Path) -> Iterable[bytes]:
    return [line for line in path.read_bytes().splitlines() if line.strip()]
