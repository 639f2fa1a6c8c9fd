"""The county's side of a profile: a key pair, and the signature that every station's desk checks.

The private key lies in a PEM file (PKCS 8) under a passphrase; whoever holds both speaks for the county.
Stations get only signed files: the public key stands in each, and its fingerprint is compared by phone the
first time.
"""

import base64
import binascii
import contextlib
import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from desk.errors import InputProblem
from desk.rules.profile_file import canonical, from_content
from desk.services.profile import fingerprint_of, parse_import
from desk.text import _

LEAST_PASSPHRASE: Final = 8
_SEED_BYTES = 32
_TABLE = re.compile(r"^[ \t]*\[signature\][^\n]*\n?(?:(?![ \t]*\[)[^\n]*(?:\n|\Z))*", re.MULTILINE)

Asks = Callable[[], str]
"""Asks for the passphrase of a key, only when the key has one."""


def make_key(file: Path, passphrase: str) -> str:
    """Make a new key pair, keep it in `file` under the passphrase, and return its public key's fingerprint.

    Raises InputProblem for a short passphrase, a file that is there already, or a place that cannot be
    written.
    """
    if len(passphrase) < LEAST_PASSPHRASE:
        raise InputProblem(_("口令至少 {count} 个字。").format(count=LEAST_PASSPHRASE), field="passphrase")
    key = Ed25519PrivateKey.generate()
    locked = BestAvailableEncryption(passphrase.encode())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
    try:
        # Only its owner may read it, from the first moment on; another key is never written over.
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(pem)
    except FileExistsError:
        raise InputProblem(
            _("这个文件已经有了：{file}").format(file=file),
            way_out=_("请换一个文件名；旧的签名密钥不要丢，各站只认它。"),
            field="file",
        ) from None
    except OSError as failure:
        raise InputProblem(_("文件写不了：{file}").format(file=file), field="file") from failure
    return fingerprint(key)


def read_key(text: str, ask: Asks) -> Ed25519PrivateKey:
    """Return the private key of a PEM text, or of its 32 bytes in base64; `ask` is called for a locked one.

    Raises InputProblem for anything else, or a wrong passphrase.
    """
    if "-----BEGIN" not in text:
        return _from_seed(text)
    try:
        try:
            key = load_pem_private_key(text.encode(), None)
        except TypeError:  # the library's word for: this key is locked
            key = load_pem_private_key(text.encode(), ask().encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise InputProblem(_("签名密钥打不开：口令不对，或文件坏了。"), field="key") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise InputProblem(_("这不是签规则文件用的密钥（Ed25519）。"), field="key")
    return key


def sign(data: bytes, key: Ed25519PrivateKey) -> bytes:
    """Return a profile file with the county's signature, in place of one it had.

    Raises InputProblem as a desk would on import: an unknown rule or a wrong value is not signed.
    """
    whole = data.decode("utf-8-sig", "replace")
    text = _TABLE.sub("", whole).rstrip() + "\n"
    found = parse_import(text.encode(), None)
    with contextlib.suppress(tomllib.TOMLDecodeError):  # only the signature cut out can have been so wrong
        if from_content(tomllib.loads(whole)) != found.profile:
            raise InputProblem(
                _("规则的文字里有单独一行“[signature]”，签不了。"),
                way_out=_("请把那一行的写法改一改再签。"),
                field="signature",
            )
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    value = base64.b64encode(key.sign(canonical(found.profile))).decode()
    made = f'{text}\n[signature]\nkey = "{public}"\nvalue = "{value}"\n'.encode()
    # Nothing leaves that a station would refuse.
    parse_import(made, key.public_key().public_bytes_raw())
    return made


def fingerprint(key: Ed25519PrivateKey) -> str:
    """Return what a station's head compares by phone: 16 hex digits in fours."""
    return fingerprint_of(key.public_key().public_bytes_raw())


def _from_seed(text: str) -> Ed25519PrivateKey:
    try:
        seed = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        seed = b""
    if len(seed) != _SEED_BYTES:
        raise InputProblem(
            _("没有读到签名密钥。"),
            way_out=_("用 --key 写明密钥文件，或把密钥内容从标准输入送进来。"),
            field="key",
        )
    return Ed25519PrivateKey.from_private_bytes(seed)
