"""One hand-made coded article with an event of most kinds; no model is needed to build it.

The article and the people in it are invented for these tests.
"""

from datetime import date

from detente.types import (
    Actor,
    Attribution,
    Candidate,
    Coded,
    Confidence,
    Document,
    Event,
    EventDate,
    Evidence,
    Mention,
    Party,
    Place,
    Quotation,
    Quotes,
    Sentence,
    Span,
    Status,
)

TEXT = """\
Ankara warns Athens over islands as envoys meet

ISTANBUL, March 3 - Turkey will close its ports to Greek ships if Athens sends troops to the \
islands, Foreign Minister Elif Aydin said on Sunday, according to the Anadolu agency.

Greek and Turkish envoys met in Istanbul. Turkish jets had bombed a depot in February, and \
Athens denied that its navy fired on a trawler. The United Nations urged both sides to talk.
"""

SIGNATURE = (
    "detente:0.1.0|coder:frames.v1|parser:sm-3.8.0|ontology:plover.2021-ab12"
    "|lexicon:cd34|facts:ef56|config:0a1b2c3d"
)

TUR = Actor("Turkey", "TUR", "GOV", wikidata="Q43", rule="country.name")
AYDIN = Actor(
    "Turkey",
    "TUR",
    "GOV",
    person="Elif Aydin",
    role="foreign minister",
    rule="office.apposition",
    candidates=(Candidate("TUR", 0.9, "office"),),
)
GRC = Actor("Greece", "GRC", "GOV", wikidata="Q41", rule="country.capital")
NAVY = Actor("Greece", "GRC", "MIL", rule="role.noun")
UNO = Actor("United Nations", None, "IGO", organisation="United Nations", wikidata="Q1065")


def span(words, after=0):
    start = TEXT.index(words, after)
    return Span(start, start + len(words), words)


def party(actor, words, after=0):
    return Party(span(words, after), actor)


def document(**changes):
    fields = {
        "id": "ankara-athens",
        "text": TEXT,
        "sha256": "0" * 64,
        "title": "Ankara warns Athens over islands as envoys meet",
        "headline": span("Ankara warns Athens over islands as envoys meet"),
        "furniture": (span("ISTANBUL, March 3 - "),),
        "date": date(2024, 3, 3),
        "date_basis": "dateline",
        "place": "Istanbul",
        "source": "The Aegean Gazette",
        "language": "en",
    }
    return Document(**(fields | changes))


def event(number, quote, act, **changes):
    words = span(quote)
    fields = {
        "id": f"{number:02d}ab34cd{number:02d}",
        "document": "ankara-athens",
        "sentence": number,
        "span": words,
        "actors": (),
        "recipients": (),
        "third_parties": (),
        "predicate": span(act, words.start),
        "lemma": act.split()[0],
        "type": "THREATEN",
        "mode": None,
        "status": Status.ASSERTED,
        "quad": 3,
        "confidence": Confidence(event=0.9, type=0.8),
        "signature": SIGNATURE,
    }
    return Event(**(fields | changes))


def threat():
    return event(
        1,
        "Turkey will close its ports to Greek ships if Athens sends troops to the islands",
        "will close",
        lemma="close",
        actors=(party(AYDIN, "Foreign Minister Elif Aydin"),),
        recipients=(party(GRC, "Greek ships"),),
        mode="restrict",
        cameo="132",
        score=-4.0,
        goldstein=-5.8,
        contexts=("military", "territory"),
        theme=span("its ports"),
        condition=span("if Athens sends troops to the islands"),
        attribution=(
            Attribution(span("Elif Aydin"), "Elif Aydin", "TUR", "GOV", "statement"),
            Attribution(span("Anadolu agency"), "Anadolu agency", "TUR", "JRN"),
        ),
        date=EventDate(date(2024, 3, 3), date(2024, 3, 3), "day", "on Sunday"),
        confidence=Confidence(0.91, 0.84, 0.9, 0.8, 0.95, 1.0, None),
        story="s1",
        evidence=(
            Evidence("type", span("will close"), "frame.v1", "threaten.close", 0.84, "REJECT"),
            Evidence("actors[0]", span("Foreign Minister Elif Aydin"), "office.apposition"),
            Evidence("date", span("on Sunday"), "weekday.past", None, 1.0),
            Evidence("voice", None, "active"),
        ),
    )


