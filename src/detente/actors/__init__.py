"""Who acts: names, groups and pronouns of a document, resolved as of its date."""

from detente.actors.facts import City, Entry, Role, World, load_world
from detente.actors.matcher import Hit, may_have_actor, scan
from detente.actors.mentions import find_mentions

__all__ = [
    "City",
    "Entry",
    "Hit",
    "Role",
    "World",
    "find_mentions",
    "load_world",
    "may_have_actor",
    "scan",
]
