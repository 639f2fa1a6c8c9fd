"""Single cells of a roster."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.services.roster import cells

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("镇", "镇"),
        ("县级人大代表", "县"),
        ("省、市、县", "省市县"),
        ("县、镇", "县镇"),
        ("镇 县", "县镇"),
        ("市县两级代表", "市县"),
        ("全国人大代表，省人大代表", "全国省"),
        ("自治区、自治州、自治县、民族乡", "省市县镇"),
        ("县级市", "县"),
        ("设区的市", "市"),
        ("县（市、区）", "县"),
        ("区、街道", "县"),
        ("乡镇", "镇"),
        ("", ""),
    ],
)
def test_levels_from_high_to_low(text: str, levels: str) -> None:
    """ZD-01."""
    assert "".join(cells.read_levels(text)[0]) == levels


def test_words_that_are_no_level_are_left_over() -> None:
    assert cells.read_levels("区、街道")[1] == "街道"
    assert cells.read_levels("街道议政代表") == ((), "")


@given(st.lists(st.sampled_from(cells.LEVELS), min_size=1, unique=True), st.sampled_from("、，,/ ;；和"))
def test_any_order_and_separator_of_levels(levels: list[str], separator: str) -> None:
    found, rest = cells.read_levels(separator.join(levels))
    assert found == tuple(level for level in cells.LEVELS if level in levels)
    assert rest == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("199705", date(1997, 5, 1)),
        ("19970512", date(1997, 5, 12)),
        ("1979年4月", date(1979, 4, 1)),
        ("1979年4月5日", date(1979, 4, 5)),
        ("1966-01-01", date(1966, 1, 1)),
        ("1994.09", date(1994, 9, 1)),
        ("1994/9", date(1994, 9, 1)),
        ("95.06", date(1995, 6, 1)),
        ("52.02", date(1952, 2, 1)),
        ("05.03", date(2005, 3, 1)),
        ("１９７９．０４", date(1979, 4, 1)),
        ("1979年4月生", date(1979, 4, 1)),
        ("", None),
    ],
)
def test_a_birth_in_any_spelling(text: str, day: date | None) -> None:
    assert cells.read_birth(text, TODAY) == (day, "")


@pytest.mark.parametrize(
    "text", ["1994.1", "94.1", "1994.13", "2015.03", "1880年1月", "1975", "不详", "199713", "35551"]
)
def test_a_doubtful_birth_is_not_guessed(text: str) -> None:
    day, doubt = cells.read_birth(text, TODAY)
    assert day is None
    assert text in doubt


@given(st.text(max_size=20))
def test_no_text_breaks_a_reader(text: str) -> None:
    cells.read_birth(text, TODAY)
    cells.read_levels(text)
    cells.read_name(text)
    cells.read_departed(text)
    cells.read_constituency(text)
    cells.level_of_title(text)


@given(st.dates(date(1950, 1, 1), date(2005, 12, 31)))
def test_every_spelling_of_a_month_is_the_same_month(day: date) -> None:
    spellings = (f"{day:%Y%m}", f"{day.year}年{day.month}月", f"{day:%Y.%m}", f"{day:%y.%m}", f"{day:%Y-%m}")
    assert {cells.read_birth(text, TODAY)[0] for text in spellings if not text.endswith(".1")} == {
        day.replace(day=1)
    }


@pytest.mark.parametrize(
    ("text", "name", "sex", "ethnicity"),
    [
        ("宋\u3000思", "宋思", "", ""),
        ("贾涛生 ", "贾涛生", "", ""),
        ("李某（女）", "李某", "2", ""),
        ("买买提·某(维吾尔族)", "买买提·某", "", "维吾尔族"),
        ("阿某（女，回族）", "阿某", "2", "回族"),
        ("扎西•多吉", "扎西·多吉", "", ""),
        ("吕\u3000𫖯", "吕𫖯", "", ""),
    ],
)
def test_names_are_cleaned(text: str, name: str, sex: str, ethnicity: str) -> None:
    """NM-01."""
    cell = cells.read_name(text)
    assert (cell.check.clean, cell.sex, cell.ethnicity) == (name, sex, ethnicity)


def test_other_words_in_brackets_are_kept_as_notes() -> None:
    assert cells.read_name("王某某（已调离）").notes == ("已调离",)


def test_totals_and_titles_are_no_names() -> None:
    for title in ("合计67人", "注：本表一式三份", "第一代表团", "第3选区", "县级代表", "制表人：张某"):
        assert cells.is_no_name(title, alone=True)
    for title in ("合计67人", "注：本表一式三份", "第一代表团", "第3选区"):
        assert cells.is_no_name(title, alone=False)
    assert not any(cells.is_no_name(name, alone=True) for name in ("王某某", "迪丽热巴·库尔班江", "合某"))
    assert not cells.is_no_name("单位", alone=False)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("已调离", (True, False)),
        ("2026年3月辞去代表职务", (True, False)),
        ("拟调离", (False, True)),
        ("未调离", (False, True)),
        ("连任", (False, False)),
        ("2026年1月补选", (False, False)),
    ],
)
def test_departures(text: str, answer: tuple[bool, bool]) -> None:
    """ZD-04."""
    assert cells.read_departed(text) == answer


def test_constituencies() -> None:
    assert cells.read_constituency("第 1 选区") == "第1选区"
    assert cells.read_constituency("３") == "第3选区"
    assert cells.names_electing_unit("示例县人民代表大会")
    assert not cells.names_electing_unit("第3选区")


def test_the_congress_of_a_title() -> None:
    assert cells.level_of_title("示例镇第十九届人民代表大会代表花名册") == ("镇", "第十九届")
    assert cells.level_of_title("示例县人大代表名单") == ("县", "")
    assert cells.level_of_title("通讯录") == ("", "")


def test_the_other_small_readers() -> None:
    assert [cells.read_sex(text) for text in ("男", " 女 ", "女性", "")] == ["1", "2", "2", "0"]
    assert [cells.read_ethnicity(text) for text in ("汉", "汉 族", "")] == ["汉族", "汉族", ""]