def events():
    talks = span("Greek and Turkish envoys met in Istanbul").start
    return (
        event(
            0,
            "Ankara warns Athens over islands",
            "warns",
            actors=(party(TUR, "Ankara"),),
            recipients=(party(GRC, "Athens"),),
            date=EventDate(date(2024, 3, 3), date(2024, 3, 3), "day"),
            story="s1",
        ),
        threat(),
        event(
            2,
            "Athens sends troops to the islands",
            "sends troops",
            actors=(party(GRC, "Athens", span("if Athens sends").start),),
            type="MOBILIZE",
            mode="troops",
            quad=4,
            status=Status.CONDITIONAL,
        ),
        event(
            3,
            "Greek and Turkish envoys met in Istanbul",
            "met",
            type="CONSULT",
            mode="visit",
            quad=1,
            actors=(party(GRC, "Greek", talks), party(TUR, "Turkish", talks)),
            place=Place(span("Istanbul", talks), "Istanbul", "TUR", 41.01, 28.95, 745044, "city"),
        ),
        event(
            4,
            "Turkish jets had bombed a depot in February",
            "bombed",
            type="ASSAULT",
            mode="aerial",
            quad=4,
            actors=(party(TUR, "Turkish jets"),),
            background=True,
            date=EventDate(date(2024, 2, 1), date(2024, 2, 29), "month", "in February"),
        ),
        event(
            5,
            "its navy fired on a trawler",
            "fired on",
            type="ASSAULT",
            quad=4,
            status=Status.DENIED,
            actors=(party(NAVY, "its navy"),),
        ),
        event(
            6,
            "The United Nations urged both sides to talk",
            "urged",
            type="REQUEST",
            mode="meet",
            quad=1,
            actors=(party(UNO, "The United Nations"),),
            recipients=(party(GRC, "both sides"), party(TUR, "both sides")),
            date=EventDate(date(2024, 2, 26), date(2024, 3, 3), "week", "this week"),
        ),
    )


def sentences(count=6):
    return tuple(Sentence("ankara-athens", i, 0, 0, 0, "") for i in range(count))


def mention(words, *actors):
    words = span(words)
    return Mention(words.start, words.end, words.text, 0, 0, 1, 0, "country", actors)


def coded(**changes):
    mentions = (mention("Turkey", TUR), mention("both sides", GRC, TUR))
    fields = {
        "document": document(),
        "sentences": sentences(),
        "mentions": mentions,
        "events": events(),
    }
    return Coded(**(fields | changes))


def quotation(kind, *content, **changes):
    fields = {
        "document": "ankara-athens",
        "sentence": 1,
        "kind": kind,
        "cue": None,
        "speaker": None,
        "actor": None,
        "channel": None,
        "anonymous": False,
        "addressee": None,
        "content": tuple(span(words) for words in content),
    }
    return Quotation(**(fields | changes))


def quotations():
    """The article quotes nobody in marks: two of these are of kinds that it does not have."""
    return (
        quotation(
            "indirect",
            "Turkey will close its ports to Greek ships if Athens sends troops to the islands",
            cue=span("said"),
            speaker=span("Foreign Minister Elif Aydin"),
            actor=AYDIN,
            channel="statement",
        ),
        quotation(
            "direct",
            "Greek and Turkish envoys met in Istanbul.",
            "Turkish jets had bombed a depot in February",
            sentence=2,
            cue=span("according to"),
            speaker=span("the Anadolu agency"),
            anonymous=True,
            addressee=span("both sides"),
        ),
        quotation(
            "free",
            "The United Nations",
            "both sides",
            sentence=5,
            speaker=span("Athens", TEXT.index("Athens denied")),
            actor=GRC,
        ),
        quotation("mixed", "a trawler", sentence=5, cue=span("denied")),
    )


def quotes(**changes):
    fields = {
        "document": document(),
        "sentences": sentences(),
        "mentions": (mention("Turkey", TUR),),
        "quotations": quotations(),
    }
    return Quotes(**(fields | changes))


def coded_without_events(*, mentions=()):
    return coded(events=(), mentions=mentions)
