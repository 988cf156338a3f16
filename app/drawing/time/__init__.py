"""The model unrolled along its timesteps; `unroll.py` places it row by row."""
