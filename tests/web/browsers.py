"""What a browser sends of itself."""

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
