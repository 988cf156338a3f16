"""Layers, operations and models: constructing them, and calling them on tensors."""
