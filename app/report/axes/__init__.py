"""The name of every axis of every tensor, and where its size comes from.

The sizes are Keras'. A rule only labels them: it gives each axis a name and an origin.
"""

from app.report.axes.inputs import name_input_axes
from app.report.axes.rules import name_axes

__all__ = ["name_axes", "name_input_axes"]
