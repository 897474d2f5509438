"""Events -> Events with date, background and place (docs/adr/0004)."""

from detente.grounding.expressions import TimeExpression
from detente.grounding.when import date_event, find_times

__all__ = ["TimeExpression", "date_event", "find_times"]
