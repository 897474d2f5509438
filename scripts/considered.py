"""Whether the coder with the model thinks of a labelled event at all, before anything is judged.

It asks about pairs of mentions in a sentence; what is no pair cannot be found by any model. Looked
at is each sentence with the parties labelled in it, once however many events they have there.

  mention   a party is there if a mention of the sentence shares a word with its words or is
            compared as it is (country, else sector)
  pair      each source with each target is among the candidates; of several who act together and
            have no target, each with another; one alone, alone; where nobody is labelled as doer,
            the lexicon has an event of the target's that has no actor
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from detente.benchmarks.pairing import Span, Text
from detente.events import LexiconCoder
from detente.events.blending import _pairs
from detente.events.quotations import Attributor, find_quotations
from detente.events.scene import scenes_of
from detente.labelling.records import LabelledEvent, sentence_starts
from detente.types import POOLED, Coded, Mention

Result = Literal["considered", "no pair", "no mention", "elsewhere"]
RESULTS: tuple[Result, ...] = ("considered", "no pair", "no mention", "elsewhere")
# Where the words of one who may act stand, and of the one acted upon; None: nobody.
Pair = tuple[Span | None, Span | None]
Fits = Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Case:
    """Sources and targets of a sentence, by their words, and what became of them."""

    doc: str
    sent: int
    sources: frozenset[str]
    targets: frozenset[str]
    together: bool
    result: Result = "considered"


def candidates(coder: LexiconCoder, coded: Coded) -> set[Pair]:
    """Every pair of a document that the model would be asked about, and the lexicon's victims."""
    found: set[Pair] = set()
    scenes = scenes_of(coded.sentences, coded.mentions)
    for scene, drafts in coder._drafted(scenes, Attributor(find_quotations(scenes))):
        found |= {(_place(source), _place(target)) for source, target in _pairs(scene, drafts)}
        found |= {
            (None, _place(one)) for draft in drafts if not draft.actors for one in draft.recipients
        }
    return found


def cases(text: Text, mentions: Iterable[Mention], pairs: set[Pair]) -> Iterator[Case]:
    """Judge every sentence and set of parties of a text, once each.

    "elsewhere" is what has no mention of a party in the sentence because the party's words stand in
    another one.
    """
    starts = sentence_starts(text.doc)
    known = list(mentions)
    seen: set[Case] = set()
    for gold in text.gold:
        case = _case(gold.label)
        if case in seen:
            continue
        seen.add(case)
        sentence, start = text.doc.sents[case.sent], starts[case.sent]
        here = [m for m in known if start <= m.start < start + len(sentence)]
        result = _result(case, _fits(gold.label, here, sentence, start), sentence, pairs)
        yield Case(case.doc, case.sent, case.sources, case.targets, case.together, result)


def _case(label: LabelledEvent) -> Case:
    sources, targets = (frozenset(p.text for p in side) for side in (label.source, label.target))
    together = label.event in POOLED and len(sources) > 1 and not targets
    return Case(label.doc, label.sent, sources, targets, together)


def _fits(label: LabelledEvent, here: Sequence[Mention], sentence: str, start: int) -> Fits:
    """The mentions of each party, by its words."""
    fits: dict[str, list[Span]] = {}
    for party in (*label.source, *label.target):
        places = list(_occurrences(sentence, party.text, start))
        fits.setdefault(party.text, []).extend(
            (m.start, m.end)
            for m in here
            if any((actor.country or actor.sector) == party.key for actor in m.actors)
            or any(m.start < end and begin < m.end for begin, end in places)
        )
    return fits


def _occurrences(sentence: str, words: str, start: int) -> Iterator[Span]:
    at = sentence.find(words)
    while at >= 0:
        yield start + at, start + at + len(words)
        at = sentence.find(words, at + 1)


def _result(case: Case, fits: Fits, sentence: str, pairs: set[Pair]) -> Result:
    absent = [words for words, found in fits.items() if not found]
    if absent:
        return "no mention" if any(words in sentence for words in absent) else "elsewhere"
    if case.together:
        asked = all(
            any(
                _asked(one, other, fits, pairs) or _asked(other, one, fits, pairs)
                for other in case.sources - {one}
            )
            for one in case.sources
        )
    else:
        asked = all(
            _asked(source, target, fits, pairs)
            for source in case.sources or (None,)
            for target in case.targets or (None,)
        )
    return "considered" if asked else "no pair"


def _asked(source: str | None, target: str | None, fits: Fits, pairs: set[Pair]) -> bool:
    return any(
        (one, other) in pairs
        for one in (fits[source] if source is not None else (None,))
        for other in (fits[target] if target is not None else (None,))
    )


def _place(mention: Mention | None) -> Span | None:
    return None if mention is None else (mention.start, mention.end)
