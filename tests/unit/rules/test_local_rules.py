"""The shipped profile as the values the rules take."""

import re
from datetime import date, timedelta

import pytest

from desk.rules import labels
from desk.rules.deadlines import Colour, ColourRule, Term, Trigger, Unit, due
from desk.rules.local_rules import (
    approval_body,
    calendar,
    categories,
    colour_rules,
    fill,
    lock_steps,
    notice_text,
    password_policy,
)
from desk.rules.passwords import LockStep
from desk.rules.profile import LOCAL, Profile, Row, overlay
from desk.services.profile import load_default
from tests.unit.rules.calendar_2026 import CALENDAR

DAY = date(2026, 11, 23)
DEFAULT = load_default()


def test_dl06_the_2026_notice_is_shipped_as_rows() -> None:
    assert calendar(DEFAULT, DAY).years == CALENDAR.years


def test_dl06_a_new_year_is_imported_without_an_upgrade() -> None:
    notice = (Row("holidays.2027", (date(2027, 1, 1),), "dates", date(2026, 11, 1), "通知"),)
    years = calendar(overlay(DEFAULT, Profile("示例县", "4", notice)), DAY).years
    assert set(years) == {2026, 2027}
    assert years[2027].workdays == frozenset()


def test_the_date_for_telling_where_is_three_working_days() -> None:
    term = DEFAULT.term("term.tell_where", DAY)
    assert term == Term(3, Unit.WORKDAY)
    assert due(DAY, term, calendar(DEFAULT, DAY)).date == date(2026, 11, 26)
    assert DEFAULT.row("term.tell_where", DAY).source == LOCAL
    assert DEFAULT.term("term.tell_where_legal", DAY) == Term(15, Unit.DAY)


def test_the_colours_are_the_proposed_default_of_domain_5() -> None:
    assert colour_rules(DEFAULT, DAY) == (
        ColourRule(Colour.WHITE, Trigger.DAYS_BEFORE_DUE, 7),
        ColourRule(Colour.YELLOW, Trigger.DAYS_OVERDUE, 1),
        ColourRule(Colour.RED, Trigger.DAYS_OVERDUE, 15),
        ColourRule(Colour.RED, Trigger.NTH_REMINDER, 3),
    )
    assert {row.source for row in DEFAULT.rows("colour", DAY)} == {LOCAL}


def test_sec01_classes_and_age_are_off_until_dengbao_is_on() -> None:
    off = password_policy(DEFAULT, DAY)
    assert (off.min_length, off.min_classes, off.max_age_days) == (8, 0, 0)
    switched = Profile("本站", "1", (Row("dengbao.enabled", True, "flag", DAY, LOCAL),))
    on = password_policy(overlay(DEFAULT, switched), DAY)
    assert (on.min_classes, on.max_age_days) == (3, 90)
    before = password_policy(overlay(DEFAULT, switched), DAY - timedelta(days=1))
    assert before == off


def test_sec02_the_delay_starts_at_five_failures_and_rises() -> None:
    steps = lock_steps(DEFAULT, DAY)
    assert steps[0] == LockStep(5, 300)
    assert [step.seconds for step in steps] == sorted(step.seconds for step in steps)


def test_sign_on_times_of_the_product_page() -> None:
    assert DEFAULT.number("lock.idle", DAY) == 10
    assert DEFAULT.number("lock.pin_return", DAY) == 30
    assert DEFAULT.number("lock.store_open", DAY) == 4


def test_f20_topics_are_all_there_with_finer_words() -> None:
    found = {category.label: category for category in categories(DEFAULT, DAY)}
    assert len(found) == 20
    assert "排水" in found["城乡建设"].topics
    assert found["其他"].topics == ()
    assert list(found)[-1] == "其他"


def test_a_county_adds_and_takes_away_topics_and_switches_a_colour_off() -> None:
    rows = (
        Row("category.fishery", "渔业", "text", DAY, "示例县"),
        Row("category.military", "", "text", DAY, "示例县"),
        Row("colour.red.nth_reminder", 0, "count", DAY, "示例县"),
    )
    merged = overlay(DEFAULT, Profile("示例县", "5", rows))
    found = [category.label for category in categories(merged, DAY)]
    assert found[-2:] == ["渔业", "其他"]
    assert "军队事务" not in found
    assert Trigger.NTH_REMINDER not in {rule.trigger for rule in colour_rules(merged, DAY)}


@pytest.mark.parametrize(
    ("level", "station_level", "body"),
    [
        ("town", "town", "镇人大主席团"),
        ("town", "street", "街道人大工委"),
        ("village", "street", "联络站站长"),
        ("county", "town", "县人大常委会代表工作委员会"),
    ],
)
def test_zd05_who_approves_depends_on_level_and_street(level: str, station_level: str, body: str) -> None:
    assert approval_body(DEFAULT, DAY, level, station_level) == body


def test_pi03_the_notice_says_all_six_things() -> None:
    text = notice_text(DEFAULT, DAY, station="示例镇人大代表联络站", phone="×××-×××××××")
    for word in (
        "处理者：示例镇",
        "×××-×××××××",
        "目的",
        "方式",
        "种类",
        "期限：保存 10 年",
        "权利",
        "不收取任何费用",
    ):
        assert word in text
    assert not re.search(r"[{}]", text)
    monthly = Profile("本站", "1", (Row("retention.visit", 18, "month", DAY, LOCAL),))
    assert "保存 18 个月" in notice_text(overlay(DEFAULT, monthly), DAY, station="", phone="")


def test_an_unknown_place_in_a_sentence_stays() -> None:
    assert fill("拨 {phone} 找 {who}", {"phone": "12345"}) == "拨 12345 找 {who}"


def test_outcomes_and_levels_offered_are_codes_with_a_word() -> None:
    assert set(DEFAULT.items("outcomes", DAY)) == set(labels.OUTCOME)
    assert set(DEFAULT.items("levels", DAY)) <= set(labels.LEVEL)
    for outcome in labels.OUTCOME:
        assert DEFAULT.text(f"receipt.path.{outcome}", DAY)
    for level in DEFAULT.items("levels", DAY):
        assert DEFAULT.text(f"approval.{level}", DAY)


def test_every_shipped_value_says_where_it_comes_from() -> None:
    assert all(row.source for row in DEFAULT.all_rows)
    assert DEFAULT.text("receipt.host", DAY) == ""
    assert DEFAULT.items("units", DAY) == ()
    assert DEFAULT.number("clock.max_ahead", DAY) == 30
