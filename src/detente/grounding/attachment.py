"""Which event a phrase of time or place belongs to, read off the dependency tree.

A phrase belongs to the first verb above it, and to a noun only when it hangs on that noun. It
never crosses into another clause, except where two verbs tell of one occasion: "began shelling",
"attacked, killing five", "met and signed", "met to discuss", "said it would not attend".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.language.predicates import children
from detente.types import VERBAL, Event, Sentence, Token

_NOUNS = frozenset(["NOUN", "PROPN"])
_VERBS = frozenset(["VERB", "AUX"])
_MODIFIERS = frozenset(["poss", "compound", "nummod", "amod", "nmod"])
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
# "Began shelling on Monday", "was forced to withdraw on Monday": one time for both verbs.
_ASPECT = frozenset(
    "begin start continue resume keep stop cease end finish force manage help go come".split()
)
# "The attack came on Monday", "killed ten": the time of the verb is that of its noun.
_HAPPENING = frozenset(
    "take occur happen come begin start resume kill wound injure leave destroy damage hit strike "
    "last continue schedule plan set slate due expect hold launch conduct carry stage stag mount "
    "make pay wage perform commit open follow end conclude be".split()
)
# "Met on Monday to discuss": what they met for was done there and then.
_MEETING = frozenset("meet gather convene speak talk phone call telephone".split())
# "Violence broke out on Saturday when thousands rallied."
_MEANWHILE = frozenset(["when", "as", "while"])
# Speaking: what the speaker himself vows, refuses or demands is done by saying so.
_SPEAKING = frozenset(
    "say tell add announce declare state warn insist note stress reiterate write tweet reply "
    "confirm affirm emphasize emphasise assert".split()
)
# These bring their object about: its time and place are theirs.
_MAKING = frozenset("sign ratify conclude reach strike seal make hold open break".split())
# Nouns that name a happening; a date right behind one is likelier its own than the verb's.
_HAPPENING_NOUNS = frozenset(
    "attack war strike raid airstrike bombing killing shooting coup summit meeting talk visit trip "
    "protest rally march clash battle ambush blast assault crackdown massacre genocide siege riot "
    "election vote referendum crisis deal treaty accord pact ceasefire truce conflict incident "
    "trial arrest murder death offensive operation campaign speech call landing launch test "
    "sanction uprising revolution revolt outbreak withdrawal refusal approval removal arrival "
    "denial seizure closure capture departure violence interference breach".split()
)
# Nouns that name a stretch of time: "in the 2015-16 season".
STRETCHES = frozenset("season period term session".split())
_HAPPENING_ENDINGS = ("tion", "sion", "ment", "ing")
# The same endings on bodies and things.
_BODIES_AND_THINGS = frozenset(
    "government parliament department equipment armament regiment nation organization organisation "
    "delegation coalition federation administration association corporation institution mission "
    "position population region division building segment element".split()
)


@dataclass(frozen=True, slots=True)
class EventWords:
    """The tokens of an event's predicate: all of them, the event word, the highest one."""

    all: frozenset[int]
    head: int
    top: int


@dataclass(frozen=True, slots=True)
class Path:
    """The way up from a phrase: nominal governors, nearest first, then the first verb above.

    ``is_modifier``: the phrase stands before its noun ("Monday's attack") and dates only that.
    """

    top: int
    nouns: tuple[int, ...]
    verb: int | None
    is_modifier: bool


def event_words(event: Event, sent: Sentence) -> EventWords | None:
    """Find the tokens of an event's predicate; None when the sentence has no parse."""
    span = event.predicate
    inside = [t for t in sent.tokens if t.start < span.end and span.start < t.end]
    if not inside:
        return None
    indices = frozenset(t.index for t in inside)
    tops = [t for t in inside if t.head not in indices or t.head == t.index]
    top = next((t for t in tops if t.pos in _VERBS), tops[0] if tops else inside[0])
    named = [t for t in inside if t.lemma.lower() == event.lemma.lower()]
    return EventWords(indices, (named or [top])[0].index, top.index)


