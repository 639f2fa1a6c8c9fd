"""One dispute from the visit it came with to the archived dossier, with the papers a court confirms by."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from desk.demo import eyes
from desk.demo.case_hands import LIST, CaseHands
from desk.demo.disputes import COMMITTEE, LEAK, MEDIATORS
from desk.demo.play import Play, Step
from desk.demo.stage import SPAN_DAYS, Stage
from desk.ui import style

_SHEET = (1240, 800)


class OneDispute:
    """Steps of the mediator; `steps` are the first morning's, `last_steps` those three weeks later."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._hands = stage.hands
        self._shoot = stage.shoot
        self._case = CaseHands(stage)

    def steps(self) -> list[Step]:
        """Return the steps of the first morning in order."""
        return [
            Step("来访转来的纠纷：补齐和受理", self.accepted),
            Step("来访转来的纠纷：双方同意", self.willing),
            Step("来访转来的纠纷：调解", self.mediated),
            Step("来访转来的纠纷：协议", self.agreed),
            Step("来访转来的纠纷：申请司法确认", self.confirmed),
        ]

    def last_steps(self) -> list[Step]:
        """Return the steps of the last look in order."""
        return [
            Step("三周后：履行、回访和裁定", self.kept),
            Step("三周后：归档和整本卷宗", self.archived),
        ]

    def accepted(self) -> Play[None]:
        """The visit handed on lies in the list; who is on the other side is added, and it is accepted."""
        hands = self._hands
        self._stage.time.pass_by(7)
        yield from self._open()
        yield from self._case.at_case()
        yield from hands.choose_beside("纠纷类型", LEAK.kind)
        yield from hands.fill("纠纷简要情况", LEAK.facts)
        yield from self._case.tab("当事人")
        yield from self._people()
        yield from self._case.tab("受理")
        yield from hands.choose_beside("调委会", COMMITTEE)
        yield from hands.choose_beside("本会管辖的理由", "纠纷发生在")
        yield from self._case.accept(LEAK)
        yield from self._shoot("矛盾调解-受理")

    def willing(self) -> Play[None]:
        """Both sides agree to mediate and know their rights; what is due so far is printed."""
        hands = self._hands
        yield from self._case.tab("当事人")
        yield from hands.click_first("登记同意调解")
        yield hands.until("双方同意", lambda: not eyes.sees("登记同意调解"))
        for left in (1, 0):
            yield from hands.click_first("登记已口头告知权利义务")
            yield hands.until("告知过了", partial(_left, "登记已口头告知权利义务", left))
        yield from self._shoot("矛盾调解-当事人")
        yield from hands.press("Ctrl+P")
        yield from self._case.keep("case_papers", shoot="矛盾调解-待印文书")

    def mediated(self) -> Play[None]:
        """A sitting by the four moves, written down."""
        hands = self._hands
        yield from self._case.tab("调解过程")
        yield from hands.click("＋ 一次调解")
        yield from self._case.fill({"地点": "示例镇调解室", "记录人": MEDIATORS[1]})
        yield from hands.choose_beside("公开（按当事人意愿）", "不公开")
        yield from hands.choose_beside("是否要求调解员回避", "不要求回避")
        yield from hands.click("已告知权利义务、调解原则和人员身份")
        yield from self._case.fill(
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

    def agreed(self) -> Play[None]:
        """The agreement with its terms is printed, signed by everybody, sealed, and in force."""
        hands, case = self._hands, self._case
        yield from case.tab("协议")
        yield from hands.fill("争议事项", LEAK.issues)
        yield from case.fill({"各方责任": "冯某未及时检修，承担修复与赔偿责任。", "记录人": MEDIATORS[1]})
        yield from hands.fill("第 1 条约定内容", "赔偿天花板和衣柜修复费")
        yield from case.pick("第 1 条履行人", "冯某")
        yield from hands.fill("第 1 条金额", "2600")
        yield from case.pick("第 1 条收款人", "钱某")
        yield from case.pick("第 1 条履行方式", "转账")
        yield from hands.fill("第 1 条履行期限", f"{self._stage.time.days_on(SPAN_DAYS):%Y-%m-%d}")
        yield from hands.choose_beside("履行方式", "定期履行")
        yield from hands.fill("违约责任（建议写明）", "逾期不付的，按日支付万分之五的违约金。")
        yield from hands.press("Ctrl+S")
        yield from hands.read("内容明确性")
        yield from self._shoot("矛盾调解-协议", every_size=True)
        yield from hands.press("Ctrl+Return")
        yield from case.keep("f07", shoot="矛盾调解-协议书")
        for who in (*(side.name for side in LEAK.sides), *MEDIATORS, COMMITTEE):
            yield from hands.click(f"登记{who}已签字")
            yield hands.until(f"{who}签好", partial(_gone, f"登记{who}已签字"))
        yield from hands.press("Ctrl+Return")
        yield from hands.read("协议已生效")
        yield from hands.close_notice()
        yield from self._shoot("矛盾调解-协议生效")

    def confirmed(self) -> Play[None]:
        """Both ask the court together, within the thirty days."""
        hands = self._hands
        yield from self._case.tab("履行与回访")
        yield from hands.click("双方共同申请")
        yield from hands.choose_beside("管辖", "调解组织所在地")
        yield from hands.fill("事实与理由", "双方自愿达成协议，请求确认其效力。")
        yield from self._shoot("矛盾调解-司法确认")
        yield from hands.click("登记申请")
        yield from hands.read("司法确认申请已登记")
        yield from hands.close_notice()
        yield from self._case.paper("f10", "F-10 司法确认申请书", shoot="矛盾调解-司法确认申请书")
        yield from hands.press("Esc")

    def kept(self) -> Play[None]:
        """The court has confirmed, the money is paid, and somebody rang up."""
        hands = self._hands
        yield from self._open()
        yield from self._case.at_case()
        yield from self._case.tab("履行与回访")
        yield from hands.fill("裁定书文号", f"（{self._stage.time.now():%Y}）示例民特12号")
        yield from hands.click("登记结果")
        yield from hands.read("结果已登记")
        yield from hands.close_notice()
        yield from hands.fill("凭证或说明", "转账回单")
        yield from hands.click("登记履行")
        yield from hands.read("已履行")
        yield from hands.press("Ctrl+Return")
        yield from hands.read("履行情况已登记")
        yield from hands.close_notice()
        yield from hands.click("＋ 一次回访")
        yield from hands.choose_beside("履行情况", "已履行")
        yield from hands.choose_beside("满意程度", "满意")
        yield from hands.choose_beside("是否起诉", "未起诉")
        yield from hands.press("Ctrl+Return")
        yield from hands.read("回访已登记")
        yield from hands.close_notice()
        yield from self._shoot("矛盾调解-履行与回访")
        yield from self._case.paper("f09", "F-09")
        yield from self._case.paper("f11", "F-11")

    def archived(self) -> Play[None]:
        """The copies of the papers are laid in, the dossier is closed and bound."""
        hands = self._hands
        yield from self._case.tab("卷宗")
        for side in LEAK.sides:
            yield from self._scan(side.name)
        yield from hands.choose_beside("保管期限", "10年")
        yield from hands.fill("检查人", MEDIATORS[1])
        yield from self._shoot("矛盾调解-卷宗")
        yield from hands.press("Ctrl+Return")
        yield from hands.read("已归档")
        yield from hands.close_notice()
        yield from self._shoot("矛盾调解-已归档")
        yield from self._case.paper("dossier", "打印整本卷宗", shoot="矛盾调解-整本卷宗")
        yield from hands.press("Esc")

    def _open(self) -> Play[None]:
        """Open the case from the list."""
        hands = self._hands
        yield from hands.press("F3")
        yield from hands.see(LIST)
        yield from hands.go_to_row(LIST, LEAK.sides[0].name)
        yield from hands.press("Return")

    def _people(self) -> Play[None]:
        """Write down who is on the other side, and the numbers a court asks for."""
        hands = self._hands
        other = LEAK.sides[1]
        yield from self._case.fill(
            {
                "第 1 方单位或住址": LEAK.sides[0].address,
                "第 2 方姓名或名称": other.name,
                "第 2 方电话": other.phone,
                "第 2 方单位或住址": other.address,
            }
        )
        for n, side in enumerate(LEAK.sides, start=1):
            more = f"第 {n} 方更多：类型、证件、监护人"
            yield from hands.click(more)
            yield from hands.fill(f"第 {n} 方证件号码", side.id_no)
            yield from hands.click(more)
        yield from hands.press("Ctrl+S")
        yield hands.until("当事人存好", lambda: not eyes.sees("保存"))

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


def _gone(name: str) -> bool:
    return not eyes.sees(name)


def _left(name: str, count: int) -> bool:
    return len(eyes.all_called(name)) == count


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
