"""Signed requests: RFC 9421's own example, and that nothing of a request can be changed."""

import base64
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from desk.wire import signing
from desk.wire.codecs import WireError
from desk.wire.signing import Asked, Counter

KEY = bytes(range(32))
PUBLIC = signing.public_of(KEY)
ASKED = Asked("POST", "/v1/push", "a=1", b"body")
COUNTER = Counter(7, 3)


def test_the_base_is_that_of_the_standard() -> None:
    """RFC 9421, appendix B.2.6."""
    values = {
        "date": "Tue, 20 Apr 2021 02:07:55 GMT",
        "@method": "POST",
        "@path": "/foo",
        "@authority": "example.com",
        "content-type": "application/json",
        "content-length": "18",
    }
    names = " ".join(f'"{each}"' for each in values)
    base = signing.base_of(values, f'({names});created=1618884473;keyid="test-key-ed25519"')
    public = base64.b64decode("MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")[-32:]
    signature = base64.b64decode(
        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    )
    key = Ed25519PublicKey.from_public_bytes(public)
    key.verify(signature, base)
    with pytest.raises(InvalidSignature):
        key.verify(signature, base + b"x")


def test_the_digest_is_that_of_the_standard() -> None:
    """RFC 9530, 2."""
    said = signing.digest_of(b'{"hello": "world"}\n')
    assert said == "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"


def made(asked: Asked = ASKED, key: bytes = KEY) -> dict[str, str]:
    return signing.sign(asked, "d1", "i1", COUNTER, key)


def test_what_was_signed_is_by_its_signer_alone() -> None:
    claim = signing.read(made().items())
    assert (claim.device, claim.incarnation, claim.counter) == ("d1", "i1", COUNTER)
    assert signing.is_by(claim, ASKED, PUBLIC)
    assert not signing.is_by(claim, ASKED, signing.public_of(bytes(32)))
    assert not signing.is_by(claim, ASKED, b"no key")


@pytest.mark.parametrize(
    "edited",
    [
        replace(ASKED, method="GET"),
        replace(ASKED, path="/v1/pull"),
        replace(ASKED, query="a=2"),
        replace(ASKED, query=""),
        replace(ASKED, body=b"other"),
    ],
)
def test_an_edited_request_is_nobodys(edited: Asked) -> None:
    assert not signing.is_by(signing.read(made().items()), edited, PUBLIC)


@given(st.data())
def test_no_header_can_be_edited(data: st.DataObject) -> None:
    headers = made()
    name = data.draw(st.sampled_from(sorted(headers)))
    at = data.draw(st.integers(0, len(headers[name]) - 1))
    sign = data.draw(st.characters(min_codepoint=33, max_codepoint=126))
    edited = headers[name][:at] + sign + headers[name][at + 1 :]
    try:
        claim = signing.read((headers | {name: edited}).items())
    except WireError:
        return
    # Spare bits at the end of base 64 are the one thing that may differ.
    same = claim == signing.read(headers.items())
    assert signing.is_by(claim, ASKED, PUBLIC) == same


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [each for each in made().items() if each[0] != signing.COUNTER],
        [*made().items(), ("desk-device", "d2")],
        list((made() | {signing.COUNTER: "1"}).items()),
        list((made() | {signing.COUNTER: "-1.2"}).items()),
        list((made() | {signing.COUNTER: "１.2"}).items()),
        list((made() | {signing.SIGNATURE: "desk=:?:"}).items()),
        list((made() | {signing.DEVICE: "d" * 500}).items()),
    ],
)
def test_what_is_not_signed_is_said(headers: list[tuple[str, str]]) -> None:
    with pytest.raises(WireError):
        signing.read(headers)
