"""Options that several commands share, and the settings they make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter, validators

from detente.config import CoderName, Settings
from detente.errors import ConfigError

Format = Literal["table", "jsonl", "csv", "parquet"]
QuoteFormat = Literal["table", "jsonl", "csv"]

# A lone "-" means standard input; cyclopts would take it for an option.
SourceArgument = Annotated[
    str, Parameter(name="SOURCE", required=True, allow_leading_hyphen=True, negative=())
]


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the user gave on the command line; None where nothing was given."""

    date: str | None = None
    """Publication date for every document, e.g. 2023-02-19; relative dates count from it."""

    jobs: Annotated[int | None, Parameter(validator=validators.Number(gte=1))] = None
    """Worker processes. [default: 1]"""

    actors: Path | None = None
    """Table of actors of your own (TSV), beside ours."""

    lexicon: Path | None = None
    """Lexicon rows of your own (TSV), beside ours."""

    ontology: Path | None = None
    """Another ontology (YAML) than PLOVER."""

    coder: CoderName | None = None
    """blend.v2 is rules and model, lexicon.v1 rules alone: twice as fast, finds less, and every
    code has a row of a table behind it. [default: blend.v2]"""

    model: Path | None = None
    """Folder of a model of your own, made by `detente train`; takes the place of ours."""

    min_confidence: Annotated[
        float | None, Parameter(validator=validators.Number(gte=0, lte=1))
    ] = None
    """Leave out events with a lower confidence than this; docs/accuracy.md shows what is left.
    [default: 0]"""

    allow_private: Annotated[bool, Parameter(negative=())] = False
    """Fetch URLs on private and loopback addresses too."""

    settings: Path | None = None
    """TOML file of settings; options given here come first."""


NOTHING_GIVEN = Given()


def settings_from(given: Given) -> Settings:
    """Lay the options over the settings file, or over the defaults.

    Raises:
        ConfigError: the file is wrong (D101, D102) or the date is not one (D110).
    """
    base = Settings() if given.settings is None else Settings.from_toml(given.settings)
    chosen: dict[str, Any] = {
        "jobs": given.jobs,
        "actors": given.actors,
        "lexicon": given.lexicon,
        "ontology": given.ontology,
        "coder": given.coder,
        "min_confidence": given.min_confidence,
        "model": given.model,
        "allow_private": given.allow_private or None,
    }
    if given.date is not None:
        from detente.reading.dates import parse_date

        chosen["date"] = parse_date(given.date)
    return replace(base, **{name: value for name, value in chosen.items() if value is not None})


def checked_sources(sources: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse what looks like an option: a mistyped one is not a file.

    Raises:
        ConfigError: an unknown option (D122).
    """
    for source in sources:
        if source.startswith("-") and source != "-":
            raise ConfigError(
                "D122",
                f"no option {source}",
                f"See `detente --help`; a file of that name is written ./{source}.",
            )
    return sources
