"""Inside recurrent layers: the cell's wiring, weights and equations, and small layers unit by unit."""
