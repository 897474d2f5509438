"""What goes to standard error: progress, what was left out, errors, how far it got."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from detente.errors import DetenteError
from detente.types import Coded, Quotes, Rejection

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

T = TypeVar("T")

# Rejections shown in full for each code; the rest is only counted.
SHOWN_PER_CODE = 3

EXIT_FINE = 0
EXIT_SOME_REJECTED = 1
EXIT_ERROR = 2
EXIT_NOTHING_READ = 3
EXIT_INTERRUPTED = 130


class Tally:
    """Counts what passes through a run and reports it.

    Args:
        noun: what is counted, e.g. "document".
        out: the file that is written, if any.
    """

    def __init__(self, noun: str, out: Path | None = None) -> None:
        self.noun = noun
        self.out = out
        self.done = 0
        self.events = 0
        self.quotations = 0
        self.left_out = 0
        self.dated = 0
        self.codes: Counter[str] = Counter()
        self.examples: dict[str, list[Rejection]] = {}
        self._progress: Progress | None = None

    @property
    def rejected(self) -> int:
        """How many inputs were left out."""
        return self.codes.total()

    def watch(self, items: Iterable[T | Rejection]) -> Iterator[T]:
        """Pass on what was done and keep what was rejected."""
        for item in items:
            if isinstance(item, Rejection):
                self.codes[item.code] += 1
                examples = self.examples.setdefault(item.code, [])
                if len(examples) < SHOWN_PER_CODE:
                    examples.append(item)
                self._advance()
                continue
            if isinstance(item, Coded):
                self.events += len(item.events)
                self.left_out += item.left_out
                self.dated += item.document.date is not None
            elif isinstance(item, Quotes):
                self.quotations += len(item.quotations)
            # Counted once its results are written: that is when the next one is asked for.
            yield item
            self.done += 1
            self._advance()

    @contextmanager
    def running(self, *, quiet: bool) -> Iterator[None]:
        """Show progress while the block runs; on Ctrl-C say how far it got.

        Args:
            quiet: no progress, because the results themselves go to the terminal.
        """
        console = stderr_console()
        if quiet or not console.is_terminal:
            with self._telling_interruption(console):
                yield
            return
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with (
            self._telling_interruption(console),
            Progress(*columns, console=console, transient=True) as self._progress,
        ):
            self._progress.add_task("loading ...", total=None)
            yield
        self._progress = None

    def exit_code(self) -> int:
        """Return 0 if all was done, 1 if some input was rejected, 3 if nothing could be read."""
        if not self.done:
            return EXIT_NOTHING_READ
        return EXIT_SOME_REJECTED if self.rejected else EXIT_FINE

    def finish(self) -> int:
        """Report what was left out and return the exit code."""
        console = stderr_console()
        if self.rejected:
            _tell_rejections(self, console)
        elif not self.done:
            _tell(console, f"There is nothing to read: no {self.noun} was found.")
        return self.exit_code()

    def note_left_out(self) -> None:
        """Say how many events were below the confidence that was asked for."""
        if self.left_out:
            what = _counted(self.left_out, "event")
            _tell(stderr_console(), f"{what} below the confidence asked for were left out.")

    def note_missing_dates(self) -> None:
        """Say, once, that no document had a date and what that means."""
        if self.done and not self.dated:
            _tell(
                stderr_console(),
                "No document has a date, so relative dates (“on Saturday”) stay unresolved. "
                "--date YYYY-MM-DD sets it.",
            )

    @contextmanager
    def _telling_interruption(self, console: Console) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            lost = f" {self.out} was not written." if self.out else ""
            _tell(console, f"Interrupted after {_counted(self.done, self.noun)}.{lost}")
            raise

    def _advance(self) -> None:
        if self._progress is None:
            return
        facts = [_counted(self.done, self.noun)]
        if self.events:
            facts.append(_counted(self.events, "event"))
        if self.quotations:
            facts.append(_counted(self.quotations, "quotation"))
        if self.rejected:
            facts.append(f"{self.rejected:,} rejected")
        self._progress.update(self._progress.task_ids[0], description=" · ".join(facts))


def stderr_console() -> Console:
    """Return a console on standard error."""
    return _console(stderr=True)


def stdout_console() -> Console:
    """Return a console on standard output; plain when it is piped or NO_COLOR is set."""
    return _console(stderr=False)


def tell_error(error: DetenteError) -> None:
    """Print an error: the problem, its code, what to do."""
    console = stderr_console()
    _tell(console, f"Error {error.code}: {error.problem}")
    _tell(console, error.remedy)


def _console(*, stderr: bool) -> Console:
    from rich.console import Console

    class PipeConsole(Console):
        """A console that leaves a broken pipe to ``main``."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    # rich's own NO_COLOR keeps bold and underline; "plain" means no escape codes at all.
    plain = bool(os.environ.get("NO_COLOR"))
    return PipeConsole(
        file=sys.stderr if stderr else sys.stdout,
        color_system=None if plain else "auto",
        highlight=False,
        emoji=False,
    )


def _tell_rejections(tally: Tally, console: Console) -> None:
    total = tally.done + tally.rejected
    noun = tally.noun if total == 1 else f"{tally.noun}s"
    verb = "was" if tally.rejected == 1 else "were"
    _tell(console, f"{tally.rejected:,} of {total:,} {noun} {verb} left out:")
    for code, count in tally.codes.most_common():
        examples = tally.examples[code]
        for rejection in examples:
            line = "" if rejection.line is None else f":{rejection.line}"
            _tell(console, f"  {code}  {rejection.where}{line}: {rejection.reason}")
        if count > len(examples):
            _tell(console, f"  {code}  and {count - len(examples):,} more")


def _tell(console: Console, message: str) -> None:
    from detente.output.palette import safe

    # soft_wrap: paths and line numbers stay whole for those who copy or grep them.
    console.print(safe(message), markup=False, soft_wrap=True)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
