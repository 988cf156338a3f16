"""Programs for the people who work on Kerascope, not for the server."""
