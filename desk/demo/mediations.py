"""Disputes played through the window: one to its archived dossier, one oral, one refused, one referred."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QComboBox, QTabBar

from desk.demo import eyes
from desk.demo.play import Play, Step
from desk.demo.stage import Stage
from desk.ui import style

COMMITTEE = "示例镇人民调解委员会"
MEDIATORS = ("王某某", "周某")
_SHEET = (1240, 800)


@dataclass(frozen=True)
class Dispute:
    """What is typed to register one; a side is name, phone and address."""

    sides: tuple[tuple[str, str, str], tuple[str, str, str]]
    kind: str
    facts: str
    issues: str


LEAK = Dispute(
    (("钱某", "13900000172", "示例路 8 号 302 室"), ("冯某", "13900000173", "示例路 8 号 402 室")),
    "邻里纠纷",
    "9 月 18 日，402 室水管破裂渗漏，302 室卧室天花板、衣柜受损，双方对赔偿数额有争议。",
    "天花板和衣柜的赔偿数额。",
)
FENCE = Dispute(
    (("褚某", "13900000174", "仁和村 3 组"), ("卫某", "13900000175", "仁和村 3 组")),
    "邻里纠纷",
    "卫某家的篱笆占了两家之间的过道，褚某推车过不去。",
    "过道怎样让出。",
)
NOISE = Dispute(
    (("蒋某", "13900000176", "仁和社区 2 幢"), ("沈某", "13900000177", "仁和社区 2 幢")),
    "邻里纠纷",
    "楼上夜里走动声响大，蒋某多次上门，双方争吵。",
    "夜里的声响。",
)
WAGES = Dispute(
    (("韩某", "13900000178", "示例镇工业园"), ("杨某", "13900000179", "示例镇工业园")),
    "其他劳动争议",
    "韩某离职后，杨某没有付最后两个月的工资。",
    "拖欠的工资。",
)


class Mediations:
    """Steps of the mediator's morning. They begin with the head at the desk and no committee yet."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._hands = stage.hands
        self._shoot = stage.shoot

    def steps(self) -> list[Step]:
        """Return the steps in order."""
        return [
            Step("登记调委会", self.committee),
            Step("一件口头纠纷", self.oral),
            Step("一件纠纷：受理和双方", self.accepted),
            Step("一件纠纷：调解和协议", self.agreed),
            Step("一件纠纷：履行和归档", self.archived),
            Step("一件被拒绝的纠纷", self.refused),
            Step("一件移送的纠纷", self.referred),
            Step("调解的统计", self.figures),
        ]

    def committee(self) -> Play[None]:
        """Set up the committee with two mediators."""
        hands = self._hands
        yield from hands.press("F3")
        yield from hands.read("还没有设立调委会")
        yield from self._shoot("矛盾调解-没有调委会")
        yield from hands.click("去设置调委会")
        yield from self._fill({"名称": COMMITTEE, "案号里的简称": "示例", "司法确认的法院": "示例县人民法院"})
        yield from hands.click("保存调委会")
        yield from hands.read("调委会已保存")
        yield from hands.close_notice()
        for name in MEDIATORS:
            yield hands.until("设置排好", partial(_can_scroll, "新增调解员", eyes.BUTTONS))
            yield from hands.click("新增调解员")
            yield from hands.fill("姓名", name)
            yield from hands.click("保存调解员")
            yield hands.until(f"登记好{name}", partial(eyes.lists, "调解员", name))
        yield from self._shoot("设置-调委会")

    def oral(self) -> Play[None]:
        """A small quarrel is done on one page."""
        hands = self._hands
        self._stage.time.pass_by(5)
        yield from self._register(FENCE)
        yield from hands.fill("第 1 条约定内容", "卫某三天内把篱笆移回界桩")
        yield from self._pick("第 1 条履行人", "卫某")
        yield from self._pick("第 1 条履行方式", "自行")
        yield from hands.fill("第 1 条履行期限", f"{self._stage.time.now():%m-%d}")
        for tick in ("双方都同意调解", "已口头告知权利义务"):
            yield from hands.click(tick)
        yield from hands.choose_beside("调解员", MEDIATORS[0])
        yield from self._shoot("矛盾调解-小额口头纠纷")
        yield from hands.press("Ctrl+Return")
        yield from hands.read("已达成口头协议")
        yield from hands.close_notice()
        yield from hands.press("Esc")

    def accepted(self) -> Play[None]:
        """A hard dispute is registered, accepted, and both sides agree and know their rights."""
        hands = self._hands
        self._stage.time.pass_by(7)
        yield from self._long_way(LEAK)
        yield from self._accept()
        yield from self._shoot("矛盾调解-受理")
        yield from self._both_agree()
        yield from self._shoot("矛盾调解-当事人")
        yield from hands.press("Ctrl+S")

    def agreed(self) -> Play[None]:
        """A sitting by the four moves, the agreement with its terms, every signature and the seal."""
        hands = self._hands
        yield from self._sitting()
        yield from self._tab("协议")
        yield from self._fill({"各方责任": "冯某未及时检修，承担修复与赔偿责任。", "记录人": MEDIATORS[1]})
        yield from hands.fill("第 1 条约定内容", "赔偿天花板修复费")
        yield from self._pick("第 1 条履行人", "冯某")
        yield from hands.fill("第 1 条金额", "2600")
        yield from self._pick("第 1 条收款人", "钱某")
        yield from self._pick("第 1 条履行方式", "转账")
        yield from hands.fill("第 1 条履行期限", f"{self._stage.time.now():%m-%d}")
        yield from hands.choose_beside("履行方式", "定期履行")
        yield from hands.fill("违约责任（建议写明）", "逾期不付的，按日支付万分之五的违约金。")
        yield from hands.press("Ctrl+S")
        yield from hands.read("内容明确性")
        yield from self._shoot("矛盾调解-协议")
        for who in ("钱某", "冯某", MEDIATORS[0], MEDIATORS[1], COMMITTEE):
            yield from hands.click(f"登记{who}已签字")
            yield hands.until(f"{who}签好", partial(_gone, f"登记{who}已签字"))
        yield from hands.press("Ctrl+Return")
        yield from hands.read("协议已生效")
        yield from hands.close_notice()
        yield from self._shoot("矛盾调解-协议生效")

    def archived(self) -> Play[None]:
        """The money is paid, somebody rings up later, the papers are complete, the dossier is closed."""
        hands = self._hands
        yield from self._tab("履行与回访")
        yield from hands.click("登记履行")
        yield from hands.read("已履行")
        yield from hands.press("Ctrl+Return")
        yield from hands.read("履行情况已登记")
        yield from hands.close_notice()
        yield from hands.click("＋ 一次回访")
        yield from hands.choose_beside("履行情况", "已履行")
        yield from hands.choose_beside("满意程度", "满意")
        yield from hands.press("Ctrl+Return")
        yield from hands.read("回访已登记")
        yield from hands.close_notice()
        yield from self._shoot("矛盾调解-履行与回访")
        yield from self._tab("卷宗")
        for name, _phone, _address in LEAK.sides:
            yield from self._scan(name)
        yield from hands.choose_beside("保管期限", "10年")
        yield from self._shoot("矛盾调解-卷宗")
        yield from hands.press("Ctrl+Return")
        yield from hands.read("已归档")
        yield from hands.close_notice()
        yield from hands.press("Esc")

    def refused(self) -> Play[None]:
        """The other side wants no mediation; the other ways are told."""
        hands = self._hands
        yield from self._long_way(NOISE)
        yield from self._accept()
        yield from hands.click("登记拒绝调解")
        yield from hands.choose_beside("谁拒绝", NOISE.sides[1][0])
        yield from hands.fill("说明", "不愿再谈，要求走诉讼。")
        yield from hands.click("已告知可以通过仲裁、行政、司法等途径维护权利")
        yield from hands.click("登记")
        yield from hands.read("当事人拒绝")
        yield from self._shoot("矛盾调解-拒绝")
        yield from hands.press("Esc")

    def referred(self) -> Play[None]:
        """A matter that belongs elsewhere is handed to the organ in charge."""
        hands = self._hands
        yield from self._long_way(WAGES)
        yield from self._accept()
        yield from hands.click("移送")
        yield from self._fill({"移送给哪个机关": "示例县劳动人事争议仲裁委员会", "说明": "双方都要求仲裁。"})
        yield from hands.click("登记")
        yield from hands.read("已移送")
        yield from self._shoot("矛盾调解-移送")
        yield from hands.press("Esc")

    def figures(self) -> Play[None]:
        """The list with its states, and the sums that add up."""
        hands = self._hands
        yield from hands.see("矛盾调解列表")
        yield from self._shoot("矛盾调解-列表")
        yield from hands.press("Shift+F3")
        yield from hands.read("统计（按受理日期）")
        yield from self._shoot("矛盾调解-统计与排查")

    def _register(self, dispute: Dispute) -> Play[None]:
        """Open the one page and write down who quarrels and about what."""
        hands = self._hands
        yield from hands.press("F3")
        yield from hands.click("登记纠纷")
        yield from hands.see("第 1 方姓名或名称", eyes.FIELDS)
        for n, (name, phone, address) in enumerate(dispute.sides, start=1):
            yield from self._fill(
                {f"第 {n} 方姓名或名称": name, f"第 {n} 方电话": phone, f"第 {n} 方单位或住址": address}
            )
        yield from hands.choose_beside("纠纷类型", dispute.kind)
        yield from self._fill({"主要事实": dispute.facts, "争议事项": dispute.issues})

    def _long_way(self, dispute: Dispute) -> Play[None]:
        hands = self._hands
        yield from self._register(dispute)
        yield from hands.click("按程序分步办")
        yield from hands.read("已登记")
        yield from hands.close_notice()
        yield from hands.see("纠纷简要情况", eyes.FIELDS)
        yield hands.until("页面排好", partial(_can_scroll, "申请日期", eyes.FIELDS))

    def _accept(self) -> Play[None]:
        """Say when it was applied for and who mediates, then take the case."""
        hands = self._hands
        yield from hands.fill("申请日期", f"{self._stage.time.now():%m-%d}")
        yield from hands.click("口头申请，由本会记下")
        yield from hands.click("申请人已被告知有关规定、自愿申请")
        yield from hands.click(f"调解员 {MEDIATORS[0]}")
        yield from hands.press("Ctrl+Return")
        yield from hands.read("已受理")
        yield from hands.close_notice()

    def _both_agree(self) -> Play[None]:
        hands = self._hands
        yield from self._tab("当事人")
        yield from hands.click_first("登记同意调解")
        yield hands.until("双方同意", lambda: not eyes.sees("登记同意调解"))
        for left in (1, 0):
            yield from hands.click_first("登记已口头告知权利义务")
            yield hands.until("告知过了", partial(_left, "登记已口头告知权利义务", left))

    def _sitting(self) -> Play[None]:
        hands = self._hands
        yield from self._tab("调解过程")
        yield from hands.click("＋ 一次调解")
        yield from self._fill({"地点": "示例镇调解室", "记录人": MEDIATORS[1]})
        yield from hands.choose_beside("公开（按当事人意愿）", "不公开")
        yield from hands.choose_beside("是否要求调解员回避", "不要求回避")
        yield from hands.click("已告知权利义务、调解原则和人员身份")
        yield from self._fill(
            {
                "谈纠纷": "双方轮流说了经过和要求。",
                "找话题": "都愿意先把水管修好。",
                "置梯子": "冯某先道歉，赔偿分一次付清。",
                "达协议": "赔偿 2600 元。",
                "核实的事实": "到现场看过，天花板有水渍。",
            }
        )
        yield from hands.choose_beside("这次的结果", "达成协议")
        yield from self._shoot("矛盾调解-调解过程")
        yield from hands.click("保存这次记录")
        yield hands.until("记录在列表里", lambda: eyes.lists("调解", "达成协议"))

    def _scan(self, name: str) -> Play[None]:
        """Lay the copy of a party's identity paper into its row."""
        hands = self._hands
        yield from hands.go_to_row("卷宗目录", f"身份证明（{name}）")
        yield from hands.click("＋ 照片 / 高拍仪")
        file = self._stage.out / f"身份证明-{name}.png"
        with self._stage.probe.aside():
            _draw(file, f"{name} 身份证明（示例）")
        yield from self._stage.name_file("添加附件", file)
        yield hands.until(f"{name}的证明在卷", lambda: not eyes.reads(f"✗\u00a0当事人身份证明（{name}）"))

    def _tab(self, words: str) -> Play[None]:
        """Click a tab of the case."""
        hands, bar = self._hands, _bar()
        at = [bar.tabText(n) for n in range(bar.count())].index(words)
        yield from hands.click_on(bar, lambda: bar.tabRect(at).center())
        yield hands.until(f"到“{words}”", lambda: bar.currentIndex() == at)

    def _pick(self, name: str, words: str) -> Play[None]:
        """Choose in a list that stands in a line: a screen reader says its words, not its name."""
        yield self._hands.until(f"屏幕上出现“{name}”", lambda: _choice(name) is not None)
        field = _choice(name)
        if field is not None:
            yield from self._hands.choose(field, words)

    def _fill(self, texts: Mapping[str, str]) -> Play[None]:
        for name, text in texts.items():
            yield from self._hands.fill(name, text)


