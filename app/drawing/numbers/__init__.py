"""Numbers as tables and strips: data into shape, a visitor's own sequences, the values of a run."""
