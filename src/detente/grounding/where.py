"""Where an event happened: the places its own clause names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from detente.actors.facts import World
from detente.grounding.attachment import (
    EventWords,
    Path,
    event_words,
    is_core,
    is_of_object,
    is_setting,
    names_happening,
    path_from,
    same_occasion,
)
from detente.grounding.gazetteer import PlaceReading, read_capital, read_places
from detente.grounding.towns import read_town
from detente.language.predicates import children
from detente.types import Document, Event, Place, Sentence, Span

_PLACING = frozenset(
    "in at near inside outside across around off along within throughout through amid "
    "beside".split()
)
# "The incursion into Georgia", "marched into the square".
_INTO = frozenset({"ASSAULT", "MOBILIZE", "PROTEST"})
# "On the island of Socotra", "on the border"; other things are on a subject or a date.
_ON = frozenset("border coast island outskirts peninsula front frontline shore edge river".split())
_OVER = frozenset(["ASSAULT", "MOBILIZE", "COOPERATE"])
# What happens on the ground happens where its objects are ("bombed a house in Basra").
BODILY = frozenset("ASSAULT COERCE PROTEST MOBILIZE AID RETREAT COOPERATE CONSULT".split())
_VISITS = frozenset("visit trip arrive travel fly tour journey head".split())
# "The province of Idlib", "Basra airport": the name before or behind these still says where.
_AREAS = frozenset(
    "province region state governorate oblast district county area valley territory".split()
)
_SPOTS = frozenset(
    "city town village suburb neighborhood neighbourhood quarter capital airport port camp street "
    "square island peninsula border coast outskirts hospital prison university base home house "
    "office headquarters mosque church temple embassy consulate courthouse station palace building "
    "market restaurant hotel school checkpoint jail district subway metro residence compound "
    "barracks refinery plant factory bridge road highway cemetery stadium monastery "
    "crossing".split()
)
_DIRECTIONS = (
    "northern southern eastern western central north south east west north-western north-eastern "
    "south-western south-eastern northeastern northwestern southeastern southwestern "
    "northwest northeast southwest southeast north-west north-east south-west south-east"
).split()
_SCORES = {"own": 0.8, "object": 0.75, "clause": 0.65, "shared": 0.55}
# Of other sentences, see setting.py; a mere country told by the parties comes last.
_SCORES |= {"scene": 0.6, "nearby": 0.5, "parties": 0.5}


@dataclass(frozen=True, slots=True)
class Placing:
    """A place found for an event and how.

    "own", "object", "clause" and "shared" come from its sentence; "scene", "nearby" and "parties"
    from elsewhere (setting.py).
    """

    place: Place
    rule: str

    @property
    def score(self) -> float:
        """Uncalibrated confidence."""
        return _SCORES[self.rule]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A place name with the token range it was read from and its way up the tree."""

    reading: PlaceReading
    start: int
    end: int
    path: Path
    preposition: str


@dataclass(frozen=True, slots=True)
class _Scene:
    """What every step of the search looks at; ``home`` are the countries of the story."""

    event: Event
    sent: Sentence
    doc: Document
    world: World
    home: frozenset[str]


def place_event(event: Event, sent: Sentence, doc: Document, world: World) -> Place | None:
    """Say where an event happened; None when its clause names no place."""
    placing = find_placing(event, sent, doc, world)
    return placing.place if placing else None


def find_placing(event: Event, sent: Sentence, doc: Document, world: World) -> Placing | None:
    """Say where an event happened, and how that was found; the most exact name wins."""
    words = event_words(event, sent)
    if words is None:
        return None
    scene = _Scene(event, sent, doc, world, _home(event, doc, world))
    phrases = list(_phrases(scene))
    found = [(p, rule) for p in phrases if (rule := _rule(event, sent, words, p))]
    if not found:
        others = set(same_occasion(event, words, sent))
        found = [
            (p, "shared")
            for p in phrases
            if p.path.verb in others and p.preposition in _PLACING and _is_plain(event, sent, p)
        ]
    found += [(p, "object") for p in _struck(scene, words)]
    if not found:
        return None
    order = list(_SCORES)
    phrase, rule = min(found, key=lambda f: (f[0].reading.rank, order.index(f[1]), f[0].start))
    return Placing(_place(phrase, doc), rule)


