"""The beginning of the morning: first start, sign-on, the station's details, the roster, who is on duty."""

from desk import paths
from desk.demo import eyes, folder
from desk.demo.play import Play, Step
from desk.demo.stage import SPAN_DAYS, Stage
from desk.ui import style

STATION = "示例镇人大代表联络站"
HEAD = "周某"
PASSWORD = "yi.zhang.xiaolian6"  # noqa: S105 - of the demo's own store, which holds invented people only
PIN = "204816"
DUTY_PIN = "975310"


class SettingUp:
    """Steps from an empty folder to two deputies on duty."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._hands = stage.hands
        self._shoot = stage.shoot

    def steps(self) -> list[Step]:
        """Return the steps in order."""
        return [
            Step("首次设置", self.first_start),
            Step("建站和恢复单", self.recovery),
            Step("开站", self.sign_on),
            Step("导入花名册", self.roster),
            Step("代表上岗", self.duty),
        ]

    def last_steps(self) -> list[Step]:
        """Return what begins the last look, three weeks later."""
        return [Step("三周后开站", self.three_weeks_on)]

    def first_start(self) -> Play[None]:
        """Answer the wizard up to 建站."""
        hands = self._hands
        yield from hands.see("联络站名称", eyes.FIELDS)
        yield from hands.click("已有备份，从备份恢复")
        yield from hands.see("恢复码", eyes.FIELDS)
        yield from self._shoot("从备份恢复")
        yield from hands.click("返回")
        yield from hands.see("联络站名称", eyes.FIELDS)
        yield from self._shoot("设置向导-联络站")
        yield from hands.fill("联络站名称", STATION)
        yield from hands.fill("联系范围", "示例镇第 1、2、3 选区")
        yield from hands.fill("联系电话", "0571-80006600")
        yield from hands.fill("站点编号", "330000123")
        yield from hands.press("Return")
        yield from hands.fill("姓名", HEAD)
        yield from hands.fill("密码", PASSWORD)
        yield from hands.fill("再输一次密码", PASSWORD)
        yield from hands.fill("六位 PIN", PIN)
        yield from self._shoot("设置向导-开站人")
        yield from hands.click("下一步")
        yield from hands.read("告知文本")
        yield from self._shoot("设置向导-告知文本")
        yield from hands.click("下一步")
        yield from hands.fill("备份文件夹", str(self._stage.out / folder.BACKUP))
        yield from self._shoot("设置向导-备份")
        yield from hands.click("建站")

    def recovery(self) -> Play[None]:
        """Keep the recovery sheet and go in."""
        hands = self._hands
        yield from hands.see("已打印或抄好，交站长锁存")
        yield from self._shoot("设置向导-恢复单")
        yield from hands.click("预览和打印恢复单")
        yield hands.until("恢复单排好", lambda: eyes.shows_sheet("第 1 / 1 页"))
        yield from self._shoot("设置向导-打印恢复单")
        yield from hands.press("Escape")
        yield from hands.click("存为 PDF")
        yield from self._stage.save_paper("recovery_sheet", "恢复单.pdf", "保存恢复单")
        yield from hands.click("已打印或抄好，交站长锁存")
        yield from hands.click("进入接待台")
        yield from hands.see("今日", eyes.BUTTONS)
        yield from hands.click("设置")
        yield from hands.go_to_line("设置的项目", "文字大小")
        # Every widget there is gets another look: the one thing that may take longer than a stretch should.
        with self._stage.probe.aside():
            yield from hands.click("文字大小 100 %")
            yield hands.until("文字是 100 % 的大小", lambda: style.current().percent == 100)
        yield from hands.press("Ctrl+1")
        self._stage.record.store = str(self._stage.out / folder.DATA / "desk.db")

    def sign_on(self) -> Play[None]:
        """Leave for somebody else, who signs on with name and password."""
        hands = self._hands
        yield from hands.press("Ctrl+L")
        yield from hands.click("换人开站")
        yield from hands.see(f"{HEAD} 站长")
        yield from self._shoot("开站")
        yield from self._in()
        yield from self._shoot("今日-空")

    def three_weeks_on(self) -> Play[None]:
        """Leave, and come back when the money is due."""
        hands = self._hands
        yield from hands.press("Ctrl+L")
        yield from hands.click("换人开站")
        yield from hands.see(f"{HEAD} 站长")
        self._stage.time.pass_by(days=SPAN_DAYS)
        yield from self._in()
        yield from self._shoot("今日-三周后")

    def roster(self) -> Play[None]:
        """Import the roster, looking at what is doubtful first."""
        hands = self._hands
        yield from hands.press("F7")
        yield from hands.read("还没有代表。")
        yield from self._shoot("代表值班-空")
        yield from hands.click_first("导入花名册")
        yield from self._stage.name_file("选择代表花名册", paths.resources() / "demo" / "roster.xlsx")
        yield from hands.read("新增 14 位")
        yield from self._shoot("导入花名册-疑点")
        yield from hands.click("显示 全部")
        yield from self._shoot("导入花名册-全部")
        yield from hands.press("Ctrl+Return")
        yield from hands.read("在任 13 位")

    def duty(self) -> Play[None]:
        """Two deputies come on duty: one by the clerk's word, one with a code of her own."""
        hands = self._hands
        yield from hands.go_to_row("代表名册", "周某某")
        yield from hands.click("请其上岗")
        yield from hands.read("已在岗")
        yield from hands.go_to_row("代表名册", "李某梅")
        yield from hands.fill("PIN", DUTY_PIN)
        yield from hands.click("把它设为 PIN")
        yield from hands.read("PIN 已设好")
        yield from hands.fill("PIN", DUTY_PIN)
        yield from hands.press("Return")
        yield from hands.see("李某梅下岗")
        yield from self._shoot("代表值班")

    def _in(self) -> Play[None]:
        """Sign on by name and password."""
        hands = self._hands
        yield from hands.click(f"{HEAD} 站长")
        yield from hands.type(PASSWORD)
        yield from hands.press("Return")
        yield from hands.read("现在没有人在接待")
