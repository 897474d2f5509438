"""Hand-built sentences: no model, only the tokens that matter."""

from datetime import date

from detente.actors import find_mentions, load_world, scan
from detente.types import Document, Sentence, Span, Token

WORLD = load_world()


def sentence(rows, index=0, start=0, quotes=()):
    """Build a sentence from (text, pos, tag, dep, head) rows, words one blank apart."""
    tokens, at = [], start
    for i, (text, pos, tag, dep, head) in enumerate(rows):
        tokens.append(Token(i, text, text.lower(), pos, tag, dep, head, at, at + len(text)))
        at += len(text) + 1
    children = [[] for _ in rows]
    for token in tokens:
        if token.head != token.index:
            children[token.head].append(token.index)
    text = " ".join(row[0] for row in rows)
    return Sentence(
        "d", index, 0, start, at - 1, text, tuple(tokens), tuple(map(tuple, children)), quotes
    )


def read(*sentences, **fields):
    text = " ".join(sent.text for sent in sentences)
    fields = {"date": date(2016, 5, 1), **fields}
    doc = Document("d", text, "0", **fields)
    return find_mentions(doc, sentences, scan(text, WORLD), WORLD)


def sides(mention):
    return [(actor.country, actor.sector) for actor in mention.actors]


POLICE = [
    ("Kenyan", "ADJ", "JJ", "amod", 1),
    ("police", "NOUN", "NNS", "nsubj", 2),
    ("arrested", "VERB", "VBD", "ROOT", 2),
    ("ten", "NUM", "CD", "nummod", 4),
    ("students", "NOUN", "NNS", "dobj", 2),
]


def test_demonym_and_role_are_one_mention():
    police, students = read(sentence(POLICE))
    assert police.text == "Kenyan police"
    assert sides(police) == [("KEN", "COP")]
    assert police.head == 1 and (police.first, police.last) == (0, 2)
    assert sides(students) == [("KEN", "EDU")]
    assert students.actors[0].rule == "main country"
    assert students.score < police.score


def test_a_sentence_without_tokens_is_skipped():
    bare = Sentence("d", 0, 0, 0, 5, "Kenya")
    assert read(bare) == ()


def test_no_date_never_fails():
    mentions = read(sentence(POLICE), date=None)
    assert sides(mentions[0]) == [("KEN", "COP")]


def test_we_is_the_issuer_of_a_statement():
    we = sentence(
        [
            ("We", "PRON", "PRP", "nsubj", 1),
            ("condemn", "VERB", "VBP", "ROOT", 1),
            ("Belarus", "PROPN", "NNP", "dobj", 1),
        ]
    )
    mentions = read(we, source="US Department of State press release", date=date(2021, 5, 24))
    assert sides(mentions[0]) == [("USA", "GOV")]
    assert mentions[0].actors[0].rule == "issuer"


def test_we_of_news_is_nobody():
    we = sentence([("We", "PRON", "PRP", "nsubj", 1), ("won", "VERB", "VBD", "ROOT", 1)])
    assert read(we, source="Voice of America") == ()


def test_we_in_a_quotation_is_the_speaker():
    rows = [
        ("“", "PUNCT", "``", "punct", 2),
        ("We", "PRON", "PRP", "nsubj", 2),
        ("refuse", "VERB", "VBP", "ccomp", 5),
        ("”", "PUNCT", "''", "punct", 5),
        ("Iran", "PROPN", "NNP", "nsubj", 5),
        ("said", "VERB", "VBD", "ROOT", 5),
    ]
    sent = sentence(rows, quotes=(Span(2, 11, "We refuse"),))
    we, iran = read(sent)
    assert sides(we) == sides(iran) == [("IRN", "GOV")]
    assert we.actors[0].rule == "speaker"


def test_both_sides_are_the_two_parties_named_last():
    first = sentence(
        [
            ("Eritrea", "PROPN", "NNP", "nsubj", 1),
            ("fought", "VERB", "VBD", "ROOT", 1),
            ("Ethiopia", "PROPN", "NNP", "dobj", 1),
            (".", "PUNCT", ".", "punct", 1),
        ]
    )
    second = sentence(
        [
            ("Both", "DET", "DT", "det", 1),
            ("sides", "NOUN", "NNS", "nsubj", 2),
            ("agreed", "VERB", "VBD", "ROOT", 2),
        ],
        index=1,
        start=len(first.text) + 1,
    )
    mention = read(first, second)[-1]
    assert mention.text == "Both sides"
    assert [actor.country for actor in mention.actors] == ["ERI", "ETH"]


def test_joint_statement_has_several_voices():
    text = "The following is a joint statement from Kenya, Ghana and the European Union ."
    words = [(w, "PROPN" if w[0].isupper() else "NOUN", "NNP", "dep", 0) for w in text.split()]
    opening = sentence(words)
    we = sentence(
        [("We", "PRON", "PRP", "nsubj", 1), ("condemn", "VERB", "VBP", "ROOT", 1)],
        index=1,
        start=len(text) + 1,
    )
    mention = read(opening, we, title="Joint Statement on Peace")[-1]
    assert [actor.country for actor in mention.actors] == ["KEN", "GHA", None]
    assert mention.actors[2].sector == "IGO"


def test_country_as_place_scores_low():
    rows = [
        ("Protests", "NOUN", "NNS", "nsubj", 1),
        ("erupted", "VERB", "VBD", "ROOT", 1),
        ("in", "ADP", "IN", "prep", 1),
        ("Kabul", "PROPN", "NNP", "pobj", 2),
    ]
    (kabul,) = read(sentence(rows))
    assert kabul.kind == "metonym" and kabul.score == 0.3
