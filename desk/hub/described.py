"""What the hub's own description (OpenAPI) says of its routes: parameters, bodies, answers and troubles.

It stands beside the code that reads and writes the messages (`desk/wire`), which FastAPI is told nothing of.
`docs/openapi.json` is a copy for readers; a test holds both together.
"""

from collections.abc import Mapping
from typing import Any, Final

from desk.wire import enrolling, frame, packing, routes, signing, troubles
from desk.wire.greeting import MOST_HEADS
from desk.wire.history import MOST_HISTORY
from desk.wire.messages import MOST_OPS, MOST_REVISIONS, MOST_SCOPES, PROTOCOL
from desk.wire.moment import MOST_NONCE

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string", "maxLength": 200}
_WHOLE: Final[Schema] = {"type": "integer", "minimum": 0, "maximum": 2**53 - 1}
_OBJECT: Final[Schema] = {"type": "object"}

_SIGNED: Final = (
    (signing.DEVICE, "The device's id."),
    (signing.INCARNATION, "Which life of the device writes."),
    (signing.COUNTER, "Session number, a dot, number of the request in it."),
    (signing.DIGEST, "SHA-256 of the body as it travels (RFC 9530)."),
    (signing.INPUT, "What is signed (RFC 9421)."),
    (signing.SIGNATURE, "Ed25519 over it, by the device's key."),
)
_IN_PATH: Final = ("scope", "record", "device")


def of(path: str) -> Schema:
    """Return what is said of a route beside its summary."""
    said: Schema = {"parameters": [*_PARAMETERS.get(path, ())], "responses": _responses(path)}
    named: Schema = {**_TEXT, "minLength": 1}
    said["parameters"][:0] = [
        _parameter(name, "path", named, "") for name in _IN_PATH if f"{{{name}}}" in path
    ]
    if path != routes.TIME:
        said["parameters"] += [
            _parameter(name, "header", {"type": "string"}, about) for name, about in _SIGNED
        ]
    if path in _BODIES:
        content = {routes.JSON: {"schema": _BODIES[path]}}
        said_so = f"(`Content-Encoding: {frame.ENCODING}`, `{packing.ENCODING}`)"
        about = f"JSON, or JSON under zstd or as tables {said_so}."
        said["requestBody"] = {"required": True, "description": about, "content": content}
    return said


def _responses(path: str) -> Schema:
    by_status: dict[int, list[str]] = {}
    for error, status in troubles.STATUS.items():
        by_status.setdefault(status, []).append(error)
    answers = {"200": _answer("The answer.", _object(*_ANSWERS[path]))}
    for status, errors in sorted(by_status.items()):
        trouble = _object("error", error={"enum": errors}, sentence=_TEXT, wait_s=_WHOLE)
        answers[str(status)] = _answer("A trouble.", trouble)
    return answers


def _answer(about: str, schema: Schema) -> Schema:
    return {"description": about, "content": {routes.JSON: {"schema": schema}}}


def _object(*required: str, **properties: Schema) -> Schema:
    """Describe an object; more names may come with newer versions, and are passed over."""
    return {"type": "object", "required": list(required), "properties": properties}


def _list(items: Schema, least: int, most: int) -> Schema:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most}


def _parameter(name: str, place: str, schema: Schema, about: str, *, required: bool = True) -> Schema:
    said = {"name": name, "in": place, "required": required, "schema": schema}
    return {**said, "description": about} if about else said


def _query(name: str, schema: Schema, about: str, *, required: bool = True) -> Schema:
    return _parameter(name, "query", schema, about, required=required)


