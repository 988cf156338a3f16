"""Uploads: a file in a form is sent to a builder, which reads the model in it."""

import asyncio
import shutil
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, cast

from fastapi import Request, Response
from pydantic_core import from_json, to_json
from starlette.datastructures import UploadFile
from starlette.types import Message

from app.architecture import Question
from app.architecture.files import MAX_CONFIG_BYTES, read_file, read_text
from app.problems import BadRequest
from app.report.processes.pool import BuilderPool
from app.web.requests import StrictJsonRoute, is_form, name_visitor

FILE = "file"

OPTIONS: Mapping[str, Any] = {
    name: schema
    for name, schema in Question.model_json_schema()["properties"].items()
    if name not in ("code", "keras", "architecture")
}
"""What a question has besides the model; in a form, as JSON."""

FORM_LIMITS = {"max_files": 1, "max_fields": 1 + len(OPTIONS), "max_part_size": MAX_CONFIG_BYTES}
"""Texts are held in memory, files are not."""

SECONDS_TO_READ = 10
"""A file takes milliseconds, the longest some seconds; a damaged one must not take for ever."""

FORM: Mapping[str, Any] = {
    "schema": {
        "type": "object",
        "required": [FILE],
        "properties": {
            FILE: {
                "type": "string",
                "format": "binary",
                "description": "A `.keras`, `.h5` or `.json` file, of which the architecture alone is read, "
                "or a `.py` or `.ipynb` file, of which the code is.",
            },
            **OPTIONS,
        },
        "additionalProperties": False,
    }
}
"""The OpenAPI description of a form with a file."""

FIELDS = f"a file, named `{FILE}`, and may have " + ", ".join(f"`{name}`" for name in OPTIONS)


async def read_upload(request: Request, sent: UploadFile | str) -> Question:
    """The question in a file or a text. Raises what read_file and read_text raise, TooSlow, BuilderLost."""
    pool = cast(BuilderPool, request.app.state.pool)
    run = partial(pool.run, visitor=name_visitor(request), seconds=SECONDS_TO_READ)
    if isinstance(sent, str):
        return await run(read_text, sent)
    # A copy with a path, which can be passed to another process.
    with NamedTemporaryFile(prefix="kerascope-") as copy:
        await asyncio.to_thread(shutil.copyfileobj, sent.file, copy)
        copy.flush()
        return await run(read_file, Path(copy.name), sent.filename or "")


class UploadRoute(StrictJsonRoute):
    """A route that takes a question as JSON, or a form with a file that is read into a question."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler for JSON; a form is converted to JSON first."""
        handle = super().get_route_handler()

        async def handle_either(request: Request) -> Response:
            return await handle(await _as_json(request) if is_form(request.headers) else request)

        return handle_either


REPLACED = (b"content-type", b"content-length")


async def _as_json(request: Request) -> Request:
    async with request.form(**FORM_LIMITS) as form:
        if unknown := sorted(form.keys() - {FILE, *OPTIONS}):
            raise BadRequest(f"`{unknown[0]}` is not known here. A form has {FIELDS}.")
        if FILE not in form:
            raise BadRequest(f"`{FILE}` is missing. A form has {FIELDS}.")
        question = await read_upload(request, form[FILE])
        options = {name: _parse_option(form[name]) for name in OPTIONS if name in form}
    body = await asyncio.to_thread(_write_body, question, options)

    unread: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return unread.pop() if unread else await request.receive()

    headers = [(name, value) for name, value in request.scope["headers"] if name not in REPLACED]
    headers.append((b"content-type", b"application/json"))
    return Request({**request.scope, "headers": headers}, receive)


def _write_body(question: Question, options: Mapping[str, Any]) -> bytes:
    return to_json({**question.model_dump(mode="json", exclude_unset=True), **options})


def _parse_option(value: UploadFile | str) -> Any:
    """A number or an object; anything else is kept as it is, to be refused by validation."""
    try:
        return from_json(value) if isinstance(value, str) else None
    except ValueError:
        return value
