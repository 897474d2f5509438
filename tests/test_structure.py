"""The shape of the package: layers, sizes, names, documentation. No limit is loosened to fit."""

from __future__ import annotations

import ast
import inspect
import json
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import detente

PACKAGE = Path(detente.__file__).parent
ROOT = PACKAGE.parent.parent

# A line may import only from lines above it.
LAYERS = (
    "types",
    "entries",
    "errors",
    "config",
    "registry",
    "ontology",
    "reading",
    "language",
    "actors",
    "models",
    "events",
    "grounding",
    "output",
    "exchange",
    "stories",
    "pipeline",
    "workers",
    "ingest",
    "ledger",
    "training",
    "labelling",
    "api",
    "benchmarks",
    "cli",
)
MOST_MODULE_LINES = 600
MOST_FUNCTION_LINES = 80
P95_FUNCTION_LINES = 40
MOST_PARAMETERS = 6

# Names that say nothing about what a thing does.
EMPTY_NAMES = frozenset({"utils", "util", "helpers", "helper", "manager", "handle", "process"})
# Names that a library of somebody else calls us by.
GIVEN_NAMES = frozenset({"handle_request"})
# What only a command that needs it may load.
HEAVY = frozenset(
    "spacy numpy onnxruntime yaml msgspec rich cyclopts trafilatura lxml httpx2 pyarrow "
    "ahocorasick_rs py3langid charset_normalizer textual sqlalchemy alembic psycopg "
    "rensa feedparser protego fastwarc zstandard".split()
)
# A lead-in for the paths that only one machine has.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:home|root|work|mnt|Users|usr/local)/\w")
# Addresses of package indexes belong in a user's own configuration.
INDEX_HOSTS = re.compile(
    r"https?://[^\s\"'<>)]*/simple\b|--(?:extra-)?index-url|files\.pythonhosted"
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One source file, read once."""

    name: str
    path: Path
    lines: int
    tree: ast.Module

    @property
    def layer(self) -> str:
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else ""

    def functions(self) -> list[Function]:
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    def imports(self, nodes: Iterator[ast.AST] | None = None) -> Iterator[tuple[str, int]]:
        """Every module that is imported, with the line; by default also inside functions."""
        for node in nodes or ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.name}:{node.lineno}: relative import"
                base = node.module or ""
                for alias in node.names:
                    full = f"{base}.{alias.name}"
                    yield (full if full in names_of_modules() else base), node.lineno


@cache
def names_of_modules() -> frozenset[str]:
    return frozenset(_name(path) for path in PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> tuple[Module, ...]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.append(Module(_name(path), path, text.count("\n"), ast.parse(text)))
    return tuple(found)


def where(module: Module, node: ast.AST) -> str:
    return f"{module.path.relative_to(PACKAGE.parent)}:{getattr(node, 'lineno', 0)}"


# ------------------------------------------------------------------------------------------ layers


def test_every_module_belongs_to_a_layer():
    strangers = {module.layer for module in modules()} - {""} - set(LAYERS)
    assert not strangers, f"say where {strangers} stands in LAYERS"


def test_layers_import_downwards_only():
    wrong = []
    for module in modules():
        for name, line in module.imports():
            parts = name.split(".")
            if parts[0] != "detente" or len(parts) == 1 or not module.layer:
                continue
            if LAYERS.index(parts[1]) > LAYERS.index(module.layer):
                wrong.append(f"{module.name}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_types_and_errors_import_nothing_of_ours():
    for module in modules():
        if module.layer in ("types", "errors"):
            assert not [name for name, _ in module.imports() if name.startswith("detente")]


def test_no_import_cycle():
    """Counted over every import, also those inside functions."""
    graph = {
        module.name: {n for n, _ in module.imports() if n in names_of_modules()} - {module.name}
        for module in modules()
    }
    reached: dict[str, set[str]] = {}
    for start in graph:
        seen: set[str] = set()
        todo = list(graph[start])
        while todo:
            at = todo.pop()
            if at not in seen:
                seen.add(at)
                todo += graph[at]
        reached[start] = seen
    assert [name for name in graph if name in reached[name]] == []


def test_only_the_adapter_knows_spacy():
    users = {
        module.name
        for module in modules()
        for name, _ in module.imports()
        if name.split(".")[0] == "spacy"
    }
    mentioned = {
        module.name
        for module in modules()
        if re.search(
            r"import_module\([^)]*(?:spacy|en_core)|\"en_core_web", module.path.read_text()
        )
    }
    assert users | mentioned <= {"detente.language.syntax"}


def test_only_the_labelling_program_knows_textual():
    users = {
        module.name
        for module in modules()
        for name, _ in module.imports()
        if name.split(".")[0] == "textual"
    }
    assert users == {"detente.labelling.app", "detente.labelling.dialogs"}


@pytest.mark.parametrize("program", ["import detente", "import detente.types, detente.errors"])
def test_importing_is_light(program):
    code = f"import sys; {program}; print(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) & HEAVY == set()


def test_importing_reads_no_table():
    code = (
        "import sys, detente\nprint(*sorted(m for m in sys.modules if m.startswith('detente.')))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


# ------------------------------------------------------------------------------------------- sizes


def test_modules_are_short():
    long = [f"{m.name}: {m.lines}" for m in modules() if m.lines > MOST_MODULE_LINES]
    assert long == []


def _length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_short():
    lengths = [(_length(f), where(m, f), f.name) for m in modules() for f in m.functions()]
    assert [found for found in lengths if found[0] > MOST_FUNCTION_LINES] == []
    assert statistics.quantiles([n for n, _, _ in lengths], n=20)[-1] <= P95_FUNCTION_LINES


def test_functions_take_few_parameters():
    wrong = []
    for module in modules():
        for function in module.functions():
            given = function.args
            names = [a.arg for a in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
            if len([name for name in names if name not in ("self", "cls")]) > MOST_PARAMETERS:
                wrong.append(f"{where(module, function)} {function.name}")
    assert not wrong, "\n".join(wrong)


# ------------------------------------------------------------------------ names and documentation


def test_names_say_something():
    wrong = [m.name for m in modules() if EMPTY_NAMES & set(m.name.replace("_", ".").split("."))]
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, Function | ast.ClassDef):
                words = re.findall(r"[a-z]+", re.sub(r"([A-Z])", r"_\1", node.name).lower())
                if EMPTY_NAMES & set(words) and node.name not in GIVEN_NAMES:
                    wrong.append(f"{where(module, node)} {node.name}")
    assert not wrong, "\n".join(wrong)


def _public(module: Module) -> Iterator[Function | ast.ClassDef]:
    """Public classes and functions of a module, and the public methods of public classes."""
    for node in module.tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                for inner in node.body:
                    if isinstance(inner, Function) and not inner.name.startswith("_"):
                        yield inner


def test_public_names_are_documented():
    wrong = [f"{m.name}: module" for m in modules() if not ast.get_docstring(m.tree)]
    wrong += [
        f"{where(module, node)} {node.name}"
        for module in modules()
        for node in _public(module)
        if not ast.get_docstring(node)
    ]
    assert not wrong, "\n".join(wrong)


def test_functions_are_annotated():
    wrong = []
    for module in modules():
        for function in module.functions():
            given = function.args
            every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
            bare = [
                a.arg for a in every if a and a.annotation is None and a.arg not in ("self", "cls")
            ]
            if bare or function.returns is None:
                wrong.append(f"{where(module, function)} {function.name} {bare}")
    assert not wrong, "\n".join(wrong)


def test_every_public_class_is_in_the_glossary():
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    defined = set(re.findall(r"`([A-Z]\w+)`", glossary))
    public = {
        node.name
        for module in modules()
        for node in module.tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }
    missing = sorted(public - defined)
    assert not missing, f"not in GLOSSARY.md: {', '.join(missing)}"


def test_one_name_one_class():
    """One term, one meaning: two public classes never share a name."""
    found: dict[str, list[str]] = {}
    for module in modules():
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(module.name)
    wrong = [f"{name}: {', '.join(where)}" for name, where in found.items() if len(where) > 1]
    assert not wrong, "\n".join(wrong)


def test_records_between_stages_are_frozen():
    types = import_module("detente.types")
    for name, value in vars(types).items():
        if inspect.isclass(value) and value.__module__ == types.__name__ and is_dataclass(value):
            assert vars(value)["__dataclass_params__"].frozen, name
            assert "__slots__" in vars(value), name


def test_numbers_have_a_reason():
    """A number at module level has a comment above it or in its line."""
    wrong = []
    for module in modules():
        lines = module.path.read_text(encoding="utf-8").splitlines()
        for node in module.tree.body:
            if not isinstance(node, ast.Assign | ast.AnnAssign) or not _is_number(node.value):
                continue
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            name = ast.unparse(target)
            if name.startswith("EXIT_") or name == "SCHEMA_VERSION":
                continue  # names for values that are explained together
            if not _explained(lines, node.lineno - 1):
                wrong.append(f"{where(module, node)} {name}")
    assert not wrong, "\n".join(wrong)


def _is_number(value: ast.expr | None) -> bool:
    parts = value.elts if isinstance(value, ast.Tuple) else [value]
    return bool(parts) and all(
        isinstance(part, ast.Constant)
        and isinstance(part.value, int | float)
        and not isinstance(part.value, bool)
        for part in parts
    )


def _explained(lines: list[str], at: int) -> bool:
    """A comment in the line, or above it with nothing but other constants between."""
    if "#" in lines[at]:
        return True
    while at > 0 and re.match(r"_?[A-Z][A-Z0-9_]*\b", lines[at - 1]):
        at -= 1
    return at > 0 and lines[at - 1].lstrip().startswith("#")


# ------------------------------------------------------------------------------------------ habits


def test_no_print_and_no_global():
    wrong = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Global):
                wrong.append(f"{where(module, node)} global")
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id == "print":
                wrong.append(f"{where(module, node)} print")
    assert not wrong, "\n".join(wrong)


def test_only_the_pipeline_catches_everything():
    """One boundary: the document that a stage fails on."""
    broad = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ExceptHandler) and _catches_all(node):
                broad.append(module.name)
    assert broad == ["detente.pipeline"]


def _catches_all(node: ast.ExceptHandler) -> bool:
    names = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else set()
    return node.type is None or bool(names & {"Exception", "BaseException"})


def test_exceptions_to_the_checks_give_a_reason():
    """Every noqa and type: ignore names its code and says why, there or in the line above."""
    given = re.compile(r"(?:noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\])(?P<why>\s+[-#] \w.*)?$")
    wrong = []
    for module in modules():
        lines = module.path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            comment = re.search(r"# (?=noqa|type: ignore)", line)
            if comment is None:
                continue
            found = given.match(line, comment.end())
            above = number > 0 and lines[number - 1].lstrip().startswith("#")
            if found is None or not (found["why"] or above):
                wrong.append(
                    f"{module.path.relative_to(PACKAGE.parent)}:{number + 1} {line.strip()}"
                )
    assert not wrong, "\n".join(wrong)


# -------------------------------------------------------------------------------------- repository


def text_files() -> list[Path]:
    """What git tracks or would track, if this is a checkout; text only."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in listed.stdout.splitlines()]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:4096]]


def test_no_file_knows_a_machine_or_an_index():
    wrong = []
    for path in text_files():
        if path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if MACHINE_PATHS.search(line) or INDEX_HOSTS.search(line):
                wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not wrong, "\n".join(wrong)


def test_golden_cases_say_why_and_where_from():
    wrong = []
    for path in sorted((ROOT / "tests" / "golden").rglob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            case = json.loads(line)
            if not (case.get("why") and case.get("provenance")):
                wrong.append(f"{path.relative_to(ROOT)}:{number}")
    assert not wrong, "\n".join(wrong)


def test_the_licence_is_there():
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "CC BY" in (ROOT / "NOTICE").read_text(encoding="utf-8")
