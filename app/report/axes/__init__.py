"""What every axis of every tensor is called, and where its number comes from.

Sizes are Keras'. A rule only labels them: it gives each axis a name and an origin.
"""

from app.report.axes.inputs import name_input_axes
from app.report.axes.rules import name_axes

__all__ = ["name_axes", "name_input_axes"]
