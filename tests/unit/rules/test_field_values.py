"""Stored values as a person reads them."""

import pytest

from desk.rules import field_values
from desk.wire.records import RECORDS


@pytest.mark.parametrize(
    ("noun", "name", "kind", "value", "words"),
    [
        ("visit", "state", "code", "finished", "已结束"),
        ("visit", "safety", "code", "domestic_violence", "家庭暴力"),
        ("person", "sex", "code", "2", "女"),
        ("user", "roles", "codes", "clerk,head", "工作人员、站长"),
        ("visit", "anonymous", "bool", True, "是"),
        ("visit", "anonymous", "bool", False, "否"),
        ("person", "phone", "text", "", "（空）"),
        ("person", "birth_date", "date", None, "（空）"),
        ("person", "birth_date", "date", "1960-03-02", "1960 年 3 月 2 日"),
        ("visit", "arrived_at", "instant", "2026-11-23T09:05:00.000+08:00", "2026-11-23 09:05"),
        ("agreement_term", "amount", "fen", 1230, "12.30 元"),
        ("visit", "headcount", "int", 0, "0"),
        ("visit", "state", "code", "dreaming", "dreaming"),
    ],
)
def test_said(noun: str, name: str, kind: str, value: field_values.Stored, words: str) -> None:
    assert field_values.said(noun, name, kind, value) == words


def test_numbers_are_starred_and_words_are_not() -> None:
    assert "*" in field_values.starred("visit", "phone_told", "13812345678")
    assert "*" in field_values.starred("person", "id_no", "33010619600302001X")
    assert field_values.starred("matter", "statement", "13812345678 是他的") == "13812345678 是他的"
    # A station's own number stands on its sign.
    assert field_values.starred("station", "phone", "0571-00000000") == "0571-00000000"


def test_the_codes_are_those_of_declared_fields() -> None:
    for record in RECORDS.values():
        for each in record.fields:
            if field_values.table(record.noun, each.name):
                assert each.codec.name in {"code", "codes"}, (record.noun, each.name)
