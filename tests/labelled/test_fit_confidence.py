"""The weights of the confidence: what is counted as right, and what the fit makes of it."""

from __future__ import annotations

import msgspec
import pytest
from made_labels import document, event, meeting, party, threat

import fit_confidence
from calibration import Answer, calibration_error
from detente.config import CODERS
from detente.events.confidence import Scales, share


@pytest.fixture
def folder(write_set):
    other = document(id="found_1")
    write_set([document()], [event(), threat(), meeting()], name="dev-x")
    return write_set([other], [event(doc="found_1", id="found_1#0")], name="found-1")


def test_every_coded_event_of_the_part_is_a_row(folder):
    rows = list(fit_confidence.rows_of(folder, "dev"))
    assert len(rows) >= 2 * len(CODERS)
    assert {case for case, *_ in rows} <= {"rules", "both", "model"}
    assert sum(kind_right and dyad_right for _, _, kind_right, dyad_right in rows) >= 2
    assert all(kind_right or not dyad_right for _, _, kind_right, dyad_right in rows)


def test_the_same_type_with_other_parties_is_half_right(write_set):
    told = event(target=[party("Bolivia", "BOL")])
    rows = list(fit_confidence.rows_of(write_set([document()], [told], name="dev-x"), "dev"))
    assert [row[2:] for row in rows if row[2]] == [(True, False)] * len(CODERS)


def test_a_label_makes_one_event_right_and_no_more(write_set):
    text = "Peru accused Chile of spying, and Peru accused Togo of fraud."
    labels = [event(quote="Peru accused Chile of spying", target=[party("Chile", "CHL")])]
    folder = write_set([document(text=text, sents=[text])], labels, name="dev-x")
    rows = list(fit_confidence.rows_of(folder, "dev"))
    assert len(rows) >= 2 * len(CODERS)
    assert sum(row[2] for row in rows) == sum(row[3] for row in rows) == len(CODERS)


def made_rows(case="rules"):
    """Of the events with a noun for a predicate a fifth is right, of the others four fifths."""
    for number in range(200):
        noun = float(number % 2)
        right = (number // 2) % 5 < (1 if noun else 4)
        yield case, {"always": 1.0, "noun": noun, "converted": 0.0}, right, right and not noun


def test_weights_follow_what_was_right():
    rows = list(made_rows())
    weights = fit_confidence.fitted([row[1] for row in rows], [row[2] for row in rows])
    assert set(weights) == {"always", "noun"}  # what never varies tells nothing
    assert weights["noun"] < 0 < weights["always"]
    # The ridge pulls a little towards the mean.
    assert share(weights, {"always": 1.0, "noun": 0.0}) == pytest.approx(0.8, abs=0.05)
    assert share(weights, {"always": 1.0, "noun": 1.0}) == pytest.approx(0.2, abs=0.05)


def test_a_fact_that_tells_all_keeps_a_finite_weight():
    facts = [{"always": 1.0, "noun": float(n % 2)} for n in range(40)]
    weights = fit_confidence.fitted(facts, [fact["noun"] == 0 for fact in facts])
    assert all(abs(weight) < 10 for weight in weights.values())


def test_every_situation_has_weights_of_its_own():
    rows = [*made_rows(), *made_rows("model")]
    scales = fit_confidence.scales_of(rows, "dev")
    assert set(scales.type) == set(scales.event) == {"rules", "model"}
    assert "400 events" in scales.fitted_on
    assert scales.event["rules"]["noun"] < scales.type["rules"]["noun"]


@pytest.mark.parametrize(
    ("sure", "right", "error"),
    [([1.0, 0.0], [1, 0], 0), ([0.9, 0.9], [0, 1], 0.4), ([0.75] * 4, [1, 1, 1, 0], 0)],
)
def test_the_expected_error(sure, right, error):
    answers = [Answer("x", one, bool(good)) for one, good in zip(sure, right, strict=True)]
    assert calibration_error(answers) == pytest.approx(error)


def test_the_scales_are_written(folder, tmp_path, monkeypatch, capsys):
    out = tmp_path / "scales.json"
    monkeypatch.setattr("sys.argv", ["fit_confidence.py", str(folder), "--out", str(out)])
    assert fit_confidence.main() == 0
    scales = msgspec.json.decode(out.read_bytes(), type=Scales)
    assert scales.type.keys() == scales.event.keys() <= {"rules", "both", "model"}
    printed = capsys.readouterr().out
    assert "type: expected calibration error" in printed
    assert "event: expected calibration error" in printed
