"""The profile's file: every refusal names the row and key; the signed bytes do not depend on spelling."""

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.rules.profile import Profile, Row
from desk.rules.profile_file import (
    AT_LEAST,
    OPEN_FAMILIES,
    canonical,
    check_against,
    from_content,
    to_content,
)

GOOD_ROW = {
    "key": "term.tell_where",
    "value": 3,
    "unit": "workday",
    "valid_from": date(2026, 1, 1),
    "source": "本地设定",
}


def content(**changes: object) -> dict[str, Any]:
    return {"schema": 1, "profile": "示例县", "version": "2026.3", "row": [{**GOOD_ROW, **changes}]}


def test_a_good_file_is_read_and_written_back() -> None:
    profile = from_content(content())
    assert (profile.name, profile.version) == ("示例县", "2026.3")
    assert profile.all_rows == (Row("term.tell_where", 3, "workday", date(2026, 1, 1), "本地设定"),)
    assert from_content(to_content(profile)) == profile


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"key": "Term"}, "规则名"),
        ({"key": None}, "规则名"),
        ({"unit": "week"}, "“week”不认识"),
        ({"unit": None}, "单位"),
        ({"source": " "}, "本地设定"),
        ({"valid_from": "下月"}, "生效日期"),
        ({"valid_from": None}, "生效日期"),
        ({"value": -1}, "整数"),
        ({"value": 36_601}, "整数"),
        ({"value": True}, "整数"),
        ({"value": 1.5}, "整数"),
        ({"value": "3"}, "整数"),
        ({"unit": "text"}, "文字"),
        ({"unit": "list", "value": ["镇", 1]}, "文字列表"),
        ({"unit": "list", "value": "镇"}, "文字列表"),
        ({"unit": "flag"}, "true"),
        ({"unit": "dates", "value": 1}, "日期列表"),
        ({"unit": "dates", "value": ["x"]}, "日期列表"),
        ({"unit": "dates", "value": [date(2026, 1, 1)]}, "那一年"),
        ({"note": "多余"}, "“note”"),
    ],
)
def test_a_bad_row_is_named_with_its_key(changes: dict[str, object], words: str) -> None:
    with pytest.raises(InputProblem, match=words) as caught:
        from_content(content(**changes))
    assert caught.value.sentence.startswith("规则文件第 1 条")
    assert caught.value.way_out


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "holidays.2026", "unit": "dates", "value": [date(2027, 1, 1)]},
        {"key": "holidays.next", "unit": "dates", "value": []},
        {"key": "holidays.2026", "unit": "list", "value": []},
        {"key": "colour.blue.days_overdue"},
        {"key": "colour.red.sometimes"},
        {"key": "lockout.often", "unit": "second"},
        {"key": "category.urban", "unit": "list", "value": []},
        {"key": "number.visit", "unit": "text", "value": "LF{year}"},
        {"key": "number.mediation_case", "unit": "text", "value": "{year}-{n}"},
        {"key": "dossier.light", "unit": "list", "value": ["agreement", "协议书"]},
        {"key": "dossier.keeping", "unit": "list", "value": ["50年"]},
        {"key": "mediation.written_when", "unit": "list", "value": ["always"]},
        {"key": "receipt.host", "unit": "text", "value": "https://desk.example.org"},
    ],
)
def test_families_have_a_shape(changes: dict[str, object]) -> None:
    with pytest.raises(InputProblem, match="第 1 条") as caught:
        from_content(content(**changes))
    assert caught.value.field == changes["key"]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ({"schema": None}, "格式版本号"),
        ({"schema": True}, "格式版本号"),
        ({"schema": 2}, "先升级程序"),
        ({"profile": ""}, "名称"),
        ({"version": None}, "版本"),
        ({"row": []}, "没有任何规则"),
        ({"row": ["x"]}, "不是一条规则"),
        ({"extra": 1}, "“extra”"),
    ],
)
def test_a_bad_head_is_refused_in_words(head: dict[str, object], words: str) -> None:
    with pytest.raises(InputProblem, match=words):
        from_content({**content(), **head})


def test_two_rows_of_one_key_and_day_are_refused() -> None:
    doubled = content()
    doubled["row"].append({**GOOD_ROW, "value": 5})
    with pytest.raises(InputProblem, match=r"第 2 条.*写了两条"):
        from_content(doubled)


def test_the_signed_bytes_do_not_depend_on_layout_of_the_file() -> None:
    loose = tomllib.loads(
        """
        version = "2026.3"
        schema = 1
        profile = '示例县'
        [[row]]
        source = "本地设定"
        unit = 'workday'   # 工作日
        value = 3
        valid_from = 2026-01-01
        key = "term.tell_where"
        [signature]
        key = "…"
        """
    )
    assert canonical(from_content(loose)) == canonical(from_content(content()))
    assert b'"valid_from":"2026-01-01"' in canonical(from_content(loose))


def test_any_changed_value_changes_the_signed_bytes() -> None:
    bytes_of = {
        canonical(from_content(content(**change)))
        for change in [{}, {"value": 4}, {"unit": "day"}, {"source": "甲"}, {"valid_from": date(2026, 1, 2)}]
    }
    assert len(bytes_of) == 5


@pytest.mark.parametrize(("key", "lowest"), AT_LEAST.items())
def test_what_keeps_the_desk_safe_cannot_be_switched_off(key: str, lowest: int) -> None:
    from_content(content(key=key, unit="count", value=lowest))
    with pytest.raises(InputProblem, match=f"不能小于 {lowest}"):
        from_content(content(key=key, unit="count", value=lowest - 1))


BASE = from_content(content())


def test_an_unknown_key_is_refused_so_that_a_slip_of_the_pen_is_seen() -> None:
    with pytest.raises(InputProblem, match="不认识这个规则名") as caught:
        check_against(BASE, from_content(content(key="term.tel_where")))
    assert caught.value.field == "term.tel_where"


def test_dl04_a_term_may_change_its_unit_but_not_its_kind() -> None:
    check_against(BASE, from_content(content(unit="day")))
    with pytest.raises(InputProblem, match="单位应为 workday"):
        check_against(BASE, from_content(content(unit="text", value="三天")))
    with pytest.raises(InputProblem, match="单位应为 workday"):
        check_against(BASE, from_content(content(unit="hour")))


def test_a_county_may_add_its_own_categories() -> None:
    check_against(BASE, from_content(content(key="category.fishery", unit="text", value="渔业")))
    assert "category" in OPEN_FAMILIES


days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
texts = st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: text.strip() == text)
values = st.one_of(
    st.tuples(st.sampled_from(["day", "workday", "month", "hour", "count"]), st.integers(0, 36_600)),
    st.tuples(st.just("text"), st.text(st.characters(codec="utf-8"))),
    st.tuples(st.just("list"), st.lists(texts).map(tuple)),
    st.tuples(st.just("flag"), st.booleans()),
)


@given(st.lists(st.tuples(values, days, texts), min_size=1, max_size=6), texts, texts)
def test_every_profile_survives_its_own_bytes(drawn: list[Any], name: str, version: str) -> None:
    rows = tuple(
        Row(f"k.k{number}", value, unit, day, source)
        for number, ((unit, value), day, source) in enumerate(drawn)
    )
    profile = Profile(name, version, rows)
    assert from_content(to_content(profile)) == profile
    assert canonical(from_content(to_content(profile))) == canonical(profile)
