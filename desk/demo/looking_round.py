"""The rest of the morning: search, list, ledger, boards, receipts checked, settings, help."""

from desk import paths
from desk.demo import callers, eyes
from desk.demo.play import Play, Step
from desk.demo.stage import Stage

_SECTIONS = ("站点", "用户", "密码与恢复单", "本机", "文字大小", "本地规则", "备份", "操作记录")


class LookingRound:
    """Steps through every page that has not been seen yet."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._hands = stage.hands
        self._shoot = stage.shoot

    def steps(self) -> list[Step]:
        """Return the steps in order."""
        return [
            Step("今日", self.today),
            Step("搜索", self.search),
            Step("来访列表和反馈", self.visits),
            Step("旧台账", self.old_ledger),
            Step("接待选民登记簿", self.ledger),
            Step("核对回执", self.check),
            Step("公示牌", self.boards),
            Step("设置", self.settings),
            Step("帮助和操作卡", self.help),
        ]

    def today(self) -> Play[None]:
        """Look at what was done this morning."""
        yield from self._hands.press("Ctrl+1")
        yield from self._hands.read("5 批 7 人次")
        yield from self._shoot("今日", every_size=True)

    def search(self) -> Play[None]:
        """Find somebody by the initials, and the same by the rare character."""
        hands = self._hands
        yield from hands.press("Ctrl+K")
        yield from hands.type("zmc")
        yield hands.until("搜到赵某成", lambda: eyes.lists("搜索结果", "赵某成"))
        yield from self._shoot("搜索-首字母")
        yield from hands.press("Esc")
        yield from hands.press("Ctrl+K")
        yield from hands.type("𬱖")
        yield hands.until("搜到王𬱖某", lambda: eyes.lists("搜索结果", callers.RARE.name))
        yield from self._shoot("搜索-生僻字")
        yield from hands.press("Esc")
        yield from hands.press("Ctrl+K")
        yield from hands.type("第1选区")
        yield hands.until("搜到代表", lambda: eyes.lists("搜索结果", "周某某"))
        yield from self._shoot("搜索-代表")
        yield from hands.press("Return")
        yield from hands.read("县人大代表 · 第1选区")
        yield from hands.press("Ctrl+K")
        yield from hands.type("𬱖")
        yield hands.until("搜到王𬱖某", lambda: eyes.lists("搜索结果", callers.RARE.name))
        yield from hands.press("Return")
        yield from hands.read("曾来访")
        yield from self._shoot("来访人")

    def visits(self) -> Play[None]:
        """Go through the list, open the visit that wants an answer, and write the answer down."""
        hands = self._hands
        yield from hands.click("看全部来访")
        yield hands.until("列表里有来访", lambda: eyes.lists("来访列表", callers.SAFE.subject))
        yield from self._shoot("来访列表")
        yield from hands.go_to_row("来访列表", callers.RETURNING.subject)
        yield from hands.press("Return")
        yield from hands.fill("反馈内容", "水管站下午已补好，电话告诉本人。")
        yield from hands.click("记下反馈")
        yield from hands.click("结果评价 满意")
        yield from self._shoot("来访-反馈和结果评价")
        yield from hands.click("记下结果评价")
        yield from hands.press("Esc")
        yield hands.until("回到列表", lambda: eyes.lists("来访列表", callers.SAFE.subject))

    def old_ledger(self) -> Play[None]:
        """Take over what was open on paper before, look at what is doubtful, and take it back."""
        hands = self._hands
        yield from hands.click("导入旧台账")
        yield from hands.read("这台电脑还没有导入过旧台账")
        yield from self._shoot("旧台账-空")
        yield from hands.press("Ctrl+O")
        yield from self._stage.name_file("选择旧台账", paths.resources() / "demo" / "old_ledger.xlsx")
        yield from hands.read("导入 3 件")
        yield from self._shoot("旧台账-核对")
        yield from hands.press("Ctrl+Return")
        yield from hands.read("old_ledger.xlsx · 导入 3 件")
        yield from self._shoot("旧台账-导入过")
        yield from hands.click("撤销 old_ledger.xlsx 的导入")
        yield from hands.click("撤销导入")
        yield from hands.read("已撤销这次导入")
        yield from hands.press("Esc")
        yield hands.until("回到列表", lambda: eyes.lists("来访列表", callers.SAFE.subject))

    def ledger(self) -> Play[None]:
        """Make the ledger of visits as PDF and as a table."""
        hands = self._hands
        yield from hands.click("登记簿 PDF")
        yield from hands.see("存为 PDF")
        yield from self._shoot("接待选民登记簿")
        yield from hands.press("Ctrl+S")
        yield from self._stage.save_paper("visits_ledger", "接待选民登记簿.pdf", "存为 PDF")
        yield from hands.click("存为表格 XLSX")
        yield from self._stage.save_paper("visits_ledger_xlsx", "接待选民登记簿.xlsx", "存为表格")
        yield from hands.press("Esc")

    def check(self) -> Play[None]:
        """Check a receipt by the number on it, and a made-up one."""
        hands, first = self._hands, self._stage.record.visits[0]
        yield from hands.click("核对回执")
        yield from hands.fill("回执上的码或查询号", self._stage.scan(f"回执-{first.number}.pdf"))
        yield from hands.press("Return")
        yield from hands.read("真回执")
        yield from self._shoot("核对回执-真")
        yield from hands.fill("回执上的码或查询号", "JDT1:not-a-receipt")
        yield from hands.press("Return")
        yield hands.until("说不是真的", lambda: not eyes.reads("真回执"))
        yield from self._shoot("核对回执-不真")
        yield from hands.press("Esc")
        yield from hands.click("空白登记表")
        yield from hands.click("预留编号并生成")
        yield from hands.see("存为 PDF")
        yield from self._shoot("空白登记表")
        yield from hands.press("Ctrl+S")
        yield from self._stage.save_paper("blank_form", "空白登记表.pdf", "存为 PDF")
        yield from hands.press("Esc")

    def boards(self) -> Play[None]:
        """Make the wall of deputies and the station's code board."""
        hands = self._hands
        yield from hands.press("F8")
        yield from hands.read("13 位代表")
        yield hands.until("公示墙排好", lambda: eyes.shows_sheet("第 1 / 3 页"))
        yield from self._shoot("公示牌-代表公示墙")
        yield from hands.press("Ctrl+S")
        yield from self._stage.save_paper("deputy_wall", "代表公示墙.pdf", "存为 PDF")
        yield from hands.choose_beside("扫码距离", "约 0.8 米")
        yield from hands.click("下一页")
        yield hands.until("第 2 页排好", lambda: eyes.shows_sheet("第 2 / 3 页"))
        yield from self._shoot("公示牌-大码")
        yield from hands.choose_beside("模板", "站点二维码牌")
        yield from hands.read("站点二维码牌")
        yield from self._shoot("公示牌-站点二维码牌")
        yield from hands.press("Ctrl+S")
        yield from self._stage.save_paper("station_board", "站点二维码牌.pdf", "存为 PDF")

    def settings(self) -> Play[None]:
        """Look at every subject of the settings."""
        hands = self._hands
        yield from hands.click("设置")
        yield None
        for name in _SECTIONS:
            yield from hands.go_to_line("设置的项目", name)
            yield from self._shoot(f"设置-{name}")

    def help(self) -> Play[None]:
        """Read the help and keep the card of keys."""
        hands = self._hands
        yield from hands.press("Ctrl+1")
        yield from hands.press("F1")
        yield from hands.read("帮助：今日")
        yield from self._shoot("帮助")
        yield from hands.click("打印操作卡")
        yield from hands.see("存为 PDF")
        yield from self._shoot("操作卡")
        yield from hands.press("Ctrl+S")
        yield from self._stage.save_paper("operation_card", "操作卡.pdf", "存为 PDF")
        yield from hands.press("Esc")
