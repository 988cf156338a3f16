"""How data moves through time."""

from app.flow.model import Flow, Lane, TracedReport
from app.flow.trace import follow_sequences, trace_flow

__all__ = ["Flow", "Lane", "TracedReport", "follow_sequences", "trace_flow"]
