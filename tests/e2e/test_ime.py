"""Chinese typed as people type it: a real fcitx5 with pinyin, under which Qt alone takes Latin only."""

import sys
from pathlib import Path

import pytest

from tests.e2e import station
from tests.e2e.outside import Stranger
from tests.e2e.screen import Screen

pytestmark = [pytest.mark.outside, pytest.mark.timeout(900)]

PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=pinyin
Layout=

[GroupOrder]
0=Default
"""
CONFIG = """[Behavior]
ActiveByDefault=True
ShareInputState=All
ShowInputMethodInformation=False
"""
CANDIDATES = "Fcitx5 Input Window"
NOTHING_TYPED = "输入姓名、首字母、电话末四位、编号或内容"


@pytest.fixture
def typist(screen: Screen, stranger: Stranger) -> Stranger:
    """Somebody with pinyin switched on, as most desks have it: QT_IM_MODULE says fcitx."""
    folder = Path(screen.env["HOME"]) / ".config" / "fcitx5"
    folder.mkdir(parents=True)
    (folder / "profile").write_text(PROFILE)
    (folder / "config").write_text(CONFIG)
    screen.env |= {"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}
    screen.start("fcitx5", "--disable", "cloudpinyin,clipboard")
    stranger.service("org.freedesktop.IBus")
    return stranger


def test_a_name_is_typed_in_pinyin(typist: Stranger, tmp_path: Path) -> None:
    typist.screen.desk(tmp_path / "data")
    typist.focused("联络站名称", "text")
    typist.type("zhangsan ")
    typist.holds("联络站名称", "张三")


def test_nothing_is_searched_while_composing(typist: Stranger, tmp_path: Path) -> None:
    """peers.md 2.7: half a syllable is no word to search for."""
    screen = typist.screen
    assert screen.start(sys.executable, "-m", "tests.e2e.station", str(tmp_path / "data")).wait(300) == 0
    screen.desk(tmp_path / "data")
    typist.focused("密码")
    typist.type(station.PASSWORD)
    typist.key("Return")
    typist.find("check box", "今日")
    typist.key("ctrl+k")
    typist.focused("搜索", "text")
    typist.find("label", NOTHING_TYPED)
    typist.type("zhangsan")
    screen.xdo("search", "--sync", "--onlyvisible", "--name", CANDIDATES)
    typist.find("label", NOTHING_TYPED)
    assert not typist.find("text", "搜索").text
    typist.type(" ")
    typist.holds("搜索", "张三")
    typist.find("list item", "张三*")
    typist.gone("label", NOTHING_TYPED)
