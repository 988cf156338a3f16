"""How many numbers a layer learns, with the arithmetic.

The counts are always Keras', summed over the weights it made. The formula is ours, and is shown only if it
gives exactly Keras' count; otherwise the sizes of the weights are written as a sum.
"""

from app.report.parameters.count import count_parameters

__all__ = ["count_parameters"]
