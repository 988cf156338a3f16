"""How data moves through time.

- Lanes: `model` (Flow and Lane), `trace`, `walk`, `course` (of one layer), `compose` (of a nested model).
- Timesteps: `sizes`, `fold`, `skipping`.
- Runs on data: `entries`, `feeding`, `padded`, `masks`, `masked`, `values`, `valued`, `refusals`.
"""

from app.flow.model import Flow, Lane, TracedReport
from app.flow.trace import follow_sequences, trace_flow

__all__ = ["Flow", "Lane", "TracedReport", "follow_sequences", "trace_flow"]
