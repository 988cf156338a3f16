"""The model as boxes with the tensors between them; `shapes.py` places them."""
