"""Limitation hints: FL-13 with DL-01…04, from the shipped rows and the 2026 calendar."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.rules.consultation_codes import CATEGORY, PROCEDURE
from desk.rules.deadlines import Term, Unit, due
from desk.rules.limitation import (
    INTERRUPTION,
    KIND,
    Facts,
    Hint,
    Interruption,
    Soon,
    closing_day,
    hint,
    kinds_for,
    limit,
    soon,
    term_words,
)
from desk.services.profile import load_default
from tests.unit.rules.calendar_2026 import CALENDAR

PROFILE = load_default()
TODAY = date(2026, 11, 26)


def of(code: str, facts: Facts, today: date = TODAY) -> Hint:
    found = hint(limit(PROFILE, code, today), facts, today, CALENDAR, soon(PROFILE, today))
    assert found is not None
    return found


def since(day: date, *interruptions: Interruption, happened: date | None = None) -> Facts:
    return Facts(day, happened, interruptions)


def test_fl_13_three_years_from_knowing() -> None:
    """The picture of the page: known on 2026-09-18."""
    found = of("civil", since(date(2026, 9, 18)))
    assert (found.label, found.text, found.state) == ("诉讼时效", "至 2029-09-18", "open")
    assert found.notes == (
        "自知道受损和责任人之日起三年，自受损之日起最长二十年",
        "申请人民调解的，时效中断重新计算，请核对",
    )
    assert found.article == "民法典第一百八十八条"


@pytest.mark.parametrize(
    ("code", "start", "ends"),
    [
        ("civil", date(2024, 2, 29), date(2027, 2, 28)),
        ("labour_arbitration", date(2026, 3, 31), date(2027, 3, 31)),
        ("reconsideration", date(2026, 3, 2), date(2026, 5, 6)),
        ("administrative_suit", date(2026, 4, 1), date(2026, 10, 8)),
        ("work_injury_employer", date(2026, 9, 4), date(2026, 10, 8)),
        ("work_injury_employee", date(2026, 9, 4), date(2027, 9, 6)),
        ("confirmation", date(2026, 9, 4), date(2026, 10, 8)),
        ("suit_after_award", date(2026, 2, 1), date(2026, 2, 24)),
        ("suit_after_review", date(2026, 1, 30), date(2026, 2, 14)),
    ],
)
def test_fl_13_each_kind_has_its_term(code: str, start: date, ends: date) -> None:
    """DL-03: what closes a door rolls over rest days. The starts are those of the vectors of §2."""
    assert of(code, since(start)).ends_on == ends


def test_a_limitation_is_shown_on_its_own_last_day_while_it_can_be_acted_on() -> None:
    for today in (date(2026, 9, 30), date(2026, 10, 2)):
        found = of("civil", since(date(2023, 10, 2)), today)
        assert (found.ends_on, found.state) == (date(2026, 10, 2), "soon")
        assert not any("顺延" in note for note in found.notes)


@pytest.mark.parametrize(("code", "known"), [("civil", 2023), ("labour_arbitration", 2025)])
def test_dl_03_a_limitation_is_over_only_after_the_holiday(code: str, known: int) -> None:
    """If the last day is a statutory rest day, the term ends on the next day after the holiday (art. 203)."""
    facts = since(date(known, 10, 4))
    last = of(code, facts, date(2026, 10, 8))
    assert (last.state, last.text, last.days_left) == ("soon", "至 2026-10-08，今天到期", 0)
    assert "末日 2026-10-04 是休息日，顺延到 2026-10-08" in last.notes
    over = of(code, facts, date(2026, 10, 9))
    assert (over.state, over.text) == ("expired", "已于 2026-10-08 届满")


def test_dl_03_what_is_asked_for_on_the_day_after_the_holiday_interrupts() -> None:
    """Civil Code arts. 195, 203: known 2025-10-04, the year ends on 2026-10-08."""
    in_time = of("labour_arbitration", since(date(2025, 10, 4), Interruption("mediation", date(2026, 10, 8))))
    assert in_time.ends_on == date(2027, 10, 8)
    assert "2026-10-08 申请人民调解，时效中断，自 2026-10-08 重新计算" in in_time.notes
    late = of("labour_arbitration", since(date(2025, 10, 4), Interruption("mediation", date(2026, 10, 9))))
    assert (late.state, late.ends_on) == ("expired", date(2026, 10, 8))
    assert "2026-10-09 申请人民调解已在届满之后，不再中断" in late.notes


def test_dl_03_the_twenty_years_too_end_after_the_holiday() -> None:
    asked = Interruption("demand", date(2026, 10, 8))
    found = of("civil", since(date(2026, 1, 5), asked, happened=date(2006, 10, 4)), date(2026, 10, 8))
    assert (found.state, found.ends_on) == ("soon", date(2026, 10, 8))
    assert "2026-10-08 向对方主张权利，时效中断，自 2026-10-08 重新计算" in found.notes


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_dl_03_a_term_closes_on_a_working_day_and_no_earlier(last: date) -> None:
    closes = closing_day(last, CALENDAR)
    assert CALENDAR.is_working(closes)
    between = (last + timedelta(days=days) for days in range((closes - last).days))
    assert not any(CALENDAR.is_working(day) for day in between)


def test_dl_04_sixty_days_for_reconsideration_are_calendar_days() -> None:
    assert limit(PROFILE, "reconsideration", TODAY).term == Term(60, Unit.DAY)


def test_every_kind_has_rows_words_and_a_statute() -> None:
    for code, word in KIND.items():
        rule = limit(PROFILE, code, TODAY)
        assert rule.label == word
        assert "法" in rule.article or "条例" in rule.article
        assert "本地设定" not in rule.article


def test_fl_13_applying_to_a_mediation_committee_interrupts() -> None:
    """SPC provisions on limitation (2020), art. 12."""
    asked = Interruption("mediation", date(2026, 10, 20))
    found = of("civil", since(date(2024, 1, 10), asked))
    assert found.ends_on == date(2029, 10, 20)
    assert "2026-10-20 申请人民调解，时效中断，自 2026-10-20 重新计算" in found.notes
    assert "程序还没有结束的，从程序终结时重新计算，请核对" in found.notes


def test_after_proceedings_the_term_starts_when_they_end() -> None:
    asked = Interruption("suit", date(2025, 3, 1), ended=date(2026, 6, 30))
    found = of("civil", since(date(2024, 1, 10), asked))
    assert found.ends_on == date(2029, 6, 30)
    assert not any("还没有结束" in note for note in found.notes)


def test_an_interruption_after_the_end_comes_too_late() -> None:
    late = of("civil", since(date(2022, 1, 10), Interruption("demand", date(2025, 1, 11))))
    assert (late.ends_on, late.state) == (date(2025, 1, 10), "expired")
    assert "2025-01-11 向对方主张权利已在届满之后，不再中断" in late.notes
    just = of("civil", since(date(2022, 1, 10), Interruption("demand", date(2025, 1, 10))))
    assert just.ends_on == date(2028, 1, 10)


def test_a_debt_accepted_after_the_end_is_a_matter_for_the_lawyer() -> None:
    """SPC provisions on limitation (2020), art. 19."""
    late = of("civil", since(date(2022, 1, 10), Interruption("acceptance", date(2026, 1, 11))))
    assert any("不得再以时效抗辩" in note for note in late.notes)


def test_what_happened_before_the_start_does_not_count() -> None:
    early = of("civil", since(date(2026, 1, 10), Interruption("demand", date(2025, 12, 1))))
    assert early.ends_on == date(2029, 1, 10)
    assert "2025-12-01 向对方主张权利早于起算日，没有计入" in early.notes


def test_the_twenty_years_are_not_interrupted() -> None:
    asked = Interruption("mediation", date(2026, 10, 1))
    found = of("civil", since(date(2025, 1, 1), asked, happened=date(2007, 5, 8)))
    assert found.ends_on == date(2027, 5, 8)
    assert "已到最长期间，中断也不再延长" in found.notes


def test_land_has_a_longer_last_day_for_administrative_ways() -> None:
    act = Facts(date(2026, 11, 2), date(2021, 12, 1))
    assert of("administrative_suit", act).ends_on == date(2026, 12, 1)
    assert of("administrative_suit", replace(act, real_estate=True)).ends_on == date(2027, 5, 3)


def test_unpaid_wages_of_who_still_works_there_have_no_limit() -> None:
    """Labour Dispute Law art. 27."""
    found = of("labour_arbitration", Facts(still_employed=True))
    assert (found.state, found.ends_on, found.days_left) == ("unlimited", None, None)
    assert found.text == "在职期间拖欠劳动报酬的，不受一年限制"


def test_expired_soon_and_open_are_said_in_words() -> None:
    start = date(2026, 10, 1)
    ends = date(2026, 11, 30)  # 60 days
    texts = {
        days: of("reconsideration", since(start), ends + timedelta(days=days)).text for days in (-11, -10, 0)
    }
    assert texts == {-11: "至 2026-11-30", -10: "至 2026-11-30，剩 10 天", 0: "至 2026-11-30，今天到期"}
    gone = of("reconsideration", since(start), ends + timedelta(days=1))
    assert (gone.text, gone.state, gone.days_left) == ("已于 2026-11-30 届满", "expired", -1)


def test_an_ended_limitation_is_no_lost_right() -> None:
    assert any("请律师核对" in note for note in of("civil", since(date(2020, 1, 1))).notes)


def test_a_year_without_a_published_calendar_is_told() -> None:
    """DL-06."""
    assert any("没有公布" in note for note in of("work_injury_employee", since(date(2026, 9, 4))).notes)
    assert not any("没有公布" in note for note in of("reconsideration", since(date(2026, 3, 2))).notes)


def test_without_a_date_there_is_no_hint() -> None:
    assert hint(limit(PROFILE, "civil", TODAY), Facts(happened_on=TODAY), TODAY, CALENDAR) is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (since(date(2026, 11, 27)), "known_on"),
        (Facts(TODAY, date(2026, 11, 27)), "happened_on"),
        (Facts(date(2026, 1, 1), date(2026, 1, 2)), "known_on"),
        (since(date(2026, 1, 1), Interruption("demand", date(2026, 11, 27))), "interrupted_on"),
        (
            since(date(2025, 1, 1), Interruption("suit", date(2026, 2, 1), ended=date(2026, 1, 31))),
            "interrupted_on",
        ),
    ],
)
def test_days_that_cannot_be_are_refused_in_words(facts: Facts, field: str) -> None:
    with pytest.raises(InputProblem, match="请核对") as caught:
        of("civil", facts)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (Term(36, Unit.MONTH), "三年"),
        (Term(240, Unit.MONTH), "二十年"),
        (Term(6, Unit.MONTH), "六个月"),
        (Term(60, Unit.DAY), "六十日"),
        (Term(15, Unit.WORKDAY), "十五个工作日"),
        (Term(0, Unit.DAY), "0日"),
    ],
)
def test_terms_as_statutes_say_them(term: Term, words: str) -> None:
    assert term_words(term) == words


def test_topics_and_ways_taken_ask_for_their_kinds() -> None:
    assert kinds_for(("neighbour", "tort")) == ("civil",)
    assert kinds_for(("work_injury",)) == ("work_injury_employer", "work_injury_employee")
    assert kinds_for(("expropriation",)) == ("reconsideration", "administrative_suit")
    assert kinds_for(("contract",), ("mediation",)) == ("civil", "confirmation")
    assert kinds_for(("labour",), ("arbitration",)) == ("labour_arbitration", "suit_after_award")
    assert kinds_for(("notary",)) == ()


@given(st.sets(st.sampled_from(sorted(CATEGORY))), st.sets(st.sampled_from(sorted(PROCEDURE))))
def test_every_kind_asked_for_exists(topics: set[str], ways: set[str]) -> None:
    assert set(kinds_for(topics, ways)) <= set(KIND)


DAYS = st.dates(date(2000, 1, 1), TODAY)
BREAKS = st.lists(st.builds(Interruption, st.sampled_from(sorted(INTERRUPTION)), DAYS), max_size=4)


@given(DAYS, BREAKS)
def test_fl_13_an_interruption_never_shortens(start: date, breaks: list[Interruption]) -> None:
    plain, broken = of("civil", since(start)), of("civil", since(start, *breaks))
    assert plain.ends_on is not None
    assert broken.ends_on is not None
    assert broken.ends_on >= plain.ends_on
    starts = [start, *(each.on for each in breaks)]
    assert broken.ends_on in {of("civil", since(each)).ends_on for each in starts}


@given(DAYS, DAYS, BREAKS)
def test_fl_13_nothing_goes_beyond_twenty_years(one: date, other: date, breaks: list[Interruption]) -> None:
    happened, known = sorted((one, other))
    found = of("civil", since(known, *breaks, happened=happened))
    assert found.ends_on is not None
    assert found.ends_on <= due(happened, Term(240, Unit.MONTH), CALENDAR).date


@given(st.sampled_from(sorted(KIND)), DAYS, st.integers(0, 400))
def test_the_state_follows_the_days_left(code: str, start: date, later: int) -> None:
    today = start + timedelta(days=later)
    rule = limit(PROFILE, code, today)
    found = hint(rule, Facts(start), today, CALENDAR, Soon(30, 10))
    assert found is not None
    assert found.days_left is not None
    assert (found.state == "expired") == (found.days_left < 0)
    assert found.ends_on == today + timedelta(days=found.days_left)
    assert found.ends_on > start
