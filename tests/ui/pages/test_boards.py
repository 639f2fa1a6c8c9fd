"""公示牌 on a real store: ticks, the live wall sheet by sheet, export with progress and a way to stop."""

from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.services.pdf import decode, render
from desk.ui.pages.boards.page import BoardsPage
from desk.ui.pages.boards.style_card import Look, side_for, sides_of
from tests import factories
from tests.fakes import FakeClock
from tests.paper_samples import texts
from tests.ui.paper_stage import PaperStage, stage
from tests.ui.test_accessible import nameless


@pytest.fixture
def made(qtbot: QtBot, store: Store, fake_clock: FakeClock, tmp_path: Path) -> PaperStage:
    return stage(store, tmp_path)


@pytest.fixture
def page(qtbot: QtBot, made: PaperStage) -> BoardsPage:
    shown = BoardsPage(made.context, source=made.printers)
    qtbot.addWidget(shown)
    shown.resize(1202, 688)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.load()
    return shown


def names(page: BoardsPage) -> list[str]:
    model = page.people.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_everybody_in_office_is_on_the_wall_at_first(page: BoardsPage) -> None:
    assert page._about.text() == "8 位代表 · 已选 8 位 · 2 页 A3"
    assert page.preview.place.text() == "第 1 / 2 页"
    assert nameless(page) == []
    assert page.title == "公示牌"
    assert "空格" in page.help_text


def test_ticks_by_key_and_mouse(page: BoardsPage, qtbot: QtBot) -> None:
    ticks = page.people.list
    ticks.setFocus()
    ticks.setCurrentIndex(ticks.model().index(0, 0))
    qtbot.keyClick(ticks, Qt.Key.Key_Space)
    assert page._about.text() == "8 位代表 · 已选 7 位 · 2 页 A3"
    assert ticks.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("未选")
    where = ticks.visualRect(ticks.model().index(1, 0)).center()
    QTest.mouseClick(ticks.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert "已选 6 位 · 1 页" in page._about.text()
    qtbot.keyClick(ticks, Qt.Key.Key_Return)
    assert "已选 7 位" in page._about.text()
    QTest.mouseClick(ticks.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 480))
    ticks.grab()
    page.load()
    assert "已选 7 位" in page._about.text(), "who was unticked stays so"


@pytest.mark.parametrize("typed", ["王某丙", "wmb", "wangmoubing", "第 3 选区"])
def test_found_by_name_initials_or_constituency(page: BoardsPage, typed: str) -> None:
    page.people.search.setText(typed)
    assert names(page) == ["王某丙"]
    page.people.none.click()
    assert "已选 7 位" in page._about.text(), "only those shown"
    page.people.search.setText("")
    page.people.none.click()
    assert page.preview.view.accessibleDescription() == "请在左边勾选要上墙的代表。"
    assert not page.print_button.isEnabled()
    page.people.all.click()
    assert "已选 8 位" in page._about.text()


def test_the_wall_is_printed_with_every_code(page: BoardsPage, made: PaperStage) -> None:
    page.print_button.click()
    out = made.printers.out.read_bytes()
    assert [round(side) for side in render.page_size(out, 0)] == [420, 297]
    assert len(decode.codes(out)) == 8
    assert made.notices.said == [("print", ""), ("info", "已送到打印机。")]


def test_one_to_a4_is_exported(page: BoardsPage, made: PaperStage, tmp_path: Path) -> None:
    page.look.paper.setCurrentIndex(1)
    assert page._about.text() == "8 位代表 · 已选 8 位 · 8 页 A4"
    page.save_button.click()
    assert len(decode.codes((tmp_path / "saved").read_bytes())) == 8


def test_the_stations_board(page: BoardsPage, made: PaperStage, tmp_path: Path) -> None:
    page.look.template.setCurrentIndex(1)
    assert page._about.text() == "站点二维码牌 · 1 页 A4"
    assert not page.people.isEnabled()
    assert page.look.paper.count() == 1
    page.save_button.click()
    (code,) = decode.codes((tmp_path / "saved").read_bytes())
    assert code.text == "JDT1:S:330106004"
    page.look.template.setCurrentIndex(0)
    assert page.people.isEnabled()


