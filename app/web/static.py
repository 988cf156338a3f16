"""Static files. One with a version in its name is cached for ever; others are revalidated."""

import re
from pathlib import Path
from typing import Any

from fastapi import Response
from starlette.staticfiles import StaticFiles

from app.web.caching import FOR_EVER

STATIC = Path(__file__).parents[2] / "static"
VERSION = re.compile(r"-\d+\.\d+(\.\d+)?[./]")


class VersionedFiles(StaticFiles):
    """Static files, each with the Cache-Control that its name allows."""

    def file_response(self, full_path: Any, *arguments: Any, **named: Any) -> Response:
        """The framework's response (200 or 304) with our Cache-Control."""
        response = super().file_response(full_path, *arguments, **named)
        for_ever = VERSION.search(str(Path(full_path).relative_to(STATIC)))
        response.headers["Cache-Control"] = FOR_EVER if for_ever else "no-cache"
        return response
