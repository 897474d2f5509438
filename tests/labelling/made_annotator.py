"""What the annotator of these tests knows of the world."""

from __future__ import annotations

from detente.labelling.draft import Who

COUNTRIES = {"PER": "Peru", "CHL": "Chile", "BOL": "Bolivia", "COG": "Congo (Brazzaville)"}


def who_of(doc, sent, span):
    """Knows countries by their names only."""
    words = doc.sents[sent][slice(*span)]
    return tuple(Who(code, "GOV") for code, name in COUNTRIES.items() if name == words)
