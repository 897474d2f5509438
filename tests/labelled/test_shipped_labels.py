"""The labels of the repository are as the guide and their datasheet say."""

from __future__ import annotations

import pytest

import check_labels
import describe_labels
from check_labels import Inventory
from detente.actors import load_world
from detente.ontology import load_ontology


@pytest.mark.parametrize("folder", [".", "second"])
def test_the_validator_finds_no_error(folder):
    inventory = Inventory(load_ontology(), frozenset(load_world().countries))
    found = check_labels.check_folder(describe_labels.FOLDER / folder, inventory)
    assert [one for one in found if one.is_error] == []


def test_attribution_and_counts_are_up_to_date(monkeypatch):
    monkeypatch.setattr("sys.argv", ["describe_labels.py", "--check"])
    assert describe_labels.main() == 0, "run scripts/describe_labels.py"
