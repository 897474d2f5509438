"""Names inside longer names that no table lists, told by their shape.

"Paris Agreement" and "USS George Washington" are nobody; "The Moscow Times" is a newspaper of
Russia and "China Mobile" a Chinese firm; "Jordan Henderson" is a person; "South American leaders"
are of no country.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.actors.facts import World
from detente.actors.hits import Hit
from detente.actors.regions import regions

# Kinds of entry that a shape may swallow; bodies and full names of persons are what they are.
_OPEN = frozenset("country demonym capital metonym city place surname".split())
_SEATS = frozenset("capital metonym city place surname".split())
# What is agreed, held or suffered, named for a place: "Paris Agreement", "Beijing Olympics".
_THING = re.compile(
    r"(?: (?:[A-Z][\w-]+|\d{4}|and|of|the|on|for)){0,4}? (?:Agreements?|Accords?|Conventions?|"
    r"Protocols?|Treaty|Treaties|Pact|Declaration|Memorandum|Charter|Communiqu[eé]|Summit|"
    r"Conference|Process|Olympics|Olympic Games|(?:Asian |Commonwealth )?Games|Cup|Marathon|"
    r"Grand Prix|Syndrome|Consensus|Statute|Principles|Formula|Roadmap|Truce|Spring|Uprising|"
    r"Fashion Week|Film Festival|Biennale|Open)\b(?![ -][A-Z])"
)
_THING_BELOW = re.compile(
    r" (?:(?:peace|ceasefire|cease-fire|truce|climate|nuclear|reconciliation) )?"
    r"(?:agreements?|accords?|protocols?|conventions?|treaty|pact|syndrome|sprouts|marathon)\b"
)
_NOUN_BEFORE = re.compile(r"\b(?:Gulf|Sea|Straits?|Bay|Battle|Treaty|Siege|Cape) of (?:the )?$")
_SHIP = re.compile(
    r"\b(?:USS|USNS|USCGC|HMS|HMAS|HMCS|INS|MV|M/V|RV) [A-Z0-9][\w.'-]*(?: [A-Z][\w.'-]*){0,2}"
)
_STORM = re.compile(
    r"\b(?:[Tt]ropical [Ss]torm|Hurricanes?|Super Typhoon|Typhoon|Cyclone|Storm) [A-Z]\w+"
    r"(?: and [A-Z]\w+)?"
)
_TEAM = re.compile(
    r"(?:\b(?:Real|Atletico|Dynamo|Dinamo|Spartak|Lokomotiv|Inter|AC|AS|FC|RB) $)|"
    r"(?:^ (?:United|City|FC|Wizards|Nationals|Capitals|Redskins|Commanders|Yankees|Mets|Giants|"
    r"Jets|Knicks|Nets|Bulls|Bears|Cubs|Lakers|Dodgers|Hawks|Braves|Falcons|Heat|Dolphins|Rangers|"
    r"Eagles|Union|Wanderers|Rovers|Saint-Germain)\b)"
)
# A newspaper or agency, after the name of its home or before it.
_OUTLET = re.compile(
    r"(?: (?:Morning|Evening|Daily|Sunday|Weekly|Business|State|Press))*"
    r" (?:Times|Post|Herald|Tribune|Gazette|Journal|Chronicle|Telegraph|Mirror|Inquirer|Observer|"
    r"Daily|News Agency|Daily News|Globe|Today|Review|Examiner|Sun-Times|Monitor)\b"
    r"(?! (?:Square|of))"
)
_OUTLET_BEFORE = re.compile(r"\b(?:[Tt]he )?(?:Times|Voice|Radio|Hindustan|Press Trust) (?:of )?$")
_FIRM = re.compile(
    r" (?:Airlines?|Airways|Air|Telecom|Telekom|Mobile|Unicom|Petroleum|Steel|Motors|Railways?|"
    r"Electric|Shipbuilding|Oilfield|Coal|Aluminium|Aerospace|Southern Airlines|Eastern Airlines)\b"
)
_FIRM_BEFORE = re.compile(r"\b(?:Air|Bank of (?=America)|Radio Televisi[oó]n) $")
_COLLEGE = re.compile(
    r"(?: (?:[A-Z]\w+|of|and))*? (?:University|College|Polytechnic)\b(?: of [A-Z]\w+)?"
)
_COLLEGE_BEFORE = re.compile(r"\b(?:[A-Z]\w+ )?University (?:of|in) (?:the )?$")
# Places that are also first names, where a capitalised word that is nothing else follows; and last
# names, where such a word stands before them.
_GIVEN = frozenset(
    "Jordan Chad Israel Kenya Georgia Paris Sydney Virginia Victoria Chelsea Florence Austin "
    "Dallas Madison Lincoln Carolina Savannah Brooklyn Alexandria Santiago Sofia Salem".split()
)
_FAMILY = frozenset(
    "Jordan Washington Holland Ireland England London Lincoln Israel Paris Berlin Kent Lima "
    "Georgia Houston Jackson Hamilton Wellington Victoria".split()
)
_SURNAME_AFTER = re.compile(r" (?:[A-Z]\. )?([A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?! [A-Z][a-z])")
_GIVEN_BEFORE = re.compile(r"(?:^|[^\w-])(?:([A-Z][a-z]+) )?([A-Z][a-z]+) (?:[A-Z]\. )?$")
# Capitalised words beside a place that make no person of it.
_NOT_PERSONAL = frozenset(
    "the a an in on at from to of by for with and but or as near inside outside after before while "
    "when since until against between into over under across toward towards if both although "
    "because that this upper lower greater central downtown mainland metropolitan inner outer "
    "north south east west northern southern eastern western new old communist nazi soviet "
    "imperial federal occupied southeast northeast southwest northwest president minister mr mrs "
    "ms dr general king queen prince princess sultan emir premier chancellor senator governor "
    "mayor ambassador minister secretary state province republic kingdom city county university "
    "river valley airport street avenue bridge square park hotel police army navy air force forces "
    "defence defense today times post airways airlines red national international council "
    "government embassy ministry bank stock exchange institute summit monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september "
    "october november december visit attack leave free save help stop support invade bomb "
    "meanwhile earlier later authorities officials officers troops soldiers residents protesters "
    "prosecutors lawmakers militants hotels club tech island islands gate beach "
    "according like unlike despite via per amid around".split()
)


def regroup(text: str, hits: Sequence[Hit], world: World) -> list[Hit]:
    """Replace names by what they are part of.

    Args: hits: ordered by start, names and roles.
    """
    made: list[Hit] = [Hit(m.start(), m.end(), "thing") for m in _SHIP.finditer(text)]
    made += [Hit(m.start(), m.end(), "thing") for m in _STORM.finditer(text)]
    named = [hit for hit in hits if hit.kind == "name"]
    starts = [hit.start for hit in named]
    for match in regions().pattern.finditer(text):
        if not _inside_longer(match.start(), match.end(), named, starts):
            word = regions().adjectives[match.group()]
            made.append(Hit(match.start(), match.end(), "region", word=word))
    dropped: set[Hit] = set()
    roles = {hit.start for hit in hits if hit.kind == "role"}
    kinds_of: dict[tuple[int, ...], set[str]] = {}
    for hit in named:
        kinds = kinds_of.get(hit.entries)
        if kinds is None:
            found_here = [world.entries[number] for number in hit.entries]
            kinds = {entry.kind for entry in found_here if not entry.weak}
            kinds_of[hit.entries] = kinds
        if kinds and kinds <= _OPEN:
            found = _shape(text, hit, kinds)
            if found is not None:
                made.append(found)
            elif _personal(text, hit, kinds, roles):
                dropped.add(hit)
    kept = [hit for hit in hits if hit not in dropped] if dropped else hits
    return sorted([*_free_of(kept, made), *_outermost(made)], key=lambda hit: (hit.start, -hit.end))


def _inside_longer(start: int, end: int, named: Sequence[Hit], starts: Sequence[int]) -> bool:
    """Tell whether a name reaches beyond a region's words ("African Union")."""
    near = named[max(0, bisect.bisect_left(starts, start) - 2) : bisect.bisect_right(starts, end)]
    for hit in near:
        if hit.start <= start and end <= hit.end and hit.end - hit.start > end - start + 4:
            return True
        if start <= hit.start < end < hit.end:
            return True
    return False


