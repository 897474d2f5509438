"""The command `train`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from detente.cli.options import Given, settings_from
from detente.cli.reporting import Tally, stderr_console, stdout_console

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID


def train(
    *,
    data: Path,
    out: Path,
    lexicon: Path | None = None,
    ontology: Path | None = None,
    settings: Path | None = None,
) -> int:
    """Train a model of your own on labelled pairs, for --model. Can be stopped and started again.

    Args:
        data: JSONL of {text, source: [start, end], target: [start, end] or null, type}; the type
            is any name, or NONE where there is nothing between the two.
        out: Folder for the model and its report; a model that lies there is replaced at the end.
        lexicon: Lexicon rows of your own (TSV), beside ours.
        ontology: An ontology of your own (YAML), if your lexicon rows need it.
        settings: TOML file of settings; options given here come first.
    """
    # Before numpy is loaded. The matrices are small: threads of BLAS would mostly wait for each
    # other, and where others use the processor too, seven times as long as one alone takes.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from detente import api

    given = Given(lexicon=lexicon, ontology=ontology, settings=settings)
    screen = _Screen(stderr_console())
    with screen.shown():
        made = api.train(data, out, settings=settings_from(given), watch=screen)
    tally = Tally("row")
    tally.done = made.rows
    list(tally.watch(made.rejected))
    for warning in made.warnings:
        screen.note(f"Note: {warning}")
    score = "-" if made.macro_f1 is None else f"{made.macro_f1:.3f}"
    stdout_console().print(
        f"Model {made.name} in {made.folder}, from {made.rows:,} rows.\n"
        f"Held out: macro-F1 {score}, calibration error {made.calibration_error:.3f}. "
        f"More in {made.folder / 'report.md'}.",
        markup=False,
        soft_wrap=True,
    )
    return tally.finish()


class _Screen:
    """Shows how far a training is, on standard error; a bar only where that is a terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show a bar while the block runs; on Ctrl-C say how to go on."""
        try:
            if not self._console.is_terminal:
                yield
                return
            with _bar(self._console) as self._progress:
                yield
        except KeyboardInterrupt:
            self.note("Interrupted. What was read is kept: the same command goes on from there.")
            raise
        finally:
            self._progress = None

    def note(self, words: str) -> None:
        """Say something above the bar."""
        from detente.output.palette import safe

        self._console.print(safe(words), markup=False, soft_wrap=True)

    def step(self, stage: str, done: int, total: int) -> None:
        """Move the bar of a stage."""
        if self._progress is None:
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)


def _bar(console: Console) -> Progress:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class RateColumn(ProgressColumn):
        """So many a second."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text("" if speed is None else f"{speed:.0f} a second")

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=console)
