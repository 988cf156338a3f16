"""The README's commands do what it says that they do."""

import re
import shlex
from pathlib import Path

import httpx

README = Path(__file__).parents[2] / "README.md"


def test_every_curl_command_is_answered(client: httpx.Client) -> None:
    model, *commands = re.findall(r"^(?:MODEL=|curl ).*$", README.read_text(encoding="utf-8"), re.MULTILINE)
    (body,) = shlex.split(model.removeprefix("MODEL="))
    assert commands
    for command in commands:
        _, address, *options = shlex.split(command, comments=True)
        path = address.removeprefix("localhost:8000")
        headers = {"Content-Type": "application/json"}
        asks = "--json" in options
        response = client.post(path, content=body, headers=headers) if asks else client.get(path)
        assert response.is_success, (command, response.text)
