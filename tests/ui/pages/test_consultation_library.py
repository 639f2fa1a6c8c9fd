"""条文库 beside the form: found, read in each version, cited, or typed by name."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from desk.services.consultation.forms import CitationForm
from tests.ui.pages import consultation_stage as table
from tests.ui.pages.consultation_stage import Desk, asked, words
from tests.unit.services.consultation.test_law_texts import TEXT

# What a popup asks of the window system, which the screenless one cannot give.
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True
)

ANSWER = "可以要求全部赔偿，先保留证据。"

stage, desk = table.stage, table.desk


def test_what_is_not_in_the_library_is_typed_by_name(desk: Desk) -> None:
    asked(desk)
    cite = desk.sheet.view.side.cite
    cite.law.setText("某市物业管理条例")
    cite.number.setText("第十二条")
    cite.take.click()
    assert "《某市物业管理条例》第十二条" in words(desk)
    assert (cite.law.text(), cite.number.text()) == ("", "")
    desk.sheet.view.side.show_statutes(on=True)
    cite.law.setText("某市养犬规定")
    cite.number.setText("一般")
    cite.day.setText("2020-02-30")
    cite.take.click()
    assert "看不懂这个日期" in words(desk)
    cite.day.setText("2020-03-01")
    cite.take.click()
    assert desk.notices.problems[-1].sentence == "“一般”不是条文的编号。"
    # Refused, it stands as it was typed, to be mended.
    typed = (cite.law.text(), cite.number.text(), cite.day.text())
    assert typed == ("某市养犬规定", "一般", "2020-03-01")
    basis = desk.sheet.view.words.basis
    assert basis.value() == (CitationForm(title="某市物业管理条例", article="第十二条"),)
    cite.number.setText("第五条第二款第（三）项")
    cite.take.click()
    assert "《某市养犬规定》第五条第二款第三项（2020年3月1日施行）" in words(desk)
    assert (cite.law.text(), cite.number.text(), cite.day.text()) == ("", "", "")


def test_the_imported_words_of_an_article_are_read_before_it_is_cited(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "条例.txt"
    file.write_text(TEXT, encoding="utf-8")
    library = desk.stage.desk.library
    library.take_in(library.preview(file))
    asked(desk)
    desk.sheet.view.side.show_statutes(on=True)
    cite = desk.sheet.view.side.cite
    cite.typed.emit("法律另有规定的除外 物业管理")
    assert cite.words.isVisible()
    assert "法律另有规定的除外。" in cite.words.toPlainText()
    cite.typed.emit("民法典 188")
    assert cite.words.isHidden()


def test_an_older_version_is_chosen_read_and_cited(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    """The newest comes first; the sheet keeps the version that was cited, and its words are read again."""
    file, library = tmp_path / "条例.txt", desk.stage.desk.library
    file.write_text(TEXT, encoding="utf-8")
    library.take_in(library.preview(file))
    file.write_text(TEXT.replace("享有权利", "享有权利、承担义务"), encoding="utf-8")
    library.take_in(library.preview(file, version_on=date(2025, 3, 1)))
    asked(desk, opponents=(), no_opponent=True)
    desk.sheet.view.side.show_statutes(on=True)
    cite = desk.sheet.view.side.cite
    cite.typed.emit("某市物业管理条例 3")
    assert cite.version.isVisible()
    assert cite.version.currentText() == "2025年3月1日（最新）"
    assert cite.words.toPlainText() == "业主对共有部分享有权利、承担义务。"
    cite.version.setFocus()
    qtbot.keyClick(cite.version, Qt.Key.Key_Down)
    assert cite.words.toPlainText() == "业主对共有部分享有权利。"
    qtbot.keyClick(cite.field, Qt.Key.Key_Return)
    assert "《某市物业管理条例》第三条（2020年3月1日施行）" in words(desk)
    cite.typed.emit("民法典 188")
    assert not cite.version.isVisible()
    desk.sheet.verbs.check()
    desk.fill(answer=ANSWER, disposition="answered")
    desk.sheet.verbs.finish()
    (card,) = desk.stage.desk.consultations.page().rows
    assert card.state == "finished", desk.notices.said
    for _time in ("as it ended", "asked for by a search or a link"):
        assert "业主对共有部分享有权利。" in words(desk)
        desk.page.show_record(card.id)
    assert "业主对共有部分享有权利。" in words(desk)
    assert "承担义务" not in words(desk)


def test_statutes_are_told_apart_for_screen_readers(desk: Desk) -> None:
    asked(desk)
    cite = desk.sheet.view.side.cite
    cite.typed.emit("高空抛物")
    found = cite.findChild(QListWidget)
    assert found is not None
    assert found.accessibleName() == "找到的条文"
    assert "民法典" in found.item(0).text()
