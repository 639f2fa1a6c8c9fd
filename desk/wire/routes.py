"""Where the hub is asked what (sync.md 2.3). Every route but the two of health needs the device's token."""

from typing import Final
from urllib.parse import quote

from desk.wire import frame

HELLO: Final = "/v1/hello"
PUSH: Final = "/v1/push"
PULL: Final = "/v1/pull"
SNAPSHOT: Final = "/v1/scopes/{scope}/snapshot"
DIGEST: Final = "/v1/scopes/{scope}/digest"
HEALTHZ: Final = "/healthz"
READYZ: Final = "/readyz"

JSON: Final = "application/json"
AUTHORIZATION: Final = "Authorization"
DEVICE: Final = "Desk-Device"


def of_scope(route: str, scope: str) -> str:
    """Fill in the scope."""
    return route.format(scope=quote(scope, safe=""))


def headers(device: str, token: str, *, packed: bool = True) -> dict[str, str]:
    """Return the headers of a request. The token is a secret: it is written into no log."""
    said = {AUTHORIZATION: f"Bearer {token}", DEVICE: device, "Accept-Encoding": frame.ENCODING}
    return said | ({"Content-Type": JSON, "Content-Encoding": frame.ENCODING} if packed else {})
