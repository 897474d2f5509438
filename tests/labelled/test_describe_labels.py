"""The lists that follow from the labels."""

from __future__ import annotations

from made_labels import document, event

import describe_labels


def test_counts_and_attribution(write_set, monkeypatch):
    folder = write_set([document(title="A | B", licence="CC BY 2.5")], [event()])
    monkeypatch.setattr("sys.argv", ["describe_labels.py", "--folder", str(folder)])
    assert describe_labels.main() == 0
    page = (folder / "README.md").read_text(encoding="utf-8")
    assert "| real-1 | 1 | 3 | 1 |" in page
    assert page.startswith(describe_labels.BEGIN)
    listed = (folder / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert "| made_1 | written | A \\| B | 2021-03-10 |" in listed
    monkeypatch.setattr("sys.argv", ["describe_labels.py", "--folder", str(folder), "--check"])
    assert describe_labels.main() == 0
    write_set([document()], [])
    assert describe_labels.main() == 1


def test_the_publisher_is_told_without_where_the_text_was_found():
    sets = describe_labels.read_sets(describe_labels.FOLDER)
    names = {describe_labels.publisher(doc) for docs in sets.values() for doc, _ in docs}
    assert not [name for name in names if "(" in name or "github" in name]