_NONCE: Final[Schema] = {
    "type": "string",
    "pattern": "^[0-9A-Za-z-]+$",
    "minLength": 1,
    "maxLength": MOST_NONCE,
}
_PARAMETERS: Final[Mapping[str, tuple[Schema, ...]]] = {
    routes.HELLO: (
        _query("incarnation", {**_TEXT, "minLength": 1, "maxLength": 80}, "As in the header."),
        _query("session", _WHOLE, "The number the last hello answered, 0 before the first."),
        _query("nonce", {**_TEXT, "minLength": 1, "maxLength": 80}, "Kept until an answer came."),
        _query("schema", _WHOLE, "In which the device writes."),
        _query("protocol", _WHOLE, "Which the device speaks."),
    ),
    routes.SNAPSHOT: (
        _query("after", _TEXT, "Where the page goes on: noun, a bar, record id.", required=False),
        _query(
            "most", {"type": "integer", "minimum": 1, "maximum": MOST_HEADS}, "Heads a page.", required=False
        ),
    ),
    routes.DIGEST: (_query("prefix", _TEXT, "Hexadecimal places of the bucket.", required=False),),
    routes.REVISIONS: (
        _query("scope", {**_TEXT, "minLength": 1}, "To which the record belongs."),
        _query("after", _TEXT, "Where the page goes on: version, a dot, place.", required=False),
        _query(
            "most",
            {"type": "integer", "minimum": 1, "maximum": MOST_HISTORY},
            "Revisions a page.",
            required=False,
        ),
    ),
    routes.TIME: (_query("nonce", _NONCE, "Comes back, signed with the time."),),
}
_V: Final[Schema] = {"const": PROTOCOL}
_BODIES: Final[Mapping[str, Schema]] = {
    routes.PUSH: _object(
        *("v", "device", "incarnation", "scope", "epoch", "schema", "cursor", "ops"),
        v=_V,
        **dict.fromkeys(("device", "incarnation", "scope", "epoch"), _TEXT),
        schema={**_WHOLE, "minimum": 1},
        cursor=_WHOLE,
        highest=_WHOLE,
        brief={"type": "boolean"},
        vouchers={"type": "object", "additionalProperties": _TEXT, "maxProperties": MOST_OPS},
        ops=_list(_OBJECT, 1, MOST_OPS),
    ),
    routes.PULL: _object(
        *("v", "schema", "wants"),
        v=_V,
        schema={**_WHOLE, "minimum": 1},
        most={**_WHOLE, "minimum": 1, "maximum": MOST_REVISIONS},
        wants=_list(
            _object(*("scope", "epoch", "cursor"), scope=_TEXT, epoch=_TEXT, cursor=_WHOLE, highest=_WHOLE),
            1,
            MOST_SCOPES,
        ),
    ),
    routes.ROTATE: _object(
        *("v", "device", "public_key", "proof"),
        v=_V,
        device={**_TEXT, "maxLength": 64},
        public_key={"type": "string", "pattern": f"^[0-9a-f]{{{signing.KEY_LENGTH * 2}}}$"},
        proof={"type": "string", "pattern": "^[0-9a-f]{128}$"},
    ),
    routes.ENROLL: _object(
        *("v", "code", "device", "public_key", "scope", "schema"),
        v=_V,
        code={**_TEXT, "maxLength": 40},
        device={**_TEXT, "maxLength": 64},
        public_key={"type": "string", "pattern": f"^[0-9a-f]{{{signing.KEY_LENGTH * 2}}}$"},
        scope={**_TEXT, "maxLength": 64},
        schema={**_WHOLE, "minimum": 1},
        empty={"type": "boolean"},
    ),
}
_ANSWERS: Final[Mapping[str, tuple[str, ...]]] = {
    routes.HELLO: ("v", "protocol", "schema", "now", "session", "grants", "limits", "scopes"),
    routes.PUSH: ("v", "scope", "epoch", "version", "answers"),
    routes.PULL: ("v", "parts"),
    routes.SNAPSHOT: ("v", "scope", "epoch", "tail", "heads", "after"),
    routes.DIGEST: ("v", "scope", "epoch", "version", "digest", "parts"),
    routes.REVISIONS: ("v", "scope", "record", "after", "revisions"),
    routes.ROTATE: ("v", "device"),
    routes.ENROLL: ("v", *enrolling.Enrolled.__dataclass_fields__),
    routes.TIME: ("v", "time", "nonce", "signature"),
}
