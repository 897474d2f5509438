"""The commands `label` and `label report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from detente.cli.options import NOTHING_GIVEN, Given, settings_from
from detente.cli.reporting import EXIT_FINE, Tally, stdout_console

labelling = App(
    name="label",
    help="Label the events of documents by hand, and compare two annotators.",
    help_format="plaintext",
    usage="Usage: detente label FILE --annotator NAME [OPTIONS]\n"
    "       detente label report FILE [ANNOTATOR ANNOTATOR]",
    help_epilogue="""Examples:
  detente label news.docs.jsonl --annotator ana
  detente label article.txt --annotator ana --date 2023-02-19 --suggest
  detente label report news.docs.jsonl ana ben""",
)


@labelling.default
def label(
    source: Annotated[Path, Parameter(name="FILE")],
    /,
    *,
    annotator: str,
    out: Path | None = None,
    suggest: Annotated[bool, Parameter(negative=())] = False,
    given: Given = NOTHING_GIVEN,
) -> int:
    """Label the events of documents in the terminal. Saves after every change; ? shows the keys.

    Args:
        source: NAME.docs.jsonl, or documents as `detente code` takes them.
        annotator: Your name, for the files: NAME.ANNOTATOR.gold.jsonl beside FILE.
        out: File of events instead of that one.
        suggest: Begin from what `detente code` finds; without it you label blind.
        given: Shared options.
    """
    from detente import api

    settings = settings_from(given)
    found = api.label(source, annotator, out=out, suggest=suggest, settings=settings)
    tally = Tally("document")
    tally.done = found.documents
    list(tally.watch(found.rejected))
    stdout_console().print(
        f"{found.events} events, {found.done} of {found.sentences} sentences done, "
        f"saved in {found.file}",
        markup=False,
        soft_wrap=True,
    )
    return tally.finish()


@labelling.command(
    usage="Usage: detente label report FILE [ANNOTATOR ANNOTATOR]",
    help_epilogue="""Example:
  detente label report news.docs.jsonl ana ben""",
)
def report(
    source: Annotated[Path, Parameter(name="FILE")],
    /,
    *annotators: Annotated[str, Parameter(name="ANNOTATOR")],
) -> int:
    """Compare two annotators: F1 and kappas over the sentences both have done, and differences.

    Args:
        source: The file that both labelled.
        annotators: The two; may be left out where exactly two have labelled it.
    """
    from detente import api
    from detente.output.palette import safe

    for line in api.compare_labels(source, *annotators).lines():
        stdout_console().print(safe(line), markup=False, soft_wrap=True)
    return EXIT_FINE
