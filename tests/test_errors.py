"""The error tree, and that every code in the source belongs to the class that raises it."""

import ast
import inspect
import re
from pathlib import Path

import pytest

from detente import errors

SOURCE = Path(errors.__file__).parent
CLASSES = {
    name: each
    for name, each in vars(errors).items()
    if inspect.isclass(each) and issubclass(each, errors.DetenteError)
}
PATTERNS = {
    "ConfigError": r"D1\d\d",
    "DataError": r"D2[04-9]\d",
    "OntologyError": r"D21\d",
    "LexiconError": r"D22\d",
    "FactsError": r"D23\d",
    "ReadingError": r"D3\d\d",
    "LanguageError": r"D4\d\d",
    "OutputError": r"D5\d\d",
    "RegistryError": r"D6\d\d",
    "StoreError": r"D7\d\d",
}


def test_the_tree():
    parents = {name: each.__base__.__name__ for name, each in CLASSES.items()}
    assert parents == {
        "DetenteError": "Exception",
        "ConfigError": "DetenteError",
        "DataError": "DetenteError",
        "OntologyError": "DataError",
        "LexiconError": "DataError",
        "FactsError": "DataError",
        "ReadingError": "DetenteError",
        "LanguageError": "DetenteError",
        "OutputError": "DetenteError",
        "RegistryError": "DetenteError",
        "StoreError": "DetenteError",
    }


def test_the_docstring_draws_the_tree():
    assert errors.__doc__ is not None
    for name in CLASSES:
        assert re.search(rf"\b{name}\b", errors.__doc__)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_an_error_says_what_and_what_to_do(name):
    error = CLASSES[name]("D301", "cannot open x.txt", "Check the path.")
    assert str(error) == "cannot open x.txt [D301] Check the path."
    assert (error.code, error.problem) == ("D301", "cannot open x.txt")
    assert error.remedy == "Check the path."


def raised(path: Path) -> list[tuple[str, str, int]]:
    """Class, code and line of every error of ours that a module makes with a literal code."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return [
        (call.func.id, call.args[0].value, call.lineno)
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in CLASSES
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]


def test_codes_fit_their_class():
    wrong = [
        f"{path.name}:{line}: {name} {code}"
        for path in sorted(SOURCE.rglob("*.py"))
        for name, code, line in raised(path)
        if not re.fullmatch(PATTERNS.get(name, "never raised itself"), code)
    ]
    assert wrong == []
