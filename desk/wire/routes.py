"""Where the hub is asked what (sync.md 2.3). Every route but the open ones needs the device's signature."""

from typing import Final
from urllib.parse import quote

from desk.wire import frame

HELLO: Final = "/v1/hello"
PUSH: Final = "/v1/push"
PULL: Final = "/v1/pull"
SNAPSHOT: Final = "/v1/scopes/{scope}/snapshot"
DIGEST: Final = "/v1/scopes/{scope}/digest"
REVISIONS: Final = "/v1/records/{record}/revisions"
ROTATE: Final = "/v1/devices/{device}/rotate"
ENROLL: Final = "/v1/enroll"
TIME: Final = "/v1/time"
HEALTHZ: Final = "/healthz"
READYZ: Final = "/readyz"

JSON: Final = "application/json"


def of_scope(route: str, scope: str) -> str:
    """Fill in the scope."""
    return route.format(scope=quote(scope, safe=""))


def of_record(route: str, record: str) -> str:
    """Fill in the record."""
    return route.format(record=quote(record, safe=""))


def of_device(route: str, device: str) -> str:
    """Fill in the device."""
    return route.format(device=quote(device, safe=""))


def headers(*, packed: bool = True, encoding: str = frame.ENCODING) -> dict[str, str]:
    """Return the headers of a request beside those of its signature (`signing.py`)."""
    said = {"Accept-Encoding": frame.ENCODING}
    return said | ({"Content-Type": JSON, "Content-Encoding": encoding} if packed else {})
