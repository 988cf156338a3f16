"""Arrays and datasets in the code. Only their shapes are known."""
