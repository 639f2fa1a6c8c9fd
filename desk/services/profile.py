"""The profile on its way in: the shipped default, and a county's file with its signature.

Bytes in, values out; the store keeps the canonical bytes and where they came from. The first county file pins
the county's public key (after its fingerprint was compared); from then on only this key signs.
"""

import base64
import binascii
import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desk import paths
from desk.errors import InputProblem
from desk.rules.profile import LOCAL, Profile, Row, Value, overlay
from desk.rules.profile_file import canonical, check_against, from_content, to_content, version_order
from desk.text import _

_KEY_LENGTH = 32


@dataclass(frozen=True)
class ImportedProfile:
    """A checked file. `origin` county: signed by `key`; unsigned: needs the head's word to become local."""

    profile: Profile
    origin: Literal["county", "unsigned"]
    key: bytes | None

    @property
    def fingerprint(self) -> str:
        """Return what is compared over the phone; "" without a key."""
        return fingerprint_of(self.key) if self.key is not None else ""


def fingerprint_of(key: bytes) -> str:
    """Return 16 hex digits of a public key's SHA-256 in fours."""
    digits = hashlib.sha256(key).hexdigest()[:16]
    return " ".join(digits[start : start + 4] for start in range(0, 16, 4))


def load_default() -> Profile:
    """Return the profile shipped with the program."""
    content = (paths.resources() / "profile" / "default.toml").read_text(encoding="utf-8")
    return from_content(tomllib.loads(content))


def parse_import(data: bytes, trusted_key: bytes | None) -> ImportedProfile:
    """Read a profile file and check it, its signature and its keys against the default.

    `trusted_key` is the county's raw Ed25519 public key once pinned, else None. Raises InputProblem for an
    unreadable file, a row that is wrong, a signature that does not fit, or another county's key.
    """
    content = _read(data)
    profile = from_content(content)
    check_against(load_default(), profile)
    if "signature" not in content:
        return ImportedProfile(profile, "unsigned", None)
    key, signature = _signature(content["signature"])
    if trusted_key is not None and key != trusted_key:
        _refuse(_("规则文件不是本县的签名，不能使用。"))
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, canonical(profile))
    except InvalidSignature:
        _refuse(_("规则文件的签名不对，内容可能被改动过，不能使用。"))
    return ImportedProfile(profile, "county", key)


def in_force(*layers: Profile | None) -> Profile:
    """Return the profile that rules: the default, the county's file and the station's changes on it."""
    profile = load_default()
    for layer in layers:
        profile = profile if layer is None else overlay(profile, layer)
    return profile


def with_change(local: Profile | None, key: str, value: Value, valid_from: date) -> Profile:
    """Return the station's own layer with one value changed from a day on, marked 本地设定 by the head.

    `local` is what this function returned the last time. The row keeps the unit of the default. Raises
    InputProblem for a value that does not fit it, KeyError for a key the default does not have.
    """
    default = load_default()
    row = Row(key, value, default.row(key, valid_from).unit, valid_from, LOCAL)
    before = version_order(local.version) if local else ()
    version = str(before[-1] + 1 if before else 1)
    changed = from_content(to_content(Profile(_("本站设定"), version, (row,))))
    return added(local, changed)


def added(local: Profile | None, top: Profile) -> Profile:
    """Return the station's own layer with the rows of `top`; an old row of the same key and day gives way."""
    new = {(row.key, row.valid_from) for row in top.all_rows}
    kept = () if local is None else local.all_rows
    others = tuple(row for row in kept if (row.key, row.valid_from) not in new)
    return Profile(top.name, top.version, (*others, *top.all_rows))


def to_bytes(profile: Profile) -> bytes:
    """Return the bytes the store keeps; `from_bytes` reads them back."""
    return canonical(profile)


def from_bytes(data: bytes) -> Profile:
    """Read back what `to_bytes` wrote (JSON is the canonical form). Raises InputProblem if it is damaged."""
    return from_content(_read_json(data))


def _read(data: bytes) -> Mapping[str, object]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        _refuse(_("规则文件不是 UTF-8 文字，读不出来。"))
    except tomllib.TOMLDecodeError as error:
        _refuse(_("规则文件的格式不对（{where}），读不出来。").format(where=_where(str(error))))


def _read_json(data: bytes) -> Mapping[str, object]:
    try:
        content = json.loads(data)
    except ValueError:
        _refuse(_("保存的规则已损坏，读不出来。"))
    if not isinstance(content, dict):
        _refuse(_("保存的规则已损坏，读不出来。"))
    return content


def _where(error: str) -> str:
    """Turn the parser's "(at line 3, column 5)" into Chinese; its English words are never shown."""
    place = re.search(r"at line (\d+), column (\d+)", error)
    return f"第 {place[1]} 行第 {place[2]} 个字" if place else "文件末尾"


def _signature(raw: object) -> tuple[bytes, bytes]:
    """Read the [signature] table: key and value in base64."""
    fields = raw if isinstance(raw, Mapping) else {}
    try:
        key = base64.b64decode(str(fields.get("key", "")), validate=True)
        value = base64.b64decode(str(fields.get("value", "")), validate=True)
    except binascii.Error:
        _refuse(_("规则文件的签名写法不对。"))
    if len(key) != _KEY_LENGTH:
        _refuse(_("规则文件的签名写法不对。"))
    return key, value


def _refuse(sentence: str) -> NoReturn:
    raise InputProblem(sentence, way_out=_("请向县级工作机构索取新的规则文件。"), field="profile")
