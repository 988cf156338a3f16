"""The pages and the REST interface."""
