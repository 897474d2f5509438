"""Words without a name that go back to what the text introduced: "the captors", "the country".

A role noun goes back to the last group introduced with that role, else with a near one (pirates are
the suspects later); a noun for a body ("the bloc") to the last body it can be; a noun for a state
("the kingdom") to the country that is spoken of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.actors.elements import Element
from detente.actors.memory import Introduced, Memory, body_word, single
from detente.actors.phrases import STATE_NOUNS, Phrase
from detente.types import Actor, Sentence, Token

_ARMED = frozenset(
    "militant rebel insurgent guerrilla guerilla fighter gunman pirate terrorist extremist jihadi "
    "jihadist islamist separatist kidnapper abductor captor hijacker hostage-taker bomber attacker "
    "assailant raider bandit assassin shooter tribesman militiaman commando".split()
)
_SUSPECTS = frozenset("suspect defendant culprit perpetrator accused convict detainee".split())
_CAPTIVES = frozenset("hostage captive abductee prisoner inmate detainee".split())
_SOLDIERS = frozenset(
    "soldier troop troops serviceman trooper marine peacekeeper force forces personnel".split()
)
_MARCHERS = frozenset(
    "protester protestor demonstrator marcher rioter striker crowd activist supporter opponent "
    "student worker".split()
)
_HUMANS = frozenset(
    "man woman person people national citizen tourist worker journalist student engineer teacher "
    "doctor missionary sailor crew fisherman driver contractor villager civilian "
    "tribesman girl boy child youth".split()
)
_COURT = frozenset("court tribunal prosecutor judge prosecution jury justice".split())
_LAWMAKERS = frozenset("lawmaker legislator parliamentarian deputy senator congressman".split())
# What a role noun may go back to besides its own word.
_KIN: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (_ARMED, _ARMED),
    (_SUSPECTS, _SUSPECTS | _ARMED | _HUMANS),
    (_CAPTIVES, _CAPTIVES | _HUMANS | _SOLDIERS),
    (_SOLDIERS, _SOLDIERS),
    (_MARCHERS, _MARCHERS),
    (frozenset(["man", "woman", "victim", "girl", "boy"]), _HUMANS | _SUSPECTS | _CAPTIVES),
    (_COURT, _COURT),
    (_LAWMAKERS, _LAWMAKERS),
)
# Said of whoever was named so, with or without "the": hostages stay the hostages of the story.
_BOUND = _CAPTIVES | _COURT
# Roles that say only what was done: they are of the side that was introduced by another word.
_BY_DEED = frozenset(
    "suspect defendant kidnapper abductor captor hijacker hostage-taker attacker assailant "
    "perpetrator culprit gunman bomber".split()
)
# Rules by which the text itself said whose a group is; all others are guesses.
_SAID_WHOSE = frozenset(["side", "owner", "name", "place in phrase"])
# Sentences after which a group or body is no longer the one that is spoken of.
_BACK = 12

# Nouns for a body, and the sectors that a body called so can have.
_GROUPS = frozenset("group organization organisation movement militia outfit network".split())
_UNIONS = frozenset("alliance bloc union body coalition organization organisation".split())
_GROUP_SECTORS = frozenset(["REB", "IMG", "UAF", "PTY", "NGO", "OPP", "CRM", "ISM", "PRM"])
_UNION_SECTORS = frozenset(["IGO"])
_ORGANIZATION = frozenset(["organization", "organisation"])
# Before a role noun: of several countries.
_REGIONS = frozenset(
    "foreign international european arab western african asian nordic baltic balkan latin "
    "scandinavian caribbean global world multinational transatlantic overseas".split()
)
# "pro-Russian", "anti-American"
_PREFIXES = frozenset("pro anti post non pre".split())
# "leaders from 20 countries"
_ANYWHERE = frozenset("country nation state government region continent world".split())
# "the second country to ratify" is one of several.
_ONE_OF = frozenset("first second third fourth other only next last same latest host new".split())
# With these "countries" are known ones.
_KNOWN = frozenset("the two both three these those".split())
# "South American" and the like: the tables know "American" only as the United States.
_HALVES = frozenset(["south", "latin", "central", "meso"])


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Who a role noun goes back to, and by which rule."""

    actor: Actor
    rule: str
    # Whether the noun only says what was done, so that the side is the antecedent's.
    takes_side: bool = False


def role_antecedent(phrase: Phrase, sent: Sentence, memory: Memory) -> Antecedent | None:
    """Find the group that a role noun goes back to; None if the text introduced none."""
    role = phrase.role
    if role is None or role.role is None:
        return None
    word = single(sent.tokens[role.last - 1])
    again = phrase.definite or not phrase.counted or word in _BOUND
    if again and (before := memory.roles.get(role.role.one)) is not None:
        return Antecedent(before, "same role")
    if not phrase.definite and word not in _BOUND:
        return None
    for mine, theirs in _KIN:
        if word not in mine:
            continue
        last = _last(memory.introduced, theirs, sent.index)
        guess = last is not None and last.actors[0].rule not in _SAID_WHOSE
        if guess and role.role.kind == "unplaced" and word != "suspect":
            continue  # no guess upon a guess
        if last is not None:
            return Antecedent(last.actors[0], "near role", word in _BY_DEED)
    return None


def _last(
    introduced: Sequence[Introduced], words: frozenset[str], sentence: int
) -> Introduced | None:
    for one in reversed(introduced):
        if sentence - one.sentence > _BACK:
            return None
        if one.word in words and one.actors[0].rule not in ("main country", "no country"):
            return one
    return next(
        (o for o in reversed(introduced) if o.word in words and sentence - o.sentence <= _BACK),
        None,
    )


