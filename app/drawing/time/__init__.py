"""The model unrolled along its timesteps: `unroll.py` places the strip, row by row."""
