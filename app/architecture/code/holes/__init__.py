"""What the code does not say: holes, assumed numbers, and inputs that were left out."""
