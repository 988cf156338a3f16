"""Python's statements, expressions, functions and values, as far as the reader understands them."""