def _shape(text: str, hit: Hit, kinds: set[str]) -> Hit | None:
    """The longer name that a hit is part of."""
    before, after = text[max(0, hit.start - 40) : hit.start], text[hit.end : hit.end + 80]
    longer = _going_on(hit, before, after, kinds) if after.startswith(" ") else None
    if longer is not None:
        return longer
    if not kinds.isdisjoint(("country", "capital", "city")):
        for pattern, kind, sector in (
            (_OUTLET_BEFORE, "body", "JRN"),
            (_COLLEGE_BEFORE, "body", "EDU"),
            (_FIRM_BEFORE, "body", "BUS"),
            (_NOUN_BEFORE, "thing", ""),
        ):
            if match := pattern.search(before):
                start = hit.start - len(before) + match.start()
                entries = hit.entries if kind == "body" else ()
                return Hit(start, hit.end, kind, entries, sector)
        if _TEAM.search(before) or _TEAM.match(after):
            return Hit(hit.start, hit.end, "thing")
    return None


def _going_on(hit: Hit, before: str, after: str, kinds: set[str]) -> Hit | None:
    """The longer name that begins with a hit: "Moscow Times", "Paris Agreement"."""
    if match := _OUTLET.match(after):
        start = hit.start - 4 if before[-4:].lower() == "the " else hit.start
        return replace(hit, start=start, end=hit.end + match.end(), kind="body", word="JRN")
    if match := _COLLEGE.match(after):
        return replace(hit, end=hit.end + match.end(), kind="body", word="EDU")
    if match := _FIRM.match(after):
        return replace(hit, end=hit.end + match.end(), kind="body", word="BUS")
    if (match := _THING.match(after)) or (kinds <= _SEATS and (match := _THING_BELOW.match(after))):
        return replace(hit, end=hit.end + match.end(), kind="thing", entries=())
    return None


