from datetime import date

from detente.benchmarks import Missing, Sources
from detente.benchmarks.cases import golden_cases, petrarch_cases, rules_alone

from .conftest import FakeCoder, event, write_lines

THREAT = "The United States warned China on Monday that it would answer any attack on the island."
MEETING = "The presidents of Kenya and Tanzania met in Arusha on Monday and talked about trade."
QUIET = "The weather was fine on Monday and nobody in the city had any reason to complain."


def petrarch(sources, texts):
    rows = [
        {
            "id": text[:20],
            "date": "2008-08-04",
            "text": text,
            "expected": [{"source": s, "target": t, "code": c} for s, t, c in expected],
            "no_events": not expected,
            "judge": judge,
        }
        for text, expected, judge in texts
    ]
    write_lines(sources.file("bench/petrarch/cases.jsonl"), rows)


def test_petrarch_full_and_none(sources):
    both_ways = [("KEN", "TZA", "040"), ("TZA", "KEN", "040")]
    petrarch(
        sources,
        [
            (THREAT, [("USA", "CHN", "130")], "full"),
            (MEETING, both_ways, "full"),
            (THREAT + " Soon.", [("USA", "CHN", "130")], "actors"),
            (QUIET, [], "none"),
        ],
    )
    coder = FakeCoder(
        {
            THREAT: [event("THREATEN", ["USA"], ["CHN"], cameo="131")],
            MEETING: [event("CONSULT", ["KEN"], ["UGA"], cameo="04")],
        }
    )
    full, none = petrarch_cases(sources, coder)
    assert (full.shown, none.shown) == ("1 of 2", "1 of 1")
    assert full.data == none.data
    assert coder.seen[0].date == date(2008, 8, 4)


def test_a_case_that_was_rejected_is_not_right(sources):
    petrarch(sources, [(QUIET + " It is broken.", [], "none")])
    assert [row.shown for row in petrarch_cases(sources, FakeCoder())] == ["0 of 0", "0 of 1"]


def test_golden_cases_are_of_the_rules():
    assert rules_alone(FakeCoder()).settings.coder == "lexicon.v1"


def test_golden_cases(sources, monkeypatch):
    monkeypatch.setattr("detente.benchmarks.cases.rules_alone", lambda coder: coder)
    want = {"type": "THREATEN", "mode": None, "status": "asserted"}
    write_lines(
        sources.checkout / "tests/golden/events/threaten.jsonl",
        [
            {
                "text": THREAT,
                "expect": [want | {"actors": ["USA"], "recipients": ["CHN"]}],
                "why": "w",
            },
            {"text": QUIET, "expect": [], "forbid": [{"type": "AID"}], "date": "2020-02-02"},
        ],
    )
    coder = FakeCoder(
        {THREAT: [event("THREATEN", ["USA"], ["CHN"])], QUIET: [event("AID", ["USA"])]}
    )
    exact, events, types = golden_cases(sources, coder)
    assert exact.shown == "1 of 2"
    assert events.metrics == {"P": 0.5, "R": 1.0, "F1": 2 / 3}
    assert types.metrics == events.metrics
    assert [doc.date for doc in coder.seen] == [date(2024, 6, 1), date(2020, 2, 2)]


def test_without_cases(sources):
    assert isinstance(next(golden_cases(Sources(None, None), FakeCoder())), Missing)
    assert isinstance(next(golden_cases(sources, FakeCoder())), Missing)
    assert isinstance(next(petrarch_cases(sources, FakeCoder())), Missing)
