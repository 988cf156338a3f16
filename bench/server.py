"""A real server on a free port, as `make run` starts it, and a client that keeps its connection."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx

POLL = 0.005
PATIENCE = 180.0


class Server:
    """One running server."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, started: float) -> None:
        self.process = process
        self.pid = process.pid
        self.port = port
        self.started = started
        self.address = f"http://127.0.0.1:{port}"
        self.client = httpx.Client(base_url=self.address, timeout=PATIENCE)

    def wait_for(self, path: str) -> httpx.Response:
        """Ask until the path is answered with 200."""
        while time.perf_counter() - self.started < PATIENCE:
            try:
                response = self.client.get(path)
            except httpx.ConnectError:
                response = None
            if response is not None and response.status_code == 200:
                return response
            if self.process.poll() is not None:
                raise RuntimeError("The server ended by itself.")
            time.sleep(POLL)
        raise TimeoutError(f"{path} was not answered within {PATIENCE:g} s")

    def report(self, code: str) -> dict[str, Any]:
        """The report on this source. Raises httpx.HTTPStatusError for anything but 200."""
        answer: dict[str, Any] = self.post(code).raise_for_status().json()
        return answer

    def post(self, code: str) -> httpx.Response:
        """The raw answer to this source."""
        return self.client.post("/api/v1/reports", json={"code": code})

    def connect(self) -> "Connection":
        """The leanest client there is; a richer one would take longer than a cached answer does."""
        return Connection(self.port)


class Connection:
    """A connection that is kept open, for questions one after another."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def ask(self, body: str) -> bytes:
        """The report on this question, which is JSON already. Raises RuntimeError for any status but 200."""
        self._connection.request("POST", "/api/v1/reports", body, {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise RuntimeError(f"{response.status} {response.reason}: {content[:200]!r}")
        return content


@contextmanager
def run_server(**settings: str) -> Iterator[Server]:
    """Start a server with these settings (KERASCOPE_* without the prefix), and stop it at the end."""
    port = _find_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {"database_url": f"sqlite:///{Path(folder) / 'links.db'}", **settings}
        command = [
            sys.executable,
            "-m",
            "uvicorn",
            "--factory",
            "app.main:create_app",
            "--log-level",
            "warning",
        ]
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            env=os.environ | {f"KERASCOPE_{name.upper()}": value for name, value in environment.items()},
        )
        server = Server(process, port, time.perf_counter())
        try:
            yield server
        finally:
            server.client.close()
            process.terminate()
            process.wait(PATIENCE)


def _find_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