def test_the_distance_of_a_code_is_chosen(page: BoardsPage, made: PaperStage, tmp_path: Path) -> None:
    """Domain.md 7.5, QR rules: side ≥ distance / 10."""
    assert page.look.look() == Look("wall", "A3", 46)
    assert [page.look.reach.itemText(at) for at in range(2)] == [
        "约 0.5 米",
        "约 0.8 米",
    ]
    page.save_button.click()
    small = (tmp_path / "saved").read_bytes()
    page.look.reach.setCurrentIndex(1)
    assert page.look._words.text().startswith("不留照片框，码占照片的位置。\n二维码边长 76 毫米")
    page.save_button.click()
    large = (tmp_path / "saved").read_bytes()
    assert _code_width(large) > 1.5 * _code_width(small)
    page.look.paper.setCurrentIndex(1)
    assert page.look.look() == Look("wall", "A4", 92)
    page.look.template.setCurrentIndex(1)
    assert page.look.look() == Look("station", "A4", 120)


def _code_width(pdf: bytes) -> float:
    """Return how wide the first code of a page is, as a scanner finds it."""
    found = zxingcpp.read_barcodes(render.page(pdf, 0, 100, grey=True))[0].position
    return float(found.top_right.x - found.top_left.x)


def test_the_profile_says_the_usual_distance() -> None:
    sides = sides_of("station", "A4")
    assert [side_for(sides, wanted_cm) for wanted_cm in (10, 90, 91, 300)] == [90, 90, 120, 136]


def test_without_a_hub_nobody_is_told_to_scan(page: BoardsPage, made: PaperStage, tmp_path: Path) -> None:
    """A phone opens nothing by JDT1:…; the board says what is true (product.md, Honest)."""
    assert "手机打不开码" in page.look._words.text()
    for template in (0, 1):
        page.look.template.setCurrentIndex(template)
        page.save_button.click()
        words = "".join(texts((tmp_path / "saved").read_bytes()))
        assert "扫码" not in words
        assert "欢迎来站反映" in words


def test_with_a_hub_the_board_invites(
    qtbot: QtBot, store: Store, fake_clock: FakeClock, tmp_path: Path
) -> None:
    made = stage(store, tmp_path, role="head")
    made.desk.profiles.change("receipt.host", "xf.example.gov.cn")
    made.desk.profiles.change("board.distance.station", 130)
    page = BoardsPage(made.context, source=made.printers)
    qtbot.addWidget(page)
    page.show()
    page.load()
    page.look.template.setCurrentIndex(1)
    assert page.look.look() == Look("station", "A4", 136)
    page.save_button.click()
    assert "扫码留言" in texts((tmp_path / "saved").read_bytes())[0]
    assert "手机打不开码" not in page.look._words.text()


def test_progress_is_shown_and_the_making_can_be_called_off(
    page: BoardsPage, made: PaperStage, tmp_path: Path
) -> None:
    steps: list[tuple[int, int]] = []
    page.making.steps.progressed.connect(lambda done, of: steps.append((done, of)))
    page.save_button.click()
    assert steps == [(1, 4), (3, 4), (4, 4)]
    (tmp_path / "saved").unlink()
    page.making.steps.progressed.connect(lambda _done, _of: page.making.steps.call_off())
    page.save_button.click()
    assert not (tmp_path / "saved").exists()
    assert made.notices.problems == []


def test_a_name_without_glyph_stops_the_wall_with_a_sentence(
    page: BoardsPage, made: PaperStage, store: Store
) -> None:
    with store.write("u1") as rows:
        bad = factories.deputy(name="王\U0003fffd")
        rows.add(bad)
        rows.add(factories.mandate(deputy_id=bad.record_id, level=5))
    made.context.live.announce(frozenset({"deputy"}))
    assert page._about.text().startswith("9 位代表")
    page.print_button.click()
    assert made.notices.problems
    assert not made.printers.out.exists()


def test_without_deputies_the_page_says_what_to_do(
    qtbot: QtBot, store: Store, fake_clock: FakeClock, tmp_path: Path
) -> None:
    made = stage(store, tmp_path, deputies=0)
    page = BoardsPage(made.context, source=made.printers)
    qtbot.addWidget(page)
    page.show()
    page.load()
    assert "导入花名册" in page.preview.view.accessibleDescription()
    page.people.import_wanted.emit()
    assert made.wanted == [("deputies", "import")]
