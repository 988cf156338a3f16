"""What the code does not say: holes, assumptions, and inputs that were left out."""
