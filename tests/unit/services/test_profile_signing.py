"""The county signs what a station's desk takes, and nothing else."""

import base64
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.services import profile_signing
from desk.services.profile import parse_import
from tests.unit.rules.test_profile import START
from tests.unit.services.test_profile import COUNTY, OTHER, TEXT
from tests.unit.services.test_profiles import profiles
from tests.unit.services.visit_stage import Stage

PASSPHRASE = "县里的口令一共八个字"


def never() -> str:
    raise AssertionError("no passphrase is needed")


def test_a_desk_takes_what_the_county_signed(stage: Stage, tmp_path: Path) -> None:
    """From the key pair to a rule in force: the whole way of issue A, section 2."""
    file = tmp_path / "county.pem"
    told = profile_signing.make_key(file, PASSPHRASE)
    key = profile_signing.read_key(file.read_text("ascii"), lambda: PASSPHRASE)
    service, signed = profiles(stage), profile_signing.sign(TEXT.encode(), key)
    offer = service.offer(signed)
    assert (offer.needs, offer.fingerprint) == ("fingerprint", told)
    service.accept(signed, fingerprint=told)
    later = profile_signing.sign(
        signed.replace(b"2026.3", b"2026.4").replace(b"value = 5", b"value = 6"), key
    )
    assert service.offer(later).needs == ""
    service.accept(later)
    assert service.current().version.endswith("2026.4")
    assert service.current().number("term.tell_where", START) == 6
    with pytest.raises(InputProblem, match="不是本县的签名"):
        service.offer(profile_signing.sign(TEXT.encode(), OTHER))


def test_the_key_is_its_owner_s_alone_and_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "county.pem"
    profile_signing.make_key(file, PASSPHRASE)
    before = file.read_bytes()
    assert b"ENCRYPTED" in before
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(InputProblem, match="已经有了"):
        profile_signing.make_key(file, PASSPHRASE)
    assert file.read_bytes() == before
    with pytest.raises(InputProblem, match="写不了"):
        profile_signing.make_key(tmp_path / "没有" / "county.pem", PASSPHRASE)
    with pytest.raises(InputProblem, match="至少 8"):
        profile_signing.make_key(tmp_path / "other.pem", "短")


def test_a_wrong_passphrase_or_another_kind_of_key_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "county.pem"
    profile_signing.make_key(file, PASSPHRASE)
    for wrong in ("不是这个口令", ""):
        with pytest.raises(InputProblem, match="口令不对"):
            profile_signing.read_key(file.read_text("ascii"), lambda wrong=wrong: wrong)
    foreign = X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(InputProblem, match="Ed25519"):
        profile_signing.read_key(foreign.decode(), never)
    for nothing in ("", "不是密钥", "AAAA", "-----BEGIN PRIVATE KEY-----"):
        with pytest.raises(InputProblem, match="密钥"):
            profile_signing.read_key(nothing, never)


def test_a_key_may_be_one_line() -> None:
    line = base64.b64encode(COUNTY.private_bytes_raw()).decode()
    assert profile_signing.read_key(line + "\n", never).private_bytes_raw() == COUNTY.private_bytes_raw()


@pytest.mark.parametrize("tail", ["", "\n# 说明\n", '\n[signature]\nkey = "AAAA"\nvalue = "AAAA"\n'])
@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf"])
def test_signing_again_puts_the_new_signature_in_place_of_the_old(head: bytes, tail: str) -> None:
    once = profile_signing.sign(head + (TEXT + tail).encode(), OTHER)
    again = profile_signing.sign(once, COUNTY)
    assert again.count(b"[signature]") == 1
    assert parse_import(again, COUNTY.public_key().public_bytes_raw()).origin == "county"


@given(st.integers(0, 9))
def test_rows_after_the_signature_are_not_lost(value: int) -> None:
    """A hand that edits a signed file may put a row below the signature."""
    signed = profile_signing.sign(TEXT.encode(), COUNTY).decode()
    row = f'[[row]]\nkey = "backup.every"\nvalue = {value + 1}\nunit = "day"\n'
    row += 'valid_from = 2026-01-01\nsource = "示例县"\n'
    again = parse_import(profile_signing.sign((signed + row).encode(), COUNTY), None).profile
    assert [each.key for each in again.all_rows] == ["term.tell_where", "backup.every"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TEXT.replace("tell_where", "tel_where"), r"term\.tel_where"),
        (TEXT.replace("value = 5", 'value = "五"'), "整数"),
        ("schema = = 1", "第 1 行"),
        ("", "schema"),
    ],
)
def test_what_no_desk_would_take_is_not_signed(text: str, words: str) -> None:
    with pytest.raises(InputProblem, match=words):
        profile_signing.sign(text.encode(), Ed25519PrivateKey.generate())


def test_words_that_look_like_a_signature_are_not_cut_out() -> None:
    text = TEXT + '[[row]]\nkey = "notice.short"\nvalue = """\n甲\n[signature]\n乙"""\nunit = "text"\n'
    text += 'valid_from = 2026-01-01\nsource = "示例县"\n'
    with pytest.raises(InputProblem, match=r"签不了|格式不对"):
        profile_signing.sign(text.encode(), COUNTY)
