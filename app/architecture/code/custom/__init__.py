"""Classes that the code defines: custom layers and models, and plain Python classes."""
