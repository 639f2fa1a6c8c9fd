"""Who is the same person as somebody stored."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.services.roster.matching import lay_beside, strength, words_of
from desk.services.roster.plan_values import NEW, SKIP, KnownMandate
from desk.services.roster.values import RosterMandate, RosterRow
from tests.unit.services.roster.known import KNOWN

ROW = RosterRow(
    line=4,
    name="王某",
    levels=("县",),
    mandates=(RosterMandate("县", "第1选区"),),
    constituency="第1选区",
    post="教师",
    phone="13800138000",
    sex="1",
    ethnicity="汉族",
    birth=date(1970, 1, 1),
    lines=(4,),
)
ELSEWHERE = (RosterMandate("县", "第9选区"),)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (ROW, 4),
        (replace(ROW, birth=date(1971, 1, 1), mandates=ELSEWHERE), 4),
        (replace(ROW, phone="13900139000"), 3),
        (replace(ROW, phone="", birth=None), 2),
        (replace(ROW, phone="13900139000", birth=None), 2),
        (replace(ROW, phone="", mandates=()), 2),
        (replace(ROW, phone="", birth=None, levels=(), mandates=()), 2),
        (replace(ROW, phone="", birth=None, levels=(), mandates=(), post="医生"), 1),
        (replace(ROW, phone="13900139000", birth=None, mandates=()), 0),
        (replace(ROW, phone="", birth=None, mandates=ELSEWHERE), 0),
        (replace(ROW, phone="", birth=date(1990, 1, 1)), 0),
        (replace(ROW, sex="2"), 0),
    ],
)
def test_how_surely_two_namesakes_are_one(row: RosterRow, expected: int) -> None:
    assert strength(row, KNOWN) == expected


def test_nothing_to_tell_apart_is_taken_for_the_one_namesake_but_doubtful() -> None:
    (entry,) = lay_beside("名单.csv", [RosterRow(line=4, name="王某", post="医生")], [KNOWN]).entries
    assert (entry.action, entry.default) == ("doubtful", "d1")
    two = [KNOWN, replace(KNOWN, id="d2")]
    (entry,) = lay_beside("名单.csv", [RosterRow(line=4, name="王某", post="医生")], two).entries
    assert (entry.action, entry.default) == ("doubtful", NEW)


def test_two_equal_namesakes_are_not_guessed_between() -> None:
    plan = lay_beside("名单.csv", [ROW], [KNOWN, replace(KNOWN, id="d2")])
    assert [entry.action for entry in plan.entries] == ["doubtful"]


def test_an_alias_is_a_name_too() -> None:
    (entry,) = lay_beside("名单.csv", [replace(ROW, name="王𬱖")], [replace(KNOWN, alias="王𬱖")]).entries
    assert entry.action == "same"


def test_what_the_roster_leaves_open_is_noted() -> None:
    town = KnownMandate("m2", 5, "第2选区", "", "", "", "active")
    known = replace(KNOWN, state="departed", mandates=(*KNOWN.mandates, town))
    (entry,) = lay_beside("名单.csv", [ROW], [known]).entries
    assert "库中还有镇级" in entry.note
    assert "保持离任" in entry.note


def test_a_row_that_cannot_be_imported_is_skipped() -> None:
    (entry,) = lay_beside("名单.csv", [replace(ROW, problem="姓名最多 50 个字。")], [KNOWN]).entries
    assert (entry.action, entry.default) == ("doubtful", SKIP)


def test_words_to_tell_people_apart_are_masked() -> None:
    assert words_of(KNOWN) == "县 第1选区 教师 138****8000"


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from("王李张"), st.integers(1, 4), st.sampled_from(("", "13800138000", "13900139000"))
    ),
    max_size=8,
)


@given(PEOPLE, PEOPLE)
def test_a_stored_deputy_is_never_two_rows(
    rows: list[tuple[str, int, str]], stored: list[tuple[str, int, str]]
) -> None:
    known = [
        replace(KNOWN, id=f"d{n}", name=name + "某", birth_date=None, phone=phone)
        for n, (name, _place, phone) in enumerate(stored)
    ]
    roster = [
        replace(
            ROW,
            line=n,
            name=name + "某",
            birth=None,
            phone=phone,
            mandates=(RosterMandate("县", f"第{place}选区"),),
        )
        for n, (name, place, phone) in enumerate(rows, start=2)
    ]
    plan = lay_beside("名单.csv", roster, known)
    sure = [entry.default for entry in plan.entries if entry.action in {"same", "changed"}]
    assert len(sure) == len(set(sure))
    assert len(plan.entries) == len(roster)
