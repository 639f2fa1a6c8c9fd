"""The deputy wall: 3×2 on A3 landscape, one on A4; each code decoded from the finished PDF (issue A, 5)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from desk.errors import PaperProblem
from desk.services.pdf import decode, deputy_wall, render
from desk.services.pdf.deputy_wall import SINGLE, SIX, DeputyCard, DeputyWall, Layout
from tests.paper_samples import MINORITY, MIXED, RARE, outside, texts

NAMES = ("孙某", "李某（女）", *MINORITY, "欧阳𬱖")
CARDS = tuple(
    DeputyCard(name, "县 · 镇人大代表", "合作社理事长", f"第 {number} 选区", f"JDT1:S:330106004:{number:036}")
    for number, name in enumerate(NAMES)
)
WALL = DeputyWall("示例镇人大代表公示", "0000-1234567", "接待 每月 21 日", CARDS, "欢迎来站反映")


def test_six_cards_stand_on_a_landscape_a3() -> None:
    pdf = deputy_wall.draw(WALL, SIX)
    first, second = texts(pdf)
    for card in CARDS[:6]:
        assert card.name in first
    for card in CARDS[6:]:
        assert card.name in second
    width, height = render.page(pdf, 0, 25.4).size
    assert (abs(width - 420), abs(height - 297)) <= (1, 1)
    assert outside(pdf) == []


@pytest.mark.parametrize("dpi", [75, 300])
def test_every_code_reads_back(dpi: int) -> None:
    wanted = {decode.Found(number // 6, card.code) for number, card in enumerate(CARDS)}
    assert set(decode.codes(deputy_wall.draw(WALL, SIX), dpi=dpi)) == wanted


def test_one_deputy_on_an_a4() -> None:
    pdf = deputy_wall.draw(replace(WALL, cards=CARDS[:2]), SINGLE)
    assert [CARDS[number].name in page for number, page in enumerate(texts(pdf))] == [True, True]
    assert outside(pdf) == []


def test_long_words_stay_inside_their_card() -> None:
    card = DeputyCard(RARE, "全国 · 省 · 市 · 县 · 镇人大代表", "职务" * 30, "选区" * 30, CARDS[0].code)
    pdf = deputy_wall.draw(replace(WALL, title="很长的标题" * 20, cards=(card,) * 6), SIX)
    assert texts(pdf)[0].count(RARE) == 6
    assert outside(pdf) == []


def test_each_page_drawn_and_read_back_is_told() -> None:
    steps: list[tuple[int, int]] = []
    deputy_wall.draw(WALL, SIX, told=lambda done, of: steps.append((done, of)))
    assert steps == [(1, 4), (3, 4), (4, 4)]


def test_the_making_is_called_off_by_raising() -> None:
    def stop(_done: int, _of: int) -> None:
        raise PaperProblem("已取消")

    with pytest.raises(PaperProblem, match="已取消"):
        deputy_wall.draw(WALL, SIX, told=stop)


def test_the_side_of_a_code_grows_with_its_card() -> None:
    assert (SIX.code_sides, SINGLE.code_sides) == ((46, 76), (92, 152))
    assert [SIX.with_code(side).code_side for side in (0, 46, 76)] == [46, 46, 76]


@pytest.mark.parametrize("layout", [SIX, SINGLE])
def test_the_large_code_takes_the_place_of_the_photo(layout: Layout) -> None:
    large = layout.with_code(layout.code_sides[1])
    wall = replace(WALL, cards=CARDS[:6])
    pdf = deputy_wall.draw(wall, large)
    assert outside(pdf) == []
    assert len(decode.codes(pdf)) == 6
    assert "欢迎来站反映" in texts(pdf)[0]
    assert all(card.constituency.replace(" ", "") in "".join(texts(pdf)) for card in wall.cards)


def test_a_wall_whose_code_does_not_read_is_not_released(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "codes", lambda pdf, dpi=150, told=None: ())
    with pytest.raises(PaperProblem):
        deputy_wall.draw(WALL, SIX)


@settings(max_examples=10, deadline=None)
@given(MIXED, MIXED)
def test_any_words_are_drawn_inside_the_page_or_refused(name: str, words: str) -> None:
    card = DeputyCard(name, words, name, words, CARDS[0].code)
    try:
        pdf = deputy_wall.draw(replace(WALL, title=words, phone=name, cards=(card,)), SINGLE)
    except PaperProblem as problem:
        assert "U+" in problem.sentence  # noqa: PT017 - either outcome is right, any other error is not
        return
    assert outside(pdf) == []
