from __future__ import annotations

from pathlib import Path

import pytest
from made_training import DATA, run_detente


@pytest.fixture(scope="session")
def trained(tmp_path_factory) -> Path:
    """A model of the example's five types; its folder is read, never written."""
    out = tmp_path_factory.mktemp("trained") / "five"
    done = run_detente("train", "--data", DATA, "--out", out)
    assert done.returncode == 0, done.stderr
    (out.parent / "said.txt").write_text(done.stdout + done.stderr)
    return out
