"""Running the real model on data; only done when its numbers are asked for."""
