"""The committee, and the disputes that are over in one morning: one oral, one refused, one referred."""

from functools import partial

from desk.demo import eyes
from desk.demo.case_hands import LIST, CaseHands, can_scroll
from desk.demo.disputes import COMMITTEE, FENCE, MEDIATORS, NOISE, WAGES
from desk.demo.play import Play, Step
from desk.demo.stage import Stage


class Mediations:
    """Steps of the mediator's morning; the committee is set up before the first visit."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._hands = stage.hands
        self._shoot = stage.shoot
        self._case = CaseHands(stage)

    def first_steps(self) -> list[Step]:
        """Return what is done once for all."""
        return [Step("登记调委会", self.committee)]

    def steps(self) -> list[Step]:
        """Return the steps in order."""
        return [
            Step("一件口头纠纷", self.oral),
            Step("一件被拒绝的纠纷", self.refused),
            Step("一件移送的纠纷", self.referred),
        ]

    def last_steps(self) -> list[Step]:
        """Return the look at what came of them all."""
        return [Step("调解的统计", self.figures)]

    def committee(self) -> Play[None]:
        """Set up the committee with two mediators."""
        hands = self._hands
        yield from hands.press("F3")
        yield from hands.read("还没有设立调委会")
        yield from self._shoot("矛盾调解-没有调委会")
        yield from hands.click("去设置调委会")
        named = {"名称": COMMITTEE, "案号里的简称": "示例", "司法确认的法院": "示例县人民法院"}
        yield from self._case.fill(named)
        yield from hands.click("保存调委会")
        yield from hands.read("调委会已保存")
        yield from hands.close_notice()
        for name in MEDIATORS:
            yield hands.until("设置排好", partial(can_scroll, "新增调解员", eyes.BUTTONS))
            yield from hands.click("新增调解员")
            yield from hands.fill("姓名", name)
            yield from hands.click("保存调解员")
            yield hands.until(f"登记好{name}", partial(eyes.lists, "调解员", name))
        yield from self._shoot("设置-调委会")

    def oral(self) -> Play[None]:
        """A small quarrel is done on one page."""
        hands, case = self._hands, self._case
        self._stage.time.pass_by(5)
        yield from case.register(FENCE)
        yield from hands.fill("第 1 条约定内容", "卫某三天内把篱笆移回界桩")
        yield from case.pick("第 1 条履行人", "卫某")
        yield from case.pick("第 1 条履行方式", "自行")
        yield from hands.fill("第 1 条履行期限", f"{self._stage.time.days_on(3):%Y-%m-%d}")
        for tick in ("双方都同意调解", "已口头告知权利义务"):
            yield from hands.click(tick)
        yield from hands.choose_beside("调解员", MEDIATORS[0])
        yield from self._shoot("矛盾调解-小额口头纠纷")
        yield from hands.press("Ctrl+Return")
        yield from hands.read("已达成口头协议")
        yield from hands.close_notice()
        yield from case.note(FENCE)
        yield from case.paper("f08", "F-08", shoot="矛盾调解-口头协议登记表")
        yield from hands.press("Esc")

    def refused(self) -> Play[None]:
        """The other side wants no mediation; the other ways are told."""
        hands, case = self._hands, self._case
        self._stage.time.pass_by(6)
        yield from case.long_way(NOISE)
        yield from case.accept(NOISE)
        yield from hands.click("登记拒绝调解")
        yield from hands.choose_beside("谁拒绝", NOISE.sides[1].name)
        yield from hands.fill("说明", "不愿再谈，要求走诉讼。")
        yield from hands.click("已告知当事人可以通过其他合法途径维护权利")
        yield from hands.click("登记")
        yield from hands.read("当事人拒绝")
        yield from self._shoot("矛盾调解-拒绝")
        yield from case.paper("f12", "F-12", shoot="矛盾调解-终止调解通知书")
        yield from hands.press("Esc")

    def referred(self) -> Play[None]:
        """A matter that belongs elsewhere is handed to the organ in charge."""
        hands, case = self._hands, self._case
        self._stage.time.pass_by(6)
        yield from case.long_way(WAGES)
        yield from case.accept(WAGES)
        yield from hands.click("移送")
        told = {"移送给哪个机关": "示例县劳动人事争议仲裁委员会", "说明": "双方都要求仲裁。"}
        yield from case.fill(told)
        yield from hands.click("登记")
        yield from hands.read("已移送")
        yield from self._shoot("矛盾调解-移送")
        yield from hands.press("Esc")

    def figures(self) -> Play[None]:
        """The list with its states, and the sums that add up."""
        hands = self._hands
        yield from hands.see(LIST)
        yield from self._shoot("矛盾调解-列表")
        yield from hands.press("Shift+F3")
        yield from hands.read("统计（按受理日期）")
        yield from self._shoot("矛盾调解-统计与排查")
