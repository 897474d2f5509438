"""One typed settings object, from options or from one TOML file; no globals."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from detente.errors import ConfigError

# A page of news is under 2 MB of HTML; 20 MB lets long reports through and stops a disk image.
MAX_BYTES = 20_000_000
# Half a minute is longer than any news server that will answer at all needs.
TIMEOUT_SECONDS = 30.0
# A sentence this long is a table or a list; parsers are quadratic in it (in tokens).
MAX_SENTENCE_TOKENS = 200

# Rules and model; rules alone.
CoderName = Literal["blend.v2", "lexicon.v1"]
RULES_ALONE = "lexicon.v1"
CODERS: tuple[str, ...] = get_args(CoderName)
# What a trained model is made of, in its folder.
MODEL_FILES = ("card.json", "head.npz")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a run may vary. Paths name files of the user's that stand beside ours.

    ``date`` overrides every document's own date. ``allow_private`` lets URLs on private or
    loopback addresses through. ``jobs`` is the number of worker processes. ``coder`` is
    "blend.v2" (rules and model, also where it is None) or "lexicon.v1" (rules alone). ``model`` is
    a folder that ``detente train`` wrote; it takes the place of the shipped model. Events with a
    lower confidence than ``min_confidence`` are left out and counted. ``none_share`` tells
    ``classify`` how many of its pairs have nothing between them (None: half).
    """

    ontology: Path | None = None
    lexicon: Path | None = None
    actors: Path | None = None
    date: date | None = None
    allow_private: bool = False
    timeout_seconds: float = TIMEOUT_SECONDS
    max_bytes: int = MAX_BYTES
    max_sentence_tokens: int = MAX_SENTENCE_TOKENS
    jobs: int = 1
    coder: str | None = None
    model: Path | None = None
    min_confidence: float = 0.0
    none_share: float | None = None

    def __post_init__(self) -> None:
        """Refuse what no run could go on with.

        Raises: ConfigError: no such coder (D103), rules alone with a model (D104), or a confidence
            or a share of NONE that is none (D106).
        """
        if self.coder not in (None, *CODERS):
            raise ConfigError("D103", f"no coder {self.coder}", f"Known: {', '.join(CODERS)}.")
        if self.model is not None and self.coder == RULES_ALONE:
            raise ConfigError(
                "D104",
                f"{RULES_ALONE} is rules alone and asks no model",
                "Leave out either --coder or --model.",
            )
        if self.none_share is not None and not 0 <= self.none_share < 1:
            raise ConfigError(
                "D106",
                f"no share of NONE: {self.none_share}",
                "It is a number from 0 to under 1; 0 means that every pair has an event.",
            )
        if not 0 <= self.min_confidence <= 1:
            raise ConfigError(
                "D106", f"no confidence: {self.min_confidence}", "It is a share from 0 to 1."
            )

    @classmethod
    def from_toml(cls, path: Path) -> Settings:
        """Read settings from a TOML file.

        Raises: ConfigError: the file is missing or broken (D101), or has an unknown key (D102).
        """
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(
                "D101", f"cannot read settings {path}: {error}", "Check the path and the TOML."
            ) from error
        known = {field.name for field in fields(cls)}
        unknown = sorted(set(table) - known)
        if unknown:
            raise ConfigError(
                "D102",
                f"{path}: unknown setting {', '.join(unknown)}",
                f"Known settings: {', '.join(sorted(known))}.",
            )
        return cls(**{key: _typed(key, value) for key, value in table.items()})

    def digest(self) -> str:
        """Hash the settings that can change results: 8 hex digits.

        Paths count by the content of their file, so the same tables in another folder agree.
        """
        parts = []
        for name in ("ontology", "lexicon", "actors"):
            path = getattr(self, name)
            if path is not None:
                parts.append(f"{name}={_content_hash(_files_of(path))}")
        if self.model is not None:
            # What else lies in the folder, as the report, changes no result.
            used = [self.model / name for name in MODEL_FILES]
            parts.append(f"model={_content_hash(path for path in used if path.is_file())}")
        parts.append(f"max_sentence_tokens={self.max_sentence_tokens}")
        return hashlib.sha256(";".join(parts).encode()).hexdigest()[:8]


def _files_of(path: Path) -> list[Path]:
    """The file, or every file of a folder in order."""
    return sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]


def _content_hash(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _typed(key: str, value: Any) -> Any:  # noqa: ANN401 - TOML values are of any type
    return Path(value) if key in ("ontology", "lexicon", "actors", "model") else value
