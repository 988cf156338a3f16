"""The inside of recurrent layers: the cell's wiring, weights and equations, and single units."""
