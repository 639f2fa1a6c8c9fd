"""Titles of old ledgers as stations write them."""

import pytest

from desk.services.old_ledger import columns


@pytest.mark.parametrize(
    ("title", "meaning"),
    [
        ("序号", columns.IGNORED),
        ("来访日期", columns.DAY),
        ("日　期", columns.DAY),
        ("接待时间", columns.DAY),
        ("来访人姓名", columns.NAME),
        ("反映人", columns.NAME),
        ("联系电话", columns.PHONE),
        ("来访人数", columns.HEADCOUNT),
        ("家庭住址", columns.ADDRESS),
        ("来访形式", columns.KIND),
        ("事由", columns.SUBJECT),
        ("反映问题", columns.STATEMENT),
        ("反映的主要问题", columns.STATEMENT),
        ("主要内容", columns.STATEMENT),
        ("诉求", columns.REQUEST),
        ("接待代表", columns.RECEIVER),
        ("问题类别", columns.CATEGORY),
        ("承办单位", columns.UNIT),
        ("责任单位及责任人", columns.UNIT),
        ("处理情况/承办单位", columns.HANDLING),
        ("办理进度", columns.HANDLING),
        ("办理期限", columns.DUE),
        ("办理结果", columns.RESULT),
        ("是否办结", columns.RESULT),
        ("备注", columns.REMARK),
        ("群众满意度", columns.IGNORED),
        ("身份证号", columns.IGNORED),
    ],
)
def test_titles(title: str, meaning: str) -> None:
    assert columns.WORDS.meaning_of(title) == meaning


def test_every_meaning_has_its_word() -> None:
    assert {meaning for meaning, _pattern in columns.WORDS.patterns} == set(columns.MEANING)