def _can_scroll(name: str, roles: frozenset[eyes.Role]) -> bool:
    """Tell whether what is around something has its height: before, the wheel turns nothing."""
    found = eyes.all_called(name, roles)
    area = eyes.area_around(found[0]) if found else None
    return area is not None and area.verticalScrollBar().maximum() > 0


def _gone(name: str) -> bool:
    return not eyes.sees(name)


def _left(name: str, count: int) -> bool:
    return len(eyes.all_called(name)) == count


def _bar() -> QTabBar:
    bars = [each for each in eyes.in_view() if isinstance(each, QTabBar)]
    return next(each for each in bars if each.accessibleName() == "案件的各步")


def _choice(name: str) -> QComboBox | None:
    found = (each for each in eyes.in_view() if isinstance(each, QComboBox) and each.accessibleName() == name)
    return next(found, None)


def _draw(file: Path, words: str) -> None:
    """Draw what stands for the copy of a paper: invented people have none."""
    sheet = QImage(*_SHEET, QImage.Format.Format_RGB32)
    sheet.fill(style.colour("surface"))
    painter = QPainter(sheet)
    font = painter.font()
    font.setPixelSize(64)
    painter.setFont(font)
    painter.setPen(style.colour("ink"))
    painter.drawText(QRect(0, 0, *_SHEET), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    sheet.save(str(file))
