"""detente: the open event coder for diplomacy and conflict."""

__version__ = "0.1.0"
