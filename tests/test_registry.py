import json
import subprocess
import sys
from pathlib import Path

import pytest

from detente import registry
from detente.errors import RegistryError
from detente.ontology import load_ontology

PINNED = Path(__file__).parent / "registry.json"


@pytest.fixture
def outsider(tmp_path, monkeypatch):
    """A package somebody else wrote, installed beside us: module, metadata, entry points."""

    def install(entry_points: str, name: str = "outsider") -> None:
        (tmp_path / f"{name}.py").write_text("def build_coder():\n    return 'coded'\n")
        info = tmp_path / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(entry_points)

    monkeypatch.syspath_prepend(tmp_path)
    yield install
    sys.modules.pop("outsider", None)


def test_contents_are_pinned():
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))
    assert registry.contents() == pinned, "a name was added or changed: update tests/registry.json"


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind, known in registry.contents().items() for name in known],
)
def test_everything_registered_imports(kind, name):
    assert callable(registry.component(kind, name))


def test_a_component_is_what_it_says():
    assert registry.component("ontologies", "plover.2021") is load_ontology


def test_a_miss_lists_what_exists():
    with pytest.raises(RegistryError, match=r"plover\.2021") as caught:
        registry.component("ontologies", "plover.1066")
    assert caught.value.code == "D601"


def test_an_unknown_kind_lists_the_kinds():
    with pytest.raises(RegistryError, match="exporters") as caught:
        registry.component("gadgets", "plover.2021")
    assert caught.value.code == "D601"


def test_an_outsider_is_found(outsider):
    outsider("[detente.coders]\nmy-coder.v1 = outsider:build_coder\n")
    assert "my-coder.v1" in registry.names("coders")
    assert registry.component("coders", "my-coder.v1")() == "coded"
    assert "my-coder.v1" not in registry.contents()["coders"]


@pytest.mark.parametrize(
    ("entry_points", "kind", "code"),
    [
        ("[detente.coders]\nmy-coder = outsider:build_coder\n", "coders", "D603"),
        ("[detente.ontologies]\nplover.2021 = outsider:build_coder\n", "ontologies", "D602"),
        ("[detente.coders]\nmy-coder.v1 = outsider:absent\n", "coders", "D604"),
        ("[detente.coders]\nmy-coder.v1 = absent_package:build\n", "coders", "D604"),
    ],
)
def test_an_outsider_that_cannot_be_used(outsider, entry_points, kind, code):
    outsider(entry_points)
    with pytest.raises(RegistryError) as caught:
        registry.component(kind, "my-coder.v1")
    assert caught.value.code == code


def test_two_outsiders_of_one_name(outsider):
    outsider("[detente.coders]\nmy-coder.v1 = outsider:build_coder\n")
    outsider("[detente.coders]\nmy-coder.v1 = rival:build_coder\n", "rival")
    with pytest.raises(RegistryError) as caught:
        registry.names("coders")
    assert caught.value.code == "D602"


def test_importing_the_registry_loads_no_component():
    program = (
        "import sys, detente.registry as registry; registry.contents();"
        "print([m for m in sys.modules if m.startswith('detente.')])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert set(eval(run.stdout)) == {"detente.registry", "detente.errors"}
