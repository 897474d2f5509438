"""What a console line of the documents prints."""

import io
import os
import sys
from contextlib import redirect_stdout
from shlex import split

from detente.cli import main


def printed_by(command: str) -> str:
    """Run a console line in this process, 100 columns wide and without colour."""
    given, _, line = command.rpartition(" | ")
    arguments = split(line)
    assert arguments[0] == "detente"
    stdin, out = sys.stdin, io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    kept = {name: os.environ.get(name) for name in ("COLUMNS", "NO_COLOR")}
    os.environ.update(COLUMNS="100", NO_COLOR="1")
    try:
        sys.stdin = io.TextIOWrapper(io.BytesIO(given.removeprefix("echo ").strip("'").encode()))
        with redirect_stdout(out):
            assert main(arguments[1:]) == 0
    finally:
        sys.stdin = stdin
        for name, value in kept.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
    out.flush()
    text = out.buffer.getvalue().decode()
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())
