"""Single cells of an old ledger, as stations write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.services.old_ledger import cells
from tests.unit.services.old_ledger.ledger_stage import TODAY, TOPICS


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05",
        "2026/3/5",
        "2026.3.5",
        "2026年3月5日上午",
        "20260305",
        "26.3.5",
        "46086",
        "２０２６－３－５",
    ],
)
def test_one_day_in_many_spellings(text: str) -> None:
    assert cells.read_day(text, TODAY, 0) == (date(2026, 3, 5), "")


def test_a_day_without_its_year_is_told() -> None:
    assert cells.read_day("3月12日", TODAY, 2026) == (
        date(2026, 3, 12),
        "日期“3月12日”没有写年份，按 2026 年，请核对。",
    )
    assert cells.read_day("3月12日", TODAY, 0)[0] is None


@pytest.mark.parametrize("text", ["2026-4-31", "昨天", "2026-12-31", "1911-1-1"])
def test_what_is_no_day_of_the_past_is_none(text: str) -> None:
    day, doubt = cells.read_day(text, TODAY, 2026)
    assert day is None
    assert text in doubt


def test_visitors() -> None:
    assert cells.read_visitor("赵某某等5人").headcount == 5
    assert cells.read_visitor("赵某某等五人").name == "赵某某"
    several = cells.read_visitor("王某、李某（女）、张某")
    assert (several.name, several.companions, several.headcount) == ("王某", ("李某", "张某"), 3)
    assert cells.read_visitor("匿名").anonymous
    assert cells.read_visitor("匿名").doubts == ()
    for text in ("", "部分村民"):
        assert cells.read_visitor(text).anonymous
        assert cells.read_visitor(text).doubts
    assert cells.read_visitor("某" * 60).problem


def test_names_of_who_received() -> None:
    assert cells.names_in("郑勇欣代表、钱 某（县）") == ("郑勇欣", "钱", "某")
    assert cells.names_in("郑勇欣，钱某") == ("郑勇欣", "钱某")
    assert cells.names_in("") == ()


@pytest.mark.parametrize(
    ("text", "count"), [("3", 3), ("3人", 3), ("三人", 3), ("十二户", 12), ("", 0), ("两人次", 2)]
)
def test_head_counts(text: str, count: int) -> None:
    assert cells.read_headcount(text, 999) == (count, "")


@pytest.mark.parametrize("text", ["200000", "许多", "0"])
def test_a_head_count_that_cannot_be_is_told(text: str) -> None:
    count, doubt = cells.read_headcount(text, 999)
    assert count == 0
    assert text in doubt


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("城乡建设", "urban"),
        ("市场监督类", "market"),
        ("路灯", "urban/路灯"),
        ("劳动保障", "labour"),
        ("杂", ""),
        ("水产", ""),
        ("", ""),
    ],
)
def test_categories(text: str, code: str) -> None:
    assert cells.read_category(text, TOPICS) == code


@pytest.mark.parametrize(
    ("unit", "handling", "read", "doubted"),
    [
        ("县水利局", "", "县水利局", False),
        ("", "县市场监管局", "县市场监管局", False),
        ("", "转示例县住建局", "示例县住建局", False),
        ("", "已交县市场监管局调查处理", "县市场监管局", True),
        ("", "3月2日转交镇民政办办理。", "镇民政办", True),
        ("", "待研判", "", False),
        ("", "县交通局", "县交通局", False),
        ("", "县交通局正在办理", "", False),
        ("无", "", "", False),
    ],
)
def test_units(unit: str, handling: str, read: str, doubted: bool) -> None:
    found, doubt = cells.read_unit(unit, handling)
    assert (found, bool(doubt)) == (read, doubted)


@pytest.mark.parametrize(
    ("unit", "level"),
    [
        ("示例村", "village"),
        ("仁和社区居委会", "village"),
        ("镇民政办", "town"),
        ("派出所", "town"),
        ("县市场监管局", "county"),
        ("城乡建设局", "county"),
        ("市政公司", "county"),
        ("示例市交通局", "city"),
        ("省信访局", "city"),
    ],
)
def test_levels_of_units(unit: str, level: str) -> None:
    assert cells.level_of(unit) == (level, "")


def test_a_unit_that_tells_no_level_is_doubted() -> None:
    level, doubt = cells.level_of("某某")
    assert level == "town"
    assert "某某" in doubt


def test_terms() -> None:
    came = date(2026, 3, 5)
    assert cells.read_due("2026-04-05", came, TODAY) == (date(2026, 4, 5), "")
    assert cells.read_due("30天内", came, TODAY) == (date(2026, 4, 4), "")
    assert cells.read_due("2周", came, TODAY) == (date(2026, 3, 19), "")
    assert cells.read_due("4月10日", came, TODAY) == (date(2026, 4, 10), "")
    assert cells.read_due("", came, TODAY) == (None, "")
    for text in ("15个工作日", "3个月", "5月底前", "30天"):
        assert cells.read_due(text, None, TODAY)[1]


@pytest.mark.parametrize(
    ("result", "handling", "answer"),
    [
        ("已办结", "", (True, False)),
        ("", "已答复", (True, False)),
        ("是", "", (True, False)),
        ("否", "已答复", (False, False)),
        ("未办结", "", (False, False)),
        ("办理中", "", (False, False)),
        ("正在办理", "", (False, False)),
        ("", "", (False, False)),
        ("已答复，但没有解决", "", (False, True)),
    ],
)
def test_what_is_done(result: str, handling: str, answer: tuple[bool, bool]) -> None:
    closed, doubt = cells.is_closed(result, handling)
    assert (closed, bool(doubt)) == answer


def test_kinds_kept_apart_are_for_writing_down_by_hand() -> None:
    """XF-15, LZ-11, LZ-02."""
    assert "检举控告" in cells.apart("举报村干部侵占补偿款")
    assert "家庭暴力" in cells.apart("长期遭受家暴")
    assert "涉法涉诉" in cells.apart("法院判决后不还钱")
    assert cells.apart("举报夜里施工扰民") == ""


def test_a_subject_fits_the_receipt() -> None:
    """F-53."""
    assert cells.short("小区门口积水。") == "小区门口积水"
    assert cells.short("二楼平台违建挡了一楼采光，业委会反映多次，城管来看过两次都没有下文") == (
        "二楼平台违建挡了一楼采光，业委会反映多次"
    )
    assert cells.short("某" * 40) == "某" * 31 + "…"


def test_the_year_of_a_title() -> None:
    assert cells.year_of("示例镇民情台账（2026年）") == 2026
    assert cells.year_of("民情台账") == 0


def test_kinds_of_visits() -> None:
    assert [cells.read_kind(text) for text in ("电话", "入户走访", "微信群", "现场", "")] == [
        *("phone", "outreach", "wechat", "station", "station")
    ]


@given(st.text(max_size=30))
def test_no_text_breaks_a_reader(text: str) -> None:
    day, _doubt = cells.read_day(text, TODAY, 2026)
    assert day is None or day <= TODAY
    cells.read_visitor(text)
    cells.read_due(text, TODAY, TODAY)
    cells.read_unit(text, text)
    cells.is_closed(text, text)
    cells.names_in(text)
    assert len(cells.short(text)) <= 32
    assert 0 <= cells.read_headcount(text, 999)[0] <= 999
