"""What a layer computes, and what it leaves behind: numbers with the arithmetic that gives them."""
