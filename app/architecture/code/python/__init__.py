"""Python itself: what its statements, expressions, functions and values do, as far as they are understood."""
