"""The command line: a thin shell around ``detente.api``."""

from detente.cli.commands import app, main

__all__ = ["app", "main"]
