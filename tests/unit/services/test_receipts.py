"""Receipts: signed by this PC, checked offline, the token never leaves (issue A, section 5)."""

import hashlib
import json

import pytest
from sqlalchemy import select

from desk.errors import ClockProblem, InputProblem
from desk.models.device import Device
from desk.models.local import DeviceSecret, ReceiptSecret
from desk.models.outbox import Outbox
from desk.models.receipt import Receipt
from desk.models.store import Store
from desk.models.visit import Visit
from desk.rules import receipts as rules
from desk.rules.numbers import new_spoken
from desk.services.profiles import Profiles
from desk.services.receipts import IssuedReceipt, Receipts, Verdict, ensure_key
from desk.services.session import Session, User
from tests import factories
from tests.fakes import FakeClock

HEAD = User("u1", "钱某某", frozenset({"head", "clerk"}))


def service(store: Store) -> Receipts:
    return Receipts(store, Profiles(store, Session(HEAD, bytes(32))))


def issue(store: Store, **changes: str) -> IssuedReceipt:
    """Set up station and device where missing, and give a new visit its receipt."""
    with store.write("u1") as rows:
        if rows.get(Device, store.device_id) is None:
            rows.add(factories.station())
            rows.add(factories.device(record_id=store.device_id, key_id="", public_key=""))
            rows.flush()
        visit = factories.visit(**changes)
        rows.add(visit)
        rows.flush()
        return service(store).issue(rows, visit)


def test_a_receipt_is_signed_and_true(store: Store, fake_clock: FakeClock) -> None:
    issued = issue(store)
    found = service(store).check(issued.code)
    assert found.verdict is Verdict.TRUE
    assert issued.code.startswith("JDT1:")
    assert (found.number, found.station) == ("LF2026-A0001", "示例街道人大代表联络站")
    assert "于 2026 年 11 月 23 日开出" in found.sentence
    assert issued.fresh
    assert not issued.plain


def test_the_host_of_the_profile_makes_the_code_an_address(store: Store, fake_clock: FakeClock) -> None:
    profiles = Profiles(store, Session(HEAD, bytes(32)))
    profiles.change("receipt.host", "xf.example.gov.cn")
    with store.write("u1") as rows:
        rows.add(factories.device(record_id=store.device_id, key_id="", public_key=""))
        rows.flush()
        visit = factories.visit()
        rows.add(visit)
        rows.flush()
        issued = Receipts(store, profiles).issue(rows, visit)
    assert issued.code.startswith("https://xf.example.gov.cn/r/")
    assert service(store).check(issued.code).verdict is Verdict.TRUE


def test_the_token_stays_in_the_store_and_ops_carry_its_digest(store: Store, fake_clock: FakeClock) -> None:
    issued = issue(store)
    token = rules.unpack(issued.code).body.token
    with store.read() as rows:
        (secret,) = rows.scalars(select(ReceiptSecret))
        (receipt,) = rows.scalars(select(Receipt))
        ops = b"".join(bytes(op.body) for op in rows.scalars(select(Outbox)))
        seed = rows.get_one(DeviceSecret, "receipt").secret
    assert secret.token == token
    assert len(token) == 16
    assert receipt.token_sha256 == hashlib.sha256(token).hexdigest()
    assert receipt.token_sha256.encode() in ops
    assert token.hex().encode() not in ops
    assert seed.hex().encode() not in ops
    assert issued.code.removeprefix("JDT1:").encode() not in ops
    assert json.dumps(receipt.key_id).encode() in ops


def test_asking_twice_gives_the_same_receipt(store: Store, fake_clock: FakeClock) -> None:
    """A number is spent only once."""
    first = issue(store)
    with store.write("u1") as rows:
        visit = rows.get_one(Visit, first.visit_id)
        again = service(store).issue(rows, visit)
    assert again.code == first.code
    assert not again.fresh
    with store.read() as rows:
        assert len(rows.scalars(select(Receipt)).all()) == 1


@pytest.mark.parametrize("safety", ["confidential", "domestic_violence", "accusation"])
def test_a_safe_visit_gets_a_plain_receipt(store: Store, fake_clock: FakeClock, safety: str) -> None:
    """product.md, Safe."""
    assert issue(store, safety=safety).plain


def test_a_visit_that_became_safe_later_has_a_plain_receipt_from_then_on(
    store: Store, fake_clock: FakeClock
) -> None:
    first = issue(store)
    with store.write("u1") as rows:
        visit = rows.get_one(Visit, first.visit_id)
        visit.safety = "confidential"
        assert service(store).issue(rows, visit).plain


def test_a_changed_letter_makes_it_false(store: Store, fake_clock: FakeClock) -> None:
    issued = issue(store)
    code = rules.unpack(issued.code)
    body = rules.ReceiptBody(code.body.key_id, bytes(16), code.body.issued_on)
    forged = rules.pack(body, code.signature)
    assert service(store).check(forged).verdict is Verdict.FALSE


def test_a_receipt_of_an_unknown_pc_cannot_be_judged(store: Store, fake_clock: FakeClock) -> None:
    code = rules.unpack(issue(store).code)
    body = rules.ReceiptBody(b"\x09\x08\x07\x06", code.body.token, code.body.issued_on)
    found = service(store).check(rules.pack(body, code.signature))
    assert found.verdict is Verdict.UNKNOWN
    assert found.sentence


def test_a_void_receipt_says_so(store: Store, fake_clock: FakeClock) -> None:
    issued = issue(store)
    with store.write("u1") as rows:
        rows.get_one(Receipt, issued.receipt_id).tombstone("重复登记")
    found = service(store).check(issued.code)
    assert (found.verdict, "作废" in found.sentence) == (Verdict.FALSE, True)


def test_a_spoken_number_is_looked_up_here_only(store: Store, fake_clock: FakeClock) -> None:
    spoken = new_spoken(bytes(16))
    assert service(store).check(spoken).verdict is Verdict.UNKNOWN
    issue(store, spoken=spoken)
    found = service(store).check(f"{spoken[:4]} {spoken[4:8]} {spoken[8:]}")
    assert (found.verdict, found.number) == (Verdict.TRUE, "LF2026-A0001")


@pytest.mark.parametrize("text", ["", "hello", "https://example.cn/x", "JDT1:S:330106004", "JDT1:####"])
def test_what_is_no_receipt_is_told_apart(store: Store, text: str) -> None:
    with pytest.raises(InputProblem):
        service(store).check(text)


def test_the_key_is_made_once(store: Store, fake_clock: FakeClock) -> None:
    with store.write("u1") as rows:
        rows.add(factories.device(record_id=store.device_id, key_id="", public_key=""))
        rows.flush()
        first = ensure_key(rows).public_key
        assert ensure_key(rows).public_key == first
        assert len(bytes.fromhex(first)) == 32


def test_an_impossible_date_gives_no_receipt(store: Store, fake_clock: FakeClock) -> None:
    fake_clock.set("1970-01-01T09:00:00+08:00")
    with pytest.raises(ClockProblem):
        issue(store)
    with store.read() as rows:
        assert not rows.scalars(select(Receipt)).all()