def phrases_in(event: Event, sent: Sentence, doc: Document, world: World) -> tuple[Place, ...]:
    """The places behind prepositions of place in any sentence, as an event's parties read them."""
    scene = _Scene(event, sent, doc, world, _home(event, doc, world))
    return tuple(_place(phrase, doc) for phrase in _phrases(scene))


def _home(event: Event, doc: Document, world: World) -> frozenset[str]:
    """The countries of the parties and of the dateline; they decide between namesakes."""
    parties = (*event.actors, *event.recipients, *event.third_parties)
    codes = {party.actor.country for party in parties}
    if doc.place:
        codes |= {reading.country for reading in read_places(doc.place, world)}
    return frozenset(code for code in codes if code)


def _place(phrase: _Phrase, doc: Document) -> Place:
    reading = phrase.reading
    return Place(
        span=Span(phrase.start, phrase.end, doc.text[phrase.start : phrase.end]),
        name=reading.name,
        country=reading.country,
        latitude=reading.latitude,
        longitude=reading.longitude,
        geonames=reading.geonames,
        precision=reading.precision,
    )


def _phrases(scene: _Scene) -> Iterator[_Phrase]:
    """The places behind prepositions of place, in text order."""
    sent = scene.sent
    for token in sent.tokens:
        word = token.text.lower()
        if token.pos not in ("ADP", "SCONJ") or token.dep not in ("prep", "pobj", "pcomp"):
            continue
        for head in children(sent, token.index, "pobj"):
            if not _places(scene, word, token.head, head):
                continue
            path = path_from(sent, token.start, token.end)
            phrase = path and _named(scene, head, path, word)
            if phrase:
                yield phrase


def _places(scene: _Scene, word: str, above: int, head: int) -> bool:
    if word in _PLACING:
        return True
    tokens = scene.sent.tokens
    if word == "on":
        return tokens[head].lemma.lower() in _ON
    if word == "over":
        return scene.event.type in _OVER
    if word == "into":
        return scene.event.type in _INTO
    return word == "to" and tokens[above].lemma.lower() in _VISITS


def _named(scene: _Scene, head: int, path: Path, word: str) -> _Phrase | None:
    """Read the name in a noun phrase; None when the phrase is about something else."""
    sent, doc = scene.sent, scene.doc
    of = [
        below
        for link in children(sent, head, "prep")
        if sent.tokens[link].text.lower() == "of"
        for below in children(sent, link, "pobj")
    ]
    last = head
    lemma = sent.tokens[head].lemma.lower()
    if of and (lemma in (_AREAS | _SPOTS) or lemma in _DIRECTIONS):
        last = of[0]
    apposed = [c for c in children(sent, head, "appos") if sent.tokens[c].pos == "PROPN"]
    if apposed and lemma in (_AREAS | _SPOTS):  # "in the capital, Mogadishu"
        last = apposed[0]
    start, end = sent.tokens[_leftmost(sent, head)].start, sent.tokens[last].end
    text = doc.text[start:end]
    bare = text[4:] if text[:4].lower() == "the " else text
    shift = end - len(bare)
    container = _container(doc, end, sent.end, scene.world)
    readings = read_capital(bare, scene.world) if lemma == "capital" else ()
    readings = readings or read_places(bare, scene.world, container or scene.home, doc.date)
    bare, shift, readings = _with_towns(scene, last, (bare, shift, readings), container)
    if not readings:
        return None
    reading = min(readings, key=lambda r: r.rank)
    precise = _precise(sent, reading, bare, head, word)
    if precise is None:
        return None
    return _Phrase(precise, shift + precise.start, shift + precise.end, path, word)


_Found = tuple[str, int, tuple[PlaceReading, ...]]


def _with_towns(scene: _Scene, last: int, found: _Found, container: frozenset[str]) -> _Found:
    """Add what only the table of small towns knows, and points that the large ones lack."""
    bare, shift, readings = found
    sent, countries = scene.sent, container or scene.home
    first = last
    while (
        first > 0 and sent.tokens[first - 1].pos == "PROPN" and sent.tokens[first - 1].head == last
    ):
        first -= 1
    start, end = sent.tokens[first].start, sent.tokens[last].end
    name = scene.doc.text[start:end]
    if not readings and sent.tokens[last].pos == "PROPN":
        named = {p.country for p in read_places(sent.text, scene.world) if p.country}
        town = read_town(name, countries | named)
        return (name, start, (town,)) if town is not None else found
    if len(readings) == 1 and readings[0].precision == "city" and readings[0].latitude is None:
        known = readings[0]
        town = read_town(known.name, {known.country} if known.country else countries)
        if town is not None:
            town = replace(town, start=known.start, end=known.end)
            return bare, shift, (town,)
    return found


