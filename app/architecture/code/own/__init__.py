"""Classes of the visitor's own, their layers and models among them."""
