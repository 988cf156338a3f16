"""The parts of `write.py`: how values, names and layers stand in source."""
