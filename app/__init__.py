"""Kerascope: the shapes that flow through a Keras model, and the timesteps through its recurrent layers."""

__version__ = "0.1.0"
