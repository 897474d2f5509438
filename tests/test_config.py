"""Settings from TOML, and the hash of those that change results."""

from __future__ import annotations

import pytest

from detente.config import Settings
from detente.errors import ConfigError


def test_settings_from_a_file(tmp_path):
    path = tmp_path / "detente.toml"
    path.write_text('jobs = 2\ndate = 2023-02-19\nlexicon = "mine.tsv"\n')
    settings = Settings.from_toml(path)
    assert settings.jobs == 2
    assert settings.date is not None and settings.date.isoformat() == "2023-02-19"
    assert settings.lexicon is not None and settings.lexicon.name == "mine.tsv"


@pytest.mark.parametrize("text, code", [("jobs = [", "D101"), ("colour = 1", "D102")])
def test_broken_files_say_what_is_wrong(tmp_path, text, code):
    path = tmp_path / "detente.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        Settings.from_toml(path)
    assert caught.value.code == code
    assert caught.value.remedy


def test_the_hash_is_of_content_not_of_place(tmp_path):
    for name, text in (("a", "one"), ("b", "one"), ("c", "two")):
        (tmp_path / name).write_text(text)
    a, b, c = (Settings(lexicon=tmp_path / name).digest() for name in "abc")
    assert a == b != c
    assert Settings(jobs=4).digest() == Settings().digest()


def test_an_unknown_coder_is_refused(tmp_path):
    path = tmp_path / "detente.toml"
    path.write_text('coder = "petrarch.v2"\n')
    with pytest.raises(ConfigError, match="no coder petrarch") as caught:
        Settings.from_toml(path)
    assert caught.value.code == "D103"
    path.write_text('coder = "lexicon.v1"\n')
    assert Settings.from_toml(path).coder == "lexicon.v1"
