"""Arrays and data sets, of which only the shapes are known."""
