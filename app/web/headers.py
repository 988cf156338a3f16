"""Headers: security headers for every response, and the values of Cache-Control."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = (
    # No frame-ancestors: pages and pictures may be embedded in other people's lessons, and a page can do
    # nothing in anybody's name.
    "default-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'"
)
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A standalone SVG may only use its own styles."""

SECURITY = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def secure(headers: MutableHeaders) -> None:
    """Add the security headers that a response has not set itself."""
    for name, value in SECURITY.items():
        headers.setdefault(name, value)


class SecurityHeaders:
    """ASGI middleware: security headers on every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, with the headers added to the first message of a response."""

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                secure(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_secured)