def body_antecedent(word: str, sent: Sentence, at: int, memory: Memory) -> Actor | None:
    """Find the body that "the council", "the group", "the bloc" goes back to.

    Args: at: offset in the document; what stands after it is not looked at.
    """
    word = word.lower()
    exact = memory.bodies.get(word)
    if word not in _GROUPS | _UNIONS:
        return exact
    wanted = frozenset[str]()
    if word in _GROUPS:
        wanted |= _GROUP_SECTORS
    if word in _UNIONS or word in _ORGANIZATION:
        wanted |= _UNION_SECTORS
    for seen in reversed(memory.seen):
        mention = seen.mention
        if sent.index - mention.sentence > _BACK:
            break
        if mention.start >= at or mention.kind in ("pronoun", "person", "office"):
            continue
        actor = mention.actors[0]
        if actor.organisation is None or len(mention.actors) > 1:
            continue
        if body_word(actor.organisation) == word and mention.kind == "organisation":
            return actor
        # The members of a body are not the body, but who they belong to is.
        if actor.sector in wanted and (mention.kind == "organisation" or seen.named_body):
            return actor
    return exact


def is_that_state(phrase: Phrase, sent: Sentence) -> bool:
    """Tell whether "the country" is one known before, not "the second country to ratify it"."""
    token = sent.tokens[phrase.last - 1]
    if token.dep == "attr" or any(
        sent.tokens[child].dep in ("relcl", "acl") for child in sent.children[token.index]
    ):
        return False
    words = sent.tokens[phrase.first : phrase.last - 1]
    return not any(w.tag in ("JJS", "CD") or w.text.lower() in _ONE_OF for w in words)


def country_meant(sent: Sentence, at: int, main: str | None, memory: Memory) -> str | None:
    """Which country "the country" is.

    In the same sentence the one that the text is about, else the subject's, else the nearest; then
    the one the text is about if it was mentioned lately; then the last sentence's subject.
    """
    by_sentence: dict[int, list[tuple[bool, str]]] = {}
    for seen in reversed(memory.seen):
        distance = sent.index - seen.mention.sentence
        if distance > 3:
            break
        if seen.mention.start >= at:
            continue
        for actor in seen.mention.actors:
            if actor.country is not None and actor.rule != "main country":
                by_sentence.setdefault(distance, []).append((seen.subject, actor.country))
    recent = {country for found in by_sentence.values() for _, country in found}
    for distance in sorted(by_sentence):
        found = by_sentence[distance]
        countries = [country for _, country in found]
        if main in countries:
            return main
        if distance > 0 and main in recent:
            return main
        return next((country for subject, country in found if subject), countries[0])
    return main


def is_regional(phrase: Phrase, sent: Sentence) -> bool:
    """ "foreign fighters", "European leaders": of several countries, none of them said."""
    role = phrase.role
    if role is None:
        return False
    if not (phrase.sides or phrase.places) and _is_from_anywhere(sent, phrase.head):
        return True
    if any(is_half_region(sent, side.first, side.kind) for side in phrase.sides):
        return True
    if phrase.sides or phrase.places:
        return False
    for token in sent.tokens[phrase.first : role.first]:
        following = sent.tokens[token.index + 1].text
        if token.text.lower() in _REGIONS and following not in ("-", "–"):
            return True
    return role.text.lower().split()[:1] == ["foreign"] and phrase.plural


def _is_from_anywhere(sent: Sentence, head: int) -> bool:
    """ "leaders of all member states", "officials from several countries"."""
    for child in sent.children[head]:
        if sent.tokens[child].text.lower() not in ("of", "from"):
            continue
        for below in sent.children[child]:
            token = sent.tokens[below]
            many = token.tag in ("NNS", "NNPS") or token.lemma == "world"
            definite = any(sent.tokens[c].text.lower() in _KNOWN for c in sent.children[below])
            if many and token.lemma in _ANYWHERE and not definite:
                return True
    return False


def is_half_region(sent: Sentence, first: int, kind: str) -> bool:
    """Tell whether a demonym is only half a region's: "American" in "South American"."""
    if kind != "demonym" or not first:
        return False
    low = sent.tokens[first].text.lower()
    return low in ("american", "americans") and sent.tokens[first - 1].text.lower() in _HALVES


def is_aside(sent: Sentence, element: Element) -> bool:
    """Tell whether a name in a phrase does not say whose the rest is.

    "American" of "South American leaders", "Serb" of "ethnic Serbs", "Russian" of "pro-Russian".
    """
    if is_half_region(sent, element.first, element.kind):
        return True
    if element.kind == "demonym" and is_ethnic(sent, element.first):
        return True
    before = sent.tokens[max(element.first - 2, 0) : element.first]
    if len(before) < 2 or before[1].text not in ("-", "–"):
        return False
    return before[0].text.lower() in _PREFIXES


def is_ethnic(sent: Sentence, first: int) -> bool:
    """ "ethnic Serbs" live somewhere else than in Serbia."""
    return first > 0 and sent.tokens[first - 1].text.lower() == "ethnic"


def state_possessor(phrase: Phrase, sent: Sentence) -> Token | None:
    """The noun of "the country's parliament"."""
    for token in sent.tokens[phrase.first : phrase.last - 1]:
        if token.text.lower() in STATE_NOUNS and sent.tokens[token.index + 1].tag == "POS":
            return token
    return None
