"""Who acts: names, groups and pronouns of a document, resolved as of its date."""

from detente.actors.facts import City, Entry, Role, World, load_world
from detente.actors.matcher import Hit, may_have_actor, scan
from detente.actors.mentions import Cast, find_mentions, read_cast

__all__ = [
    "Cast",
    "City",
    "Entry",
    "Hit",
    "Role",
    "World",
    "find_mentions",
    "load_world",
    "may_have_actor",
    "read_cast",
    "scan",
]
