"""A desk that was only set up has nothing of its own; one visit, draft or reserved number is work."""

import pytest

from desk.models.local import Draft, Pad
from desk.models.store import Store
from desk.services import own_work
from desk.services.login import Login
from tests import factories
from tests.sign_on import SETUP


def test_a_desk_that_was_only_set_up_is_empty(login: Login) -> None:
    opened = login.first_start(SETUP)
    try:
        with opened.store.read() as rows:
            assert own_work.found(rows) == ()
    finally:
        opened.store.close()


@pytest.mark.parametrize(
    ("noun", "words"), [("visit", "来访 1"), ("deputy", "代表 1"), ("committee", "调委会 1")]
)
def test_one_record_is_work(store: Store, noun: str, words: str) -> None:
    with store.write("u1") as rows:
        rows.add(factories.ALL[noun]())
    with store.read() as rows:
        assert own_work.found(rows) == (words,)


def test_what_was_promised_or_typed_is_work_too(store: Store) -> None:
    with store.write_local() as rows:
        rows.add(Pad(number="LF2026-A0001"))
        rows.add(Draft(kind="visit"))
    with store.read() as rows:
        assert own_work.found(rows) == ("预留的编号 1", "草稿 1")
