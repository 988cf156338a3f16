"""Whole files: pictures on a sheet or a card, and the report as text. `FORMATS` lists them."""