def path_from(sent: Sentence, start: int, end: int) -> Path | None:
    """Follow a phrase (document offsets) up to its clause; None when no token is there."""
    inside = [t.index for t in sent.tokens if t.start < end and start < t.end]
    if not inside:
        return None
    # a preposition is where the phrase hangs, even when the parser tears off its date
    top = inside[0] if sent.tokens[inside[0]].pos in ("ADP", "SCONJ") else inside[-1]
    while sent.tokens[top].head in inside and sent.tokens[top].head != top:
        top = sent.tokens[top].head
    aimed = _aimed_at(sent, top)
    if aimed is not None and aimed not in inside:
        return Path(top, (aimed,), None, False)
    nouns, at = [], top
    while sent.tokens[at].head != at:
        at = sent.tokens[at].head
        token = sent.tokens[at]
        if token.pos in _VERBS and token.dep not in ("aux", "auxpass"):
            if _is_of_count(sent, at):
                continue
            break
        if token.pos in _NOUNS or token.pos in ("ADJ", "NUM", "PRON"):
            nouns.append(at)
    verb = at if sent.tokens[at].pos in _VERBS and at != top else None
    fronted = sent.tokens[top].dep in _MODIFIERS and bool(nouns) and nouns[0] > top
    return Path(top, tuple(nouns), verb, fronted)


def _is_of_count(sent: Sentence, index: int) -> bool:
    """ "For a third day running on Tuesday": the verb is part of the count."""
    token = sent.tokens[index]
    return (
        token.text.lower() == "running"
        and index > 0
        and sent.tokens[index - 1].lemma.lower() in ("day", "night", "week", "month", "year")
    )


def _aimed_at(sent: Sentence, top: int) -> int | None:
    """ "Ahead of the summit on Friday": the day behind is the summit's, whatever the parse."""
    noun = sent.tokens[top - 1] if top > 0 else None
    if noun is None or noun.dep != "pobj" or not names_happening(noun):
        return None
    link = sent.tokens[noun.head]
    ahead = link.text.lower() == "of" and sent.tokens[link.head].text.lower() == "ahead"
    return noun.index if ahead or link.text.lower() == "before" else None


def names_happening(token: Token) -> bool:
    """Tell whether a noun can have a date of its own ("annexation", "talks")."""
    if token.pos not in _NOUNS:
        return False
    lemma = token.lemma.lower()
    if lemma in _HAPPENING_NOUNS:
        return True
    return lemma.endswith(_HAPPENING_ENDINGS) and lemma not in _BODIES_AND_THINGS


def is_core(event: Event, sent: Sentence, words: EventWords, index: int) -> bool:
    """Tell whether a predicate token stands for the event ("raids" of "criticised raids" not)."""
    if index in (words.head, words.top) or event.type not in VERBAL:
        return index in words.all
    return index in words.all and sent.tokens[words.top].lemma in _MAKING


def is_of_object(event: Event, sent: Sentence, path: Path) -> bool:
    """ "Condemned the bombing in Quetta": words about a deed; time and place are the deed's.

    The parser hangs such a phrase on the verb as often as on the noun.
    """
    if event.type not in VERBAL or path.nouns or path.verb is None:
        return False
    if sent.tokens[path.verb].lemma in _MAKING:
        return False
    objects = [
        p for link in children(sent, path.verb, "prep") for p in children(sent, link, "pobj")
    ]
    if event.type != "AGREE":  # "forged a treaty in 1995" but "agreed to a pullout in May"
        objects += children(sent, path.verb, "dobj", "obj")
    return any(path.verb < o < path.top and names_happening(sent.tokens[o]) for o in objects)


def is_setting(sent: Sentence, noun: int) -> bool:
    """ "At a summit in Helsinki", "in Monday's call": time and place of the one are the other's."""
    token = sent.tokens[noun]
    preposition = sent.tokens[token.head].text.lower()
    return token.dep == "pobj" and preposition in ("at", "during", "in")


def clause_verb(sent: Sentence, index: int) -> int | None:
    """The verb that an event word is, or hangs on; None in a sentence without verb."""
    at = index
    while sent.tokens[at].pos not in _VERBS or sent.tokens[at].dep in ("aux", "auxpass"):
        if sent.tokens[at].head == at:
            return None
        at = sent.tokens[at].head
    return at


