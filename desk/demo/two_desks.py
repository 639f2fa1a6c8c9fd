"""The second half: two PCs of one station and the county's hub. Both work with no line, then become one.

One window after the other in this process: each PC is a data folder of its own. What both changed in one
record is put together; what both changed in one place is a conflict, which a person closes in the tray.
"""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QTabBar, QWidget

from desk.demo import eyes, folder, setting_up
from desk.demo.county import County
from desk.demo.hands import Hands
from desk.demo.play import DemoProblem, Play, Step, Until
from desk.demo.stage import Stage

COUNTY: Final = "示例县"
ADDRESS: Final = "示例镇文化路 9 号"
HOURS: Final = "工作日 8:30—17:00"
FIRST_WORDS: Final = "每周三下午有律师值班。"
SECOND_WORDS: Final = "每周五上午有调解员值班。"
_SETTINGS: Final = "设置"
_OPEN, _MERGED = 0, 2  # tabs of the tray
_PULL_S: Final = 120.0
_SAVED: Final = "站点信息已保存"


class TwoDesks:
    """Steps for one window after the other; `code` is what the head hands over on paper."""

    def __init__(self, stage: Stage, county: County, papers: dict[str, str]) -> None:
        """Args: `papers` keeps what people carry from one PC to the other."""
        self._stage = stage
        self._hands = stage.hands
        self._shoot = stage.shoot
        self._county = county
        self._papers = papers

    def first_enrols(self) -> list[Step]:
        """Return what is done at the first PC while the line is there."""
        return [
            Step("开通县级平台", self.county_opens),
            Step("第一台电脑登记到县级平台", self.enrol),
            Step("给另一台电脑发登录码", self.issue),
        ]

    def second_joins(self) -> list[Step]:
        """Return how the second PC begins, and what is done there with no line."""
        return [
            Step("第二台电脑加入本站", self.join),
            Step("第二台电脑看到站里的记录", self.look),
            Step("断网后在第二台电脑改站点", self.second_edits),
        ]

    def first_edits(self) -> list[Step]:
        """Return what is done meanwhile at the first PC, and how the line comes back."""
        return [
            Step("断网后在第一台电脑改站点", self.edits_offline),
            Step("线路通了，第一台电脑补送", self.line_is_back),
        ]

    def second_settles(self) -> list[Step]:
        """Return how the second PC comes back and the conflict is closed by hand."""
        return [Step("第二台电脑补送，人定冲突", self.settle)]

    def county_opens(self) -> Play[None]:
        """Start the hub and let the county write the station down."""
        yield from self._county.start()
        yield from self._county.register(COUNTY, setting_up.STATION)
        self._papers["first"] = yield from self._county.code()
        self._papers["second"] = yield from self._county.code()

    def enrol(self) -> Play[None]:
        """Type what the county's sheet says; everything of the morning goes up."""
        hands = self._hands
        yield from self._sign_on()
        yield from self._section("县级平台")
        yield from hands.fill("登记码", self._papers["first"])
        yield from hands.fill("县级平台的地址", self._county.address)
        yield from self._shoot("县级平台-登记")
        yield from hands.click("登记本机")
        yield Until("已同步", _is_through, _PULL_S)
        yield from self._shoot("县级平台-已同步")

    def issue(self) -> Play[None]:
        """Issue the head's own code for the other PC; it goes up by itself."""
        hands = self._hands
        before = self._county.figures().ops
        yield from self._section("用户")
        yield from hands.go_to_row("用户", setting_up.HEAD)
        yield from hands.click("发另一台电脑的登录码")
        told = yield from hands.read("在另一台电脑首次登录用的登录码")
        self._papers["entry"] = told.rpartition("：")[2]
        yield from self._shoot("设置-用户-另一台电脑的登录码")
        yield self._arrives("登录码", before)
        yield hands.until("已同步", lambda: eyes.reads("已同步"))

    def join(self) -> Play[None]:
        """Go from the wizard's first page into the station that is there already."""
        hands = self._hands
        yield from hands.see("联络站名称", eyes.FIELDS)
        yield from hands.click("加入已有的站")
        yield from hands.fill("登记码", self._papers["second"])
        yield from hands.fill("县级平台的地址", self._county.address)
        yield from self._shoot("加入已有的站-登记")
        yield from hands.click("登记并取回记录")
        yield Until("取回站里的记录", lambda: eyes.reads("本机已登记"), _PULL_S)
        yield from hands.fill("姓名", setting_up.HEAD)
        yield from hands.fill("登录码", self._papers["entry"])
        yield from hands.fill("密码", setting_up.PASSWORD)
        yield from hands.fill("再输一次密码", setting_up.PASSWORD)
        yield from self._shoot("加入已有的站-首次登录")
        yield from hands.click("设密码并进入")
        ticked = partial(eyes.all_called, "已打印或抄好，交站长锁存", eyes.BUTTONS)
        yield Until("第二台电脑的恢复单", lambda: bool(ticked()), _PULL_S)
        yield from hands.click("已打印或抄好，交站长锁存")
        yield from hands.click("进入接待台")
        yield from hands.read("现在没有人在接待")

    def look(self) -> Play[None]:
        """See the visits that were received at the other PC."""
        hands = self._hands
        visits = self._stage.record.visits
        yield from hands.click("来访接待")
        yield from hands.click("来访列表")
        for visit in visits:
            yield hands.until(f"看到 {visit.number}", partial(eyes.lists, "来访列表", visit.number))
        yield from self._shoot("第二台电脑-来访列表")
        yield from hands.press("Ctrl+1")

    def second_edits(self) -> Play[None]:
        """With no line: the address, and a sentence under the notice."""
        yield from self._county.stop()
        yield from self._change("地址", ADDRESS)
        yield from self._add(SECOND_WORDS)
        yield self._hands.until("离线", lambda: eyes.reads("离线"))
        yield from self._shoot("第二台电脑-离线")

    def edits_offline(self) -> Play[None]:
        """With no line: the hours, and another sentence in the same place."""
        yield from self._sign_on()
        yield from self._change("开放时间", HOURS)
        yield from self._add(FIRST_WORDS)

    def line_is_back(self) -> Play[None]:
        """Send what waited as soon as the line is there."""
        hands, before = self._hands, self._county.figures().ops
        yield from self._county.start()
        yield from self._section("县级平台")
        yield from hands.click("立即同步")
        yield self._arrives("补送的改动", before)
        yield hands.until("已同步", lambda: eyes.reads("已同步"))

    def settle(self) -> Play[None]:
        """See what was put together and what is asked, keep both sentences, and send the decision."""
        hands = self._hands
        yield from self._sign_on()
        yield Until("冲突到了", lambda: eyes.reads("需要处理"), _PULL_S)
        yield from self._section("冲突")
        yield from hands.see("两份都留", eyes.BUTTONS)
        yield from self._shoot("冲突-要决定的", every_size=True)
        yield from _tab(hands, _MERGED)
        yield from self._shoot("冲突-已合并")
        yield from _tab(hands, _OPEN)
        before = self._county.figures().ops
        yield from hands.click("两份都留")
        yield from hands.read("定下以后是")
        yield from self._shoot("冲突-定下以前")
        yield from hands.click("就这样定")
        yield from hands.read("没有要决定的冲突")
        yield self._arrives("人的决定", before)
        yield hands.until("已同步", lambda: eyes.reads("已同步"))
        yield from self._shoot("冲突-定下以后")

    def _arrives(self, what: str, before: int) -> Until:
        """Return the wait for ops to be taken in by the hub."""
        return self._hands.until(f"县级平台收到{what}", lambda: self._county.figures().ops > before)

    def _sign_on(self) -> Play[None]:
        hands = self._hands
        yield from hands.click(f"{setting_up.HEAD} 站长")
        yield from hands.type(setting_up.PASSWORD)
        yield from hands.press("Return")
        yield from hands.read("现在没有人在接待")

    def _section(self, name: str) -> Play[None]:
        hands = self._hands
        # With a badge its name says how many wait.
        yield hands.until("设置在", lambda: any(map(_leads_to_settings, eyes.in_view())))
        yield from hands.click_on(eyes.find_starting(_SETTINGS))
        yield from hands.go_to_line("设置的项目", name)

    def _change(self, field: str, words: str) -> Play[None]:
        hands = self._hands
        yield from self._section("站点")
        yield hands.until("站点资料在", lambda: eyes.holds("联络站名称", setting_up.STATION))
        yield from hands.fill(field, words)
        yield from self._save()

    def _add(self, words: str) -> Play[None]:
        hands = self._hands
        yield from hands.click("告知文本", eyes.FIELDS)
        yield from hands.press("Ctrl+End")
        yield from hands.type(words)
        yield from self._save()

    def _save(self) -> Play[None]:
        yield from self._hands.click("保存")
        yield from self._hands.read(_SAVED)
        yield from self._hands.close_notice()


def _is_through() -> bool:
    """Tell whether the round has said its summary and the light agrees."""
    return eyes.reads("待同步 0 条") and eyes.reads("已同步") and not eyes.reads("条待同步")


def _tab(hands: Hands, at: int) -> Play[None]:
    strips = [each for each in eyes.in_view() if isinstance(each, QTabBar)]
    if len(strips) != 1:
        raise DemoProblem("冲突没有分类")
    yield from hands.click_on(strips[0], lambda: strips[0].tabRect(at).center())


def _leads_to_settings(widget: QWidget) -> bool:
    return (
        widget.isEnabled()
        and eyes.role_of(widget) in eyes.BUTTONS
        and eyes.name_of(widget).startswith(_SETTINGS)
    )


ACTS: Final = (
    (folder.DATA, TwoDesks.first_enrols),
    (folder.SECOND, TwoDesks.second_joins),
    (folder.DATA, TwoDesks.first_edits),
    (folder.SECOND, TwoDesks.second_settles),
)
"""Which PC is sat at, one after the other, and what is done there."""