def _personal(text: str, hit: Hit, kinds: set[str], roles: set[int]) -> bool:
    """Tell whether a place is part of a person's name ("Jordan Henderson", "Jim Jordan")."""
    if kinds.isdisjoint(("country", "capital", "city", "place")):
        return False
    word = text[hit.start : hit.end]
    if word in _GIVEN and (match := _SURNAME_AFTER.match(text, hit.end)):
        free = match.start(1) not in roles and match.group(1).lower() not in _NOT_PERSONAL
        return free and not text.endswith(", ", 0, hit.start)
    if word in _FAMILY and (match := _GIVEN_BEFORE.search(text, max(0, hit.start - 40), hit.start)):
        first = match.group(2)
        return first.lower() not in _NOT_PERSONAL and match.start(2) not in roles
    return False


def _free_of(hits: Sequence[Hit], made: Sequence[Hit]) -> Iterator[Hit]:
    """The hits that no longer name has swallowed."""
    spans = [(hit.start, hit.end) for hit in made]
    for hit in hits:
        if hit.kind == "pronoun" or not any(a < hit.end and hit.start < b for a, b in spans):
            yield hit


def _outermost(made: Sequence[Hit]) -> Iterator[Hit]:
    for hit in made:
        around = [
            other
            for other in made
            if other is not hit
            and other.start < hit.end
            and hit.start < other.end
            and (other.end - other.start, -other.start) > (hit.end - hit.start, -hit.start)
        ]
        if not around:
            yield hit