def _leftmost(sent: Sentence, head: int) -> int:
    """Where the noun phrase begins, without what stands behind its head."""
    at = head
    for child in sent.children[head]:
        if child < head and sent.tokens[child].dep in (
            "compound", "amod", "poss", "nmod", "det", "nummod",
        ):  # fmt: skip
            at = min(at, _leftmost(sent, child))
    return at


def _container(doc: Document, end: int, stop: int, world: World) -> frozenset[str]:
    """The country in ", Lebanon" or ", in southern Yemen" right behind a name."""
    behind = doc.text[end : min(stop, end + 40)]
    if not behind.startswith(", "):
        return frozenset()
    found = read_places(behind[2:].split(",")[0], world)
    return frozenset(r.country for r in found if r.precision == "country" and r.country)


def _precise(
    sent: Sentence, reading: PlaceReading, text: str, head: int, word: str
) -> PlaceReading | None:
    """Widen "Aleppo province" and "northern Iraq" to regions; refuse names of other things."""
    before = text[: reading.start].lower().split()
    if reading.precision == "country" and before and before[-1] in _DIRECTIONS:
        start = text.lower().rindex(before[-1], 0, reading.start)
        return _changed(reading, start, reading.end, "region")
    lemma = sent.tokens[head].lemma.lower()
    at_head = reading.end == len(text) or lemma == "capital"
    if lemma in _AREAS and reading.precision == "city":
        return _changed(reading, 0 if at_head else reading.start, len(text), "region")
    if lemma in _DIRECTIONS:  # "in Pakistan's northwest", "south of Baghdad"
        return _changed(reading, reading.start, reading.end, "region")
    if at_head or lemma in _AREAS:
        return reading
    # "at the Geneva summit", but not "in the Syria talks"
    meets = word in ("at", "during") and names_happening(sent.tokens[head])
    return reading if lemma in _SPOTS or meets else None


def _changed(reading: PlaceReading, start: int, end: int, precision: str) -> PlaceReading:
    return PlaceReading(
        start, end, reading.name, reading.country, precision, reading.latitude, reading.longitude
    )


def _rule(event: Event, sent: Sentence, words: EventWords, phrase: _Phrase) -> str:
    path = phrase.path
    nearest = path.nouns[0] if path.nouns else path.verb
    if nearest is None:
        return ""
    if path.nouns and nearest in words.all:
        return "own" if is_core(event, sent, words, nearest) else ""
    if path.verb not in words.all and not any(n in words.all for n in path.nouns):
        return ""
    if not path.nouns:
        return "" if is_of_object(event, sent, path) else "own"
    within = [n for n in path.nouns if n < words.top or n not in words.all]
    bodily = event.type in BODILY and not any(names_happening(sent.tokens[n]) for n in within)
    return "clause" if bodily or all(is_setting(sent, n) for n in within) else ""


def _is_plain(event: Event, sent: Sentence, phrase: _Phrase) -> bool:
    nouns = phrase.path.nouns
    if event.type not in BODILY:
        return not nouns
    return not any(names_happening(sent.tokens[n]) for n in nouns)


def _struck(scene: _Scene, words: EventWords) -> Iterator[_Phrase]:
    """ "Shelled Kharkiv", "the attack on Goma", "visited Chad": the object is the place."""
    event, sent = scene.event, scene.sent
    visit = event.lemma in _VISITS and event.type == "CONSULT"
    if event.type != "ASSAULT" and not visit:
        return
    objects = children(sent, words.head, "dobj", "obj", "nsubjpass")
    for link in children(sent, words.head, "prep"):
        if sent.tokens[link].text.lower() in ("on", "of", "against"):
            objects += children(sent, link, "pobj")
    for head in objects:
        phrase = _named(scene, head, Path(head, (), words.head, False), "")
        if phrase and (visit or phrase.reading.precision in ("city", "place")):
            yield phrase
