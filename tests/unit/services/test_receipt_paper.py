"""What a receipt says (F-53, XF-07; product.md, No promise in another's name)."""

from datetime import date
from typing import Any

import pytest

from desk.models.store import Store
from desk.services import receipt_paper
from desk.services.pdf.receipt_values import ReceiptPaper
from tests import factories
from tests.fakes import FakeClock
from tests.paper_desk import add_visit, desk, set_up


def gathered(store: Store, *, matter: dict[str, Any] | None = None, **changes: Any) -> ReceiptPaper:
    """Set up a desk with one visit and return the values of its receipt."""
    set_up(store)
    visit_id, matter_id = add_visit(store, matter=matter, **changes)
    with store.write("u1") as rows:
        rows.add(factories.mediation(matter_id=matter_id))
        rows.add(factories.consultation(matter_id=matter_id))
    here = desk(store)
    issued = here.issue(visit_id)
    with store.read() as rows:
        return receipt_paper.gather(rows, issued, here.profiles.current(), reprint=0)


def rows_of(paper: ReceiptPaper) -> dict[str, str]:
    return {row.label: row.strong + row.text for row in paper.rows}


def test_a_proposed_matter_names_who_signs_and_the_stations_own_date(
    store: Store, fake_clock: FakeClock
) -> None:
    paper = gathered(
        store,
        matter={"level": "town", "proposed_unit": "镇城建办", "tell_by": date(2026, 11, 26)},
        name_told="陈三丰",
        headcount=3,
    )
    assert rows_of(paper) == {
        "事项": "路灯不亮",
        "处理": "拟请镇城建办办理，由镇人大主席团签批后交办",
        "告知去向": "截至 2026 年 11 月 26 日（含当日），本站告诉您交给了谁、什么时候答复",
        "途径程序": "接待 → 签批交办 → 承办单位答复 → 本站反馈 → 请您评价；不服答复可依法另走程序",
    }
    assert paper.visitor == "陈**（3 人）"
    assert paper.at_text == "2026 年 11 月 23 日 09:00"
    assert (paper.receivers, paper.registrar) == ("王某某", "钱某某")
    assert paper.notes == (
        "拨 0571-00000000 报查询号查进度",
        "本站不收费；您的信息只用于办理本事项",
        "本县各站可核对真伪",
    )


@pytest.mark.parametrize(
    ("matter", "handling", "promises"),
    [
        ({"outcome": "answered", "answer_text": "已解释政策"}, "当场答复：已解释政策", False),
        ({"outcome": "answered"}, "当场答复：已当面说明", False),
        ({"outcome": "guided", "guide_to": "法院", "guide_reason": "涉诉"}, "请向法院反映。涉诉", False),
        ({"outcome": "triage"}, "已收下，本站研判后确定交给谁办", True),
        ({"outcome": ""}, "已登记，本站正在办理", True),
        ({"outcome": "mediation", "tell_by": None}, "转人民调解 TJ2026-A0001", False),
        ({"outcome": "consultation", "tell_by": None}, "转法律咨询 ZX2026-A0001", False),
        (
            {"level": "village", "fast_track": True},
            "按小微急快办，拟请有关单位办理，由联络站站长签批后交办",
            True,
        ),
        ({"level": ""}, "拟请有关单位办理", True),
    ],
)
def test_each_outcome_says_its_own_and_promises_only_what_the_station_made(
    store: Store, fake_clock: FakeClock, matter: dict[str, Any], handling: str, promises: bool
) -> None:
    """A unit's date is never on it: the only date is the matter's tell_by, the station's own clock."""
    said = rows_of(gathered(store, matter=matter))
    assert said["处理"] == handling
    assert ("告知去向" in said) is promises
    assert said["途径程序"]


def test_who_gave_no_name_stays_unnamed(store: Store, fake_clock: FakeClock) -> None:
    assert gathered(store, anonymous=True, name_told="").visitor == "不愿透露姓名（1 人）"


def test_a_long_subject_is_shortened(store: Store, fake_clock: FakeClock) -> None:
    """F-53: 事项摘要 ≤ 32 characters."""
    said = rows_of(gathered(store, matter={"subject": "路" * 60}))
    assert said["事项"] == "路" * 31 + "…"


def test_a_safe_visit_leaves_everything_but_number_and_phone_out(store: Store, fake_clock: FakeClock) -> None:
    paper = gathered(store, safety="domestic_violence")
    assert paper.plain
    assert (paper.visitor, paper.rows, paper.receivers, paper.at_text) == ("", (), "", "")
    assert (paper.number, paper.phone) == ("LF2026-A0001", "0571-00000000")
    assert paper.notes == ("请凭查询号到本站或拨 0571-00000000 询问",)
