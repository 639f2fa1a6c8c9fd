"""The recovery sheet shows its code so that it can be typed again."""

from desk.services.pdf import recovery_sheet, render
from desk.services.pdf.recovery_sheet import RecoverySheet
from tests.paper_samples import outside, texts

SHEET = RecoverySheet(
    station="示例镇人大代表联络站",
    device_letter="A",
    code="K7QX-93MD-TT2P-0WZB-6HJC-R4NE-8YFA-VS5G",
    made_by="赵某",
    made_text="2026 年 11 月 22 日 9:00",
)


def test_the_code_is_broken_between_its_groups_only() -> None:
    pdf = recovery_sheet.draw(SHEET)
    words = texts(pdf)[0]
    assert "K7QX-93MD-TT2P-0WZB" in words
    assert "6HJC-R4NE-8YFA-VS5G" in words
    assert "赵某" in words
    assert render.page_count(pdf) == 1
    assert outside(pdf) == []
