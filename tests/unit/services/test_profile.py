"""The profile's way in: the default, the county's signature, the pinned key."""

import base64
import tomllib
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk.errors import InputProblem
from desk.rules.profile import Profile
from desk.rules.profile_file import canonical, from_content
from desk.services.profile import from_bytes, in_force, load_default, parse_import, to_bytes, with_change
from tests.unit.rules.test_profile import START

TEXT = """
schema = 1
profile = "示例县"
version = "2026.3"

[[row]]
key = "term.tell_where"
value = 5
unit = "workday"
valid_from = 2026-01-01
source = "示例县接待工作办法"
"""
COUNTY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))


def signed(key: Ed25519PrivateKey, text: str = TEXT, over: str = TEXT) -> bytes:
    signature = key.sign(canonical(from_content(tomllib.loads(over))))
    public = key.public_key().public_bytes_raw()
    lines = (
        f'[signature]\nkey = "{base64.b64encode(public).decode()}"\n'
        f'value = "{base64.b64encode(signature).decode()}"\n'
    )
    return (text + lines).encode()


def test_the_default_is_whole_and_comes_back_from_its_bytes() -> None:
    default = load_default()
    assert len(default.all_rows) > 100
    assert from_bytes(to_bytes(default)) == default


def test_the_first_county_file_brings_the_key_to_pin() -> None:
    found = parse_import(signed(COUNTY), None)
    assert found.origin == "county"
    assert found.key == COUNTY.public_key().public_bytes_raw()
    assert [len(part) for part in found.fingerprint.split()] == [4, 4, 4, 4]


def test_a_later_file_must_be_signed_by_the_pinned_key() -> None:
    pinned = COUNTY.public_key().public_bytes_raw()
    assert parse_import(signed(COUNTY), pinned).profile.version == "2026.3"
    with pytest.raises(InputProblem, match="不是本县的签名"):
        parse_import(signed(OTHER), pinned)


def test_a_changed_file_is_refused() -> None:
    with pytest.raises(InputProblem, match="改动过"):
        parse_import(signed(COUNTY, TEXT.replace("value = 5", "value = 50")), None)


def test_a_comment_does_not_break_the_signature() -> None:
    assert parse_import(signed(COUNTY, TEXT + "# 说明\n"), None).origin == "county"


@pytest.mark.parametrize("table", ['key = "!"\nvalue = ""', 'key = "AAAA"\nvalue = "AAAA"', ""])
def test_a_broken_signature_table_is_refused(table: str) -> None:
    with pytest.raises(InputProblem, match="签名写法"):
        parse_import(f"{TEXT}[signature]\n{table}".encode(), None)


def test_an_unsigned_file_waits_for_the_heads_word() -> None:
    found = parse_import(TEXT.encode(), None)
    assert (found.origin, found.key, found.fingerprint) == ("unsigned", None, "")


def test_a_file_saved_by_notepad_with_a_mark_is_read() -> None:
    assert parse_import(b"\xef\xbb\xbf" + TEXT.encode(), None).profile.name == "示例县"


def test_unreadable_files_are_refused_without_the_parsers_words() -> None:
    with pytest.raises(InputProblem, match="UTF-8"):
        parse_import("规则".encode("gb18030"), None)
    with pytest.raises(InputProblem, match="第 1 行"):
        parse_import(b"schema = = 1", None)
    with pytest.raises(InputProblem, match="文件末尾"):
        parse_import(b'schema = "1', None)
    for damaged in (b"{", b"[]", b"\xff"):
        with pytest.raises(InputProblem, match="已损坏"):
            from_bytes(damaged)


def test_an_unknown_key_in_a_county_file_is_named() -> None:
    with pytest.raises(InputProblem, match=r"term\.tel_where"):
        parse_import(TEXT.replace("tell_where", "tel_where").encode(), None)


def test_the_county_file_lies_on_the_default() -> None:
    county = parse_import(TEXT.encode(), None).profile
    merged: Profile = in_force(county)
    assert merged.number("term.tell_where", START) == 5
    assert merged.number("lock.idle", START) == 10
    assert merged.version == "2026.1+示例县 2026.3"
    assert in_force(None) == load_default()


def test_the_heads_own_change_lies_on_top_and_says_so() -> None:
    first = with_change(None, "term.tell_where", 2, START)
    local = with_change(first, "lock.idle", 5, START)
    merged = in_force(parse_import(TEXT.encode(), None).profile, local)
    assert merged.number("term.tell_where", START) == 2
    assert merged.number("lock.idle", START) == 5
    assert merged.row("lock.idle", START).source == "本地设定"
    assert merged.version == "2026.1+示例县 2026.3+本站设定 2"
    again = with_change(local, "lock.idle", 8, START)
    assert len(again.all_rows) == 2
    later = with_change(again, "lock.idle", 9, date(2026, 7, 1))
    assert in_force(later).number("lock.idle", date(2026, 6, 30)) == 8
    assert from_bytes(to_bytes(later)) == later


def test_a_change_that_does_not_fit_is_refused() -> None:
    with pytest.raises(InputProblem, match="整数"):
        with_change(None, "lock.idle", "很久", START)
    with pytest.raises(KeyError):
        with_change(None, "lock.idol", 1, START)