def same_occasion(event: Event, words: EventWords, sent: Sentence) -> Iterator[int]:
    """Verbs outside the predicate that tell of the same occasion, nearest first.

    Their phrases of time date the event as well when it has none of its own.
    """
    seen = set(words.all)
    for noun in children(sent, words.top, "dobj", "obj", "nsubjpass"):
        # "Shot down a balloon that was flying over Samoa on Monday": seen and done at once.
        for clause in children(sent, noun, "relcl"):
            helpers = {sent.tokens[c].text.lower() for c in children(sent, clause, "aux")}
            if sent.tokens[clause].tag == "VBG" and helpers & {"was", "were"}:
                yield clause
    at: int | None = words.top
    for _ in range(3):
        at = _next_verb(event, sent, at) if at is not None else None
        if at is None or at in seen:
            return
        seen.add(at)
        yield at


def _next_verb(event: Event, sent: Sentence, index: int) -> int | None:
    """The verb above that tells of the same occasion, if the link between the two says so."""
    token = sent.tokens[index]
    governor = sent.tokens[token.head]
    if governor.index == index:
        return None
    if token.pos == "ADJ" and token.dep in ("acomp", "oprd") and governor.pos in _VERBS:
        return governor.index  # "said on Monday it was concerned"
    if token.pos not in _VERBS:
        return _verb_of_noun(sent, token, governor)
    if governor.pos not in _VERBS:
        dying = sent.tokens[governor.head]
        fatal = token.dep == "pcomp" and governor.lemma.lower() == "after"
        # "Died on Tuesday after being shot": whoever is shot on another day is said to be.
        return dying.index if fatal and dying.lemma in ("die", "succumb") else None
    own_subject = bool(children(sent, index, *_SUBJECTS))
    helpers = children(sent, index, "aux", "auxpass")
    marked = bool(children(sent, index, "mark"))
    if token.dep == "conj":
        joined = not own_subject and not helpers and token.tag == governor.tag
        return governor.index if joined else None
    if token.dep == "advcl" and token.tag == "VBG" and not (own_subject or helpers or marked):
        return governor.index
    if token.dep in ("xcomp", "advcl", "ccomp") and not own_subject:
        one = governor.lemma in _ASPECT or (governor.lemma in _MEETING and not marked)
        if one and not any(sent.tokens[h].tag == "MD" for h in helpers):
            return governor.index
    if token.dep == "advcl" and {c.lower() for c in _marks(sent, index)} & _MEANWHILE:
        return governor.index
    if token.dep == "ccomp" and _spoken(event, sent, token, governor):
        return governor.index
    return None


def _marks(sent: Sentence, index: int) -> list[str]:
    return [sent.tokens[c].text for c in children(sent, index, "mark", "advmod") if c < index]


def _verb_of_noun(sent: Sentence, noun: Token, governor: Token) -> int | None:
    if governor.pos not in _VERBS or governor.lemma not in _HAPPENING:
        return None
    if noun.dep in ("nsubj", "nsubjpass"):
        return governor.index
    carries = governor.lemma in (
        "hold",
        "launch",
        "conduct",
        "carry",
        "stage",
        "mount",
        "make",
        "pay",
    )
    return governor.index if noun.dep in ("dobj", "obj") and carries else None


def _spoken(event: Event, sent: Sentence, token: Token, governor: Token) -> bool:
    """ "Said on Monday that it would not attend": the refusal is the saying."""
    if governor.lemma not in _SPEAKING or event.type not in VERBAL:
        return False
    helpers = [sent.tokens[c] for c in children(sent, token.index, "aux", "auxpass")]
    tags = {h.tag for h in helpers} | {token.tag}
    if "VBD" in tags and not any(h.tag == "MD" for h in helpers):
        return False
    speakers = [sent.tokens[c] for c in children(sent, governor.index, "nsubj")]
    subjects = [sent.tokens[c] for c in children(sent, token.index, "nsubj")]
    parties = [party.span for party in event.actors]
    if any(p.start <= s.start < p.end for p in parties for s in speakers):
        return True
    alike = any(s.text.lower() in ("he", "she", "it", "they", "we", "i") for s in subjects)
    return alike and not event.attribution
