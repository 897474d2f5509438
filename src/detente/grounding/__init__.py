"""Events -> Events with date, background and place (docs/adr/0004)."""

from detente.grounding.expressions import TimeExpression
from detente.grounding.ground import ground
from detente.grounding.when import date_event, find_times
from detente.grounding.where import place_event

__all__ = ["TimeExpression", "date_event", "find_times", "ground", "place_event"]
