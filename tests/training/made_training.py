"""A training on the example of the tutorial, in a process of its own as users run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "five-types"
DATA, ONTOLOGY = EXAMPLE / "labelled.jsonl", EXAMPLE / "ontology.yaml"
FIVE = {"TALK", "HELP", "OPPOSE", "PRESS", "FIGHT"}
# The second chunk kills the process, as a power cut would.
KILLED = """
import os, signal
from detente.training import states
read, calls = states.StateReader.read, []
def die(self, queries):
    calls.append(1)
    if len(calls) > 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return read(self, queries)
states.StateReader.read = die
"""


def run_detente(*tokens: object, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command line in a fresh process, with some Python before it."""
    program = f"import sys\n{before}\nfrom detente.cli import main\nsys.exit(main())\n"
    # One thread: other tests of the run use the processor too.
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, tokens)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "COLUMNS": "100"},
    )


def example_rows() -> list[dict[str, object]]:
    """The rows of the example."""
    return [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
