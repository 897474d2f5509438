"""The examples in docs/ontology.md run as they stand."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs" / "ontology.md"


def test_the_examples_run(tmp_path, monkeypatch):
    text = DOCS.read_text(encoding="utf-8")
    (own,) = re.findall(r"```yaml\n(.*?)```", text, re.S)
    assert own.startswith("# cyber.yaml\n")
    (tmp_path / "cyber.yaml").write_text(own, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    examples = re.findall(r"```python\n(.*?)```", text, re.S)
    assert len(examples) == 2
    for example in examples:
        exec(compile(example, str(DOCS), "exec"), {})


def test_the_counts_in_the_text():
    text = DOCS.read_text(encoding="utf-8")
    table = DOCS.parents[1] / "src/detente/data/ontology/cameo.tsv"
    rows = [line for line in table.read_text(encoding="utf-8").splitlines() if line[0].isdigit()]
    departures = [row for row in rows if row.split("\t")[-1].startswith("source ")]
    assert f"{len(rows)} CAMEO 1.1b3 codes" in text
    assert f"{len(departures)} rows of `cameo.tsv` depart" in text
