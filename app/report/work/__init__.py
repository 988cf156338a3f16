"""Work: what a layer computes and how much output it leaves, as numbers with their arithmetic."""
