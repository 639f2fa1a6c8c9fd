"""The signature block: one piece, room for every hand, the seal over name and date (DOC-07, 09, 11)."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from desk.services.pdf import official, signing
from desk.services.pdf.faces import SHIPPED
from desk.services.pdf.signing import Closing, Signer
from desk.services.pdf.strips import Strip, paginate
from tests.paper_samples import RARE, outside, texts

SEALED = Closing("示例镇人民调解委员会", date(2026, 1, 5))


def _words(found: list[Strip]) -> list[str]:
    return [mark.text for strip in found for mark in strip.marks]


def test_all_strips_are_bound() -> None:
    found = signing.block([Signer("记录人（签名）")], SEALED, SHIPPED)
    assert all(strip.keep for strip in found[:-1])
    assert not found[-1].keep


def test_name_seal_and_date_stand_over_one_another() -> None:
    """DOC-07: Arabic digits without zeros, four characters in; DOC-09: no seal is drawn, only its place."""
    found = signing.block([], SEALED, SHIPPED)
    assert _words(found) == ["示例镇人民调解委员会", "（盖章处）", "2026年1月5日"]
    marks = [mark for strip in found for mark in strip.marks]
    assert marks[0].x == marks[1].x
    assert marks[2].x == official.RIGHT - 4 * official.PITCH


def test_a_date_still_to_come_is_left_to_the_hand() -> None:
    assert _words(signing.block([], Closing("", None), SHIPPED)) == ["　　　　年　　月　　日"]
    assert signing.block([], Closing("", None, dated=False), SHIPPED) == []


def test_each_of_several_has_a_line_and_a_date() -> None:
    found = signing.block([Signer("当事人（签名）", ("钱某", "冯某"))], None, SHIPPED)
    assert _words(found) == ["当事人（签名）：", "钱某", "年", "月", "日", "冯某", "年", "月", "日"]
    assert sum(len(strip.strokes) for strip in found) == 2


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("王某𬱖·A", min_size=1, max_size=60), min_size=2, max_size=18))
def test_any_names_fit_one_page_and_leave_room_to_sign(names: list[str]) -> None:
    signers = [Signer("当事人（签名、盖章或者按指印）", tuple(names)), Signer("人民调解员（签名）")]
    found = signing.block(signers, SEALED, SHIPPED)
    for strip in found:
        assert all(stroke.x2 - stroke.x1 >= 25 for stroke in strip.strokes)
    if max(map(len, names)) < 12:
        assert sum(strip.height for strip in found) <= official.HEIGHT - 2 * official.STEP
    assert outside(official.draw("签", found, faces=SHIPPED)) == []


def test_a_long_committee_name_takes_two_lines() -> None:
    name = "示例县示例镇某某社区居民委员会矛盾纠纷人民调解委员会联合调解工作室"
    found = signing.block([], Closing(name, date(2026, 1, 5)), SHIPPED)
    assert "".join(_words(found)).startswith(name)
    assert RARE in texts(official.draw("签", signing.block([Signer(RARE)], None, SHIPPED), faces=SHIPPED))[0]


def test_the_longest_committee_name_loses_nothing() -> None:
    name = ("示例县示例镇某某社区居民委员会矛盾纠纷人民调解委员会联合调解工作室" * 2)[:60]
    found = signing.block([], Closing(name, date(2026, 1, 5)), SHIPPED)
    assert "".join(_words(found)).startswith(name)


def test_what_no_page_can_hold_is_parted_between_two_signers_only() -> None:
    """DOC-11: no name without its room to sign; DOC-09: no seal without somebody who signs."""
    names = tuple(f"示例县某某农业机械化综合服务专业合作社联合社第{n}分社" * 6 for n in range(9))
    found = signing.block([Signer("当事人（签名、盖章或者按指印）", names)], SEALED, SHIPPED)
    pages = paginate(found, official.HEIGHT)
    assert len(pages) > 1
    for page in pages:
        written = [mark.text for strip in page for mark in strip.marks]
        whole = "".join(written)
        slots = sum(len(strip.strokes) for strip in page)
        assert slots == sum(name in whole for name in names) > 0
        assert sum(strip.height for strip in page) <= official.HEIGHT
    assert "2026年1月5日" in written


def test_a_name_over_its_slot_stays_clear_of_the_line_before_when_slots_get_low() -> None:
    """DOC-11: ten parties on one page, two of them with names too long to sign beside."""
    long = "示例县某某物业服务有限公司和平路第二分公司（筹）联合工会"
    names = ("钱某", long, *("冯某某",) * 7, long)
    signers = [
        Signer("当事人（签名、盖章或者按指印）", names),
        Signer("人民调解员（签名）", ("周某", "王某")),
    ]
    top, below = 0.0, 0.0
    for strip in signing.block(signers, SEALED, SHIPPED):
        for mark in strip.marks:
            assert top + mark.y - mark.style.size * 0.88 / 2.83 >= below - 0.01, mark.text
        below = max([below, *(top + stroke.y1 for stroke in strip.strokes)])
        top += strip.height
