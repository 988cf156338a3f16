"""Parts of `write.py`: how values, names and layer constructors are written as source."""
