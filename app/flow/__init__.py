"""How data moves through time."""

from app.flow.model import Flow, Lane
from app.flow.trace import trace_flow

__all__ = ["Flow", "Lane", "trace_flow"]
