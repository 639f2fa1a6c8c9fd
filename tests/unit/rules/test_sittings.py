"""Sittings and inquiries: MED-04, 05, 06, 08, 28 on forms F-05, F-06."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from desk.rules.sittings import (
    InquiryRecord,
    Participant,
    SittingRecord,
    missing_in_inquiry,
    missing_in_sitting,
)

AT = datetime(2026, 11, 8, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
WHOLE = SittingRecord(
    held_at=AT,
    place="示例镇调解室",
    subject="楼上漏水赔偿纠纷",
    openness="closed",
    sides_present=frozenset({"applicant", "respondent"}),
    participants=(Participant("周某", consented=True),),
    mediators=2,
    recorder="周某",
    informed=True,
    avoidance_asked=True,
    statements="双方陈述。",
    verification="现场查看属实。",
    result="continue",
)
ASKED = InquiryRecord(AT, "示例小区", 2, "周某", "李某", "漏水原因", "问：……答：……")


def test_f06_a_whole_record_lacks_nothing() -> None:
    assert missing_in_sitting(WHOLE) == ()
    assert len(missing_in_sitting(SittingRecord())) == 12


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"openness": ""}, "openness"),
        ({"avoidance_asked": False}, "avoidance_asked"),
        ({"informed": False}, "informed"),
        ({"sides_present": frozenset({"applicant"})}, "sides_present"),
        ({"mediators": 0}, "mediators"),
        ({"participants": (Participant("邻居赵某"),)}, "participants"),
    ],
)
def test_med04_med05_med06_med28_what_a_sitting_must_show(change: dict[str, object], field: str) -> None:
    gaps = missing_in_sitting(replace(WHOLE, **change))  # type: ignore[arg-type]
    assert [gap.field for gap in gaps] == [field]


@pytest.mark.parametrize("side", ["applicant", "respondent"])
def test_f06_med05_a_talk_with_one_side_has_a_result_of_its_own(side: str) -> None:
    """背对背: one side is enough, and what only both can do is no result of it."""
    one_side = replace(WHOLE, sides_present=frozenset({side}))
    assert missing_in_sitting(replace(one_side, result="apart")) == ()
    for result in ("agreed", "continue", "failed"):
        (gap, *_rest) = missing_in_sitting(replace(one_side, result=result))
        assert gap.field == "sides_present"
        assert "背对背谈话" in gap.sentence
    nobody = replace(WHOLE, sides_present=frozenset(), statements="", result="apart")
    assert [gap.sentence for gap in missing_in_sitting(nobody)] == [
        "请勾选在场的一方当事人。",
        "请记下在场当事人的陈述。",
    ]


def test_med08_a_failed_sitting_says_why_and_tells_the_other_ways() -> None:
    failed = replace(WHOLE, result="failed")
    assert [gap.field for gap in missing_in_sitting(failed)] == ["fail_reason", "remedies_told"]
    assert missing_in_sitting(replace(failed, fail_reason="差额太大", remedies_told=True)) == ()


def test_med28_two_mediators_investigate() -> None:
    assert missing_in_inquiry(ASKED) == ()
    alone = replace(ASKED, investigators=1)
    assert [gap.sentence for gap in missing_in_inquiry(alone)] == ["调查应由 2 名以上调解员进行。"]
    assert missing_in_inquiry(alone, least=1) == ()
    assert len(missing_in_inquiry(InquiryRecord())) == 7
