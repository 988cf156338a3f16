"""The real model, run on data: only where its numbers are asked for."""
