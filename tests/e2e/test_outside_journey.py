"""A stranger at a bare PC: from the first start to a receipt in the hand (issue A §8)."""

import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp

from desk import clock
from desk.rules.receipts import ReceiptCode, unpack
from desk.services.pdf import render
from tests.e2e.outside import Stranger
from tests.e2e.screen import Screen
from tests.e2e.station import PASSWORD, ROSTER

_LOOK_AGAIN = threading.Event()

pytestmark = [pytest.mark.outside, pytest.mark.timeout(900)]


def first_start(stranger: Stranger, folder: Path) -> None:
    """Go through the wizard and keep the recovery sheet."""
    stranger.focused("联络站名称", "text")
    stranger.write("联络站名称", "示例镇人大代表联络站")
    stranger.write("联系范围", "示例镇第 1 选区")
    stranger.write("联系电话", "0571-63301234")
    stranger.key("Return")
    stranger.focused("姓名")
    stranger.write("姓名", "周某某")
    for name in ("密码", "再输一次密码"):
        stranger.key("Tab")
        stranger.focused(name)
        stranger.type(PASSWORD)
    stranger.key("Tab")
    stranger.type("274159")
    stranger.key("Return")
    stranger.focused("告知文本")
    stranger.press("下一步")
    stranger.focused("备份文件夹")
    stranger.press("建站")
    save_as(stranger, folder / "recovery.pdf")
    stranger.press("已打印或抄好，交站长锁存", "check box")
    stranger.press("进入接待台")


def save_as(stranger: Stranger, path: Path) -> None:
    """Press 存为 PDF, name the file and wait until it is there: a passing note may be gone before a look."""
    stranger.press("存为 PDF*")
    stranger.focused("文件名称*", "text")
    stranger.key("ctrl+a")
    stranger.type(str(path))
    # Keys and presses come by different ways: the press might be first.
    stranger.holds("文件名称*", str(path))
    stranger.press("保存(*")
    until = time.monotonic() + 180
    while not path.exists() or not path.read_bytes().rstrip().endswith(b"%%EOF"):
        assert time.monotonic() < until
        _LOOK_AGAIN.wait(0.1)
    assert path.read_bytes().startswith(b"%PDF-")


def import_roster(stranger: Stranger, folder: Path) -> None:
    """Bring in the deputies from a real roster, and take the first one on duty."""
    roster = folder / "roster.xlsx"
    shutil.copy(ROSTER, roster)
    stranger.press("代表值班", "check box")
    stranger.press("导入花名册")
    stranger.focused("文件名称*", "text")
    stranger.type(str(roster))
    stranger.holds("文件名称*", str(roster))
    stranger.press("打开(*")
    stranger.press("导入")
    stranger.find("label", "在任 59 位*")
    stranger.focus("代表名册", "table")
    stranger.key("Home")
    stranger.press("请其上岗")
    stranger.find("label", "已在岗")


def give_a_receipt(stranger: Stranger, folder: Path) -> ReceiptCode:
    """Save the receipt of the visit in view and return the code read back from its picture."""
    receipt = folder / "receipt.pdf"
    stranger.key("ctrl+p")
    save_as(stranger, receipt)
    stranger.key("Escape")
    read = zxingcpp.read_barcodes(render.page(receipt.read_bytes(), 0, 200))
    return unpack(next(code.text for code in read if code.text.startswith("JDT1:")))


def receive_somebody(stranger: Stranger, folder: Path) -> ReceiptCode:
    """Number and receipt first, words later, then finish and ask for a rating; return the code printed."""
    stranger.key("F2")
    stranger.focused("姓名", "text")
    stranger.write("姓名", "陈某某")
    stranger.write("事由", "小区雨后积水")
    stranger.key("Return")
    stranger.focused("反映问题*")
    code = give_a_receipt(stranger, folder)
    stranger.focused("反映问题*")
    stranger.key("shift+Tab")
    stranger.focused("请选择", "combo box")
    stranger.key("Down")
    stranger.write("反映问题，记来访人原话", "一下雨楼下就积水，老人出不了门。")
    stranger.write("诉求", "尽快疏通排水口。")
    stranger.press("处理方式 当场答复", "check box")
    stranger.write("答复内容", "已请社区物业当天疏通。")
    stranger.press("已告知（2026 年版）", "check box")
    stranger.key("alt+1")
    stranger.find("filler", "一张笑脸 已完成*")
    stranger.key("ctrl+Return")
    stranger.find("label", "今天的接待，您满意吗？")
    stranger.key("1")
    stranger.find("label", "今日已接待")
    return code


def test_from_first_start_to_a_receipt(stranger: Stranger, tmp_path: Path) -> None:
    stranger.screen.desk(tmp_path / "data")
    first_start(stranger, tmp_path)
    stranger.find("check box", "今日")
    import_roster(stranger, tmp_path)
    code = receive_somebody(stranger, tmp_path)
    assert code.body.issued_on == clock.today()
    stranger.find("cell", "陈某某")
    stranger.find("cell", "满意")


def test_a_second_start_raises_the_first(stranger: Stranger, tmp_path: Path) -> None:
    screen = stranger.screen
    screen.desk(tmp_path / "data")
    stranger.focused("联络站名称", "text")
    window = screen.xdo("search", "--sync", "--onlyvisible", "--name", "接待台")
    screen.xdo("windowminimize", "--sync", window)
    assert screen.desk(tmp_path / "data").wait(300) == 0
    assert screen.xdo("search", "--sync", "--onlyvisible", "--name", "接待台") == window
    stranger.focused("联络站名称", "text")


def settled(screen: Screen, window: str, stands: Callable[[tuple[int, int, int, int]], bool]) -> None:
    """Wait until the frame of a window stands as it should; it comes after the window."""
    deadline = time.monotonic() + 180
    while not stands(frame := screen.frame(window)):
        assert time.monotonic() < deadline, f"the frame is at {frame}"


def test_the_frame_is_whole_on_a_small_screen_and_where_it_was(stranger: Stranger, tmp_path: Path) -> None:
    screen = stranger.screen
    desk = screen.desk(tmp_path / "data")
    stranger.focused("联络站名称", "text")
    window = screen.xdo("search", "--sync", "--onlyvisible", "--name", "接待台")
    settled(screen, window, lambda frame: frame == (0, 0, 1366, 768))
    screen.xdo("windowsize", "--sync", window, "1200", "700")
    screen.xdo("windowmove", "--sync", window, "60", "20")
    settled(screen, window, lambda frame: frame[0] > 0 and frame[2] - frame[0] == 1202)
    moved = screen.frame(window)
    stranger.key("alt+F4")
    assert desk.wait(300) == 0
    screen.desk(tmp_path / "data")
    stranger.focused("联络站名称", "text")
    window = screen.xdo("search", "--sync", "--onlyvisible", "--name", "接待台")
    settled(screen, window, lambda frame: frame == moved)
