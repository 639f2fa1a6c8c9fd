"""The heart of the morning: visitors come, get a number and a receipt, are written down, and rate."""

from PySide6.QtWidgets import QComboBox

from desk.demo import callers, eyes
from desk.demo.callers import Caller
from desk.demo.play import Play, Step
from desk.demo.record import VisitMade
from desk.demo.setting_up import PIN
from desk.demo.stage import Stage

_HALF = 12  # letters written when the desk is locked
_ASKED = "今天的接待，您满意吗？"


class Reception:
    """Steps for an earlier visit and the five visitors of the morning."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._hands = stage.hands
        self._shoot = stage.shoot

    def steps(self) -> list[Step]:
        """Return the steps in order."""
        return [
            Step("补录上次来访", self.earlier),
            Step("第一位：生僻字姓名", self.rare),
            Step("锁定和返回", self.lock),
            Step("第一位：完成和评价", self.rare_finished),
            Step("第二、三位同时在场", self.two_at_once),
            Step("第四位：不愿透露", self.anonymous),
            Step("第五位：检举控告", self.safe),
        ]

    def earlier(self) -> Play[None]:
        """Write down a visit that was taken on paper weeks ago."""
        hands, caller = self._hands, callers.EARLIER
        yield from hands.click("来访接待")
        yield from hands.click("补录")
        when = yield from hands.see("真实接待时间", eyes.SPINS)
        yield from hands.tab_into(when)
        yield from hands.type(f"{self._stage.time.weeks_ago(3):%Y%m%d%H%M}")
        yield from self._name(caller)
        yield from hands.click_on(eyes.find_starting("接待代表"))
        yield from hands.press("Space")
        yield from hands.press("Esc")
        yield from hands.fill("事由", caller.subject)
        yield from self._number(caller)
        yield from self._receipt(caller)
        yield from self._words(caller)
        yield from self._shoot("来访接待-补录")
        yield from self._finish(caller)

    def rare(self) -> Play[None]:
        """Receipt first: a name with a rare character, one line, and the paper is there."""
        hands, caller = self._hands, callers.RARE
        self._stage.time.pass_by(12)
        yield from hands.press("Ctrl+1")
        yield from hands.press("F2")
        yield from self._name(caller)
        yield from self._shoot("来访接待-新来访")
        yield from self._number(caller)
        yield from hands.press("Alt+1")
        yield from self._receipt(caller)
        yield from self._shoot("来访接待-先给号")
        statement = caller.texts["反映问题，记来访人原话"]
        yield from hands.fill("反映问题，记来访人原话", statement[:_HALF])

    def lock(self) -> Play[None]:
        """Lock in the middle of a sentence, come back with the PIN, and write on."""
        hands, caller = self._hands, callers.RARE
        yield from hands.press("Ctrl+L")
        yield from hands.see("六位 PIN", eyes.FIELDS)
        yield from self._shoot("锁定")
        yield from hands.type("000000")
        yield from hands.press("Return")
        yield from hands.read("不对")
        yield from self._shoot("锁定-PIN 不对")
        yield from hands.type(PIN)
        yield from hands.press("Return")
        yield from hands.see("反映问题，记来访人原话", eyes.FIELDS)
        # The focus is back where it was, and so is every letter.
        yield from hands.type(caller.texts["反映问题，记来访人原话"][_HALF:])
        yield from hands.press("F12")
        yield from hands.read("按 Esc 或 F12 返回")
        yield from self._shoot("遮屏")
        yield from hands.press("F12")
        yield from hands.see("反映问题，记来访人原话", eyes.FIELDS)

    def rare_finished(self) -> Play[None]:
        """The rest of the words, a proposal, and the visitor's own rating."""
        self._stage.time.pass_by(9)
        caller = callers.RARE
        yield from self._words(caller, without=("反映问题，记来访人原话",))
        yield from self._hands.press("Alt+4")
        yield from self._shoot("来访接待-登记", every_size=True)
        yield from self._finish(caller, shoot=True)

    def two_at_once(self) -> Play[None]:
        """A group comes, and before it is written down somebody who was here before."""
        hands = self._hands
        self._stage.time.pass_by(4)
        group, back = callers.GROUP, callers.RETURNING
        yield from hands.press("F2")
        yield from self._name(group)
        yield from self._lines(group)
        yield from self._number(group)
        yield from self._receipt(group)
        self._stage.time.pass_by(3)
        yield from hands.press("F2")
        yield from hands.fill("姓名", back.name)
        yield from hands.see("可能来过的人")
        yield from self._shoot("来访接待-可能来过的人")
        yield from hands.press("Down")
        yield from hands.press("Return")
        yield from hands.read("第 2 次")
        yield from hands.fill("事由", back.subject)
        yield from self._number(back)
        yield from self._receipt(back)
        yield from self._words(back)
        yield from self._shoot("来访接待-来过的人")
        yield from hands.press("Ctrl+1")
        yield from hands.read("批 ")
        yield from self._shoot("今日-正在接待")
        yield from hands.press("Shift+F2")
        yield hands.until("轮到第一批", lambda: eyes.holds("姓名", group.name))
        yield from self._words(group)
        yield from self._shoot("来访接待-多人")
        yield from self._finish(group)
        yield hands.until("轮到第二批", lambda: eyes.holds("姓名", back.name))
        yield from self._finish(back)

    def anonymous(self) -> Play[None]:
        """No name, a receipt on the narrow roll, no rating."""
        caller = callers.ANONYMOUS
        self._stage.time.pass_by(11)
        yield from self._hands.press("F2")
        yield from self._hands.click("不愿透露")
        yield from self._hands.fill("事由", caller.subject)
        yield from self._number(caller)
        yield from self._receipt(caller)
        yield from self._words(caller)
        yield from self._finish(caller)

    def safe(self) -> Play[None]:
        """An accusation: the plain receipt and the way to 12388."""
        caller = callers.SAFE
        self._stage.time.pass_by(7)
        yield from self._hands.press("F2")
        for tick in caller.ticks:
            yield from self._hands.click(tick)
        yield from self._name(caller)
        yield from self._number(caller)
        yield from self._receipt(caller)
        yield from self._words(caller)
        yield from self._shoot("来访接待-检举控告")
        yield from self._finish(caller)

    def _name(self, caller: Caller) -> Play[None]:
        yield from self._hands.fill("姓名", caller.name)
        yield from self._hands.fill("事由", caller.subject)

    def _number(self, caller: Caller) -> Play[None]:
        """Press Enter in 事由 and wait for the number."""
        hands = self._hands
        yield from hands.press("Return")
        said = yield from hands.read("已给号")
        number = said.removeprefix("已给号 ").split("，")[0]
        self._stage.record.visits.append(VisitMade(caller.why, number))
        yield from hands.close_notice()

    def _receipt(self, caller: Caller) -> Play[None]:
        """Look at the receipt as it will be, save it, and go back."""
        hands, record = self._hands, self._stage.record
        yield from hands.press("Ctrl+P")
        yield from hands.see("存为 PDF")
        if caller.receipt != "A5":
            yield from hands.click(f"回执纸张 {caller.receipt} 毫米卷纸")
            yield from hands.read("两条：")
        else:
            yield from hands.read("两页：")
        yield from self._shoot(f"回执-{caller.why}")
        name = f"回执-{record.visits[-1].number}.pdf"
        yield from hands.press("Ctrl+S")
        yield from self._stage.save_paper("receipt", name, "存为 PDF")
        if caller.receipt != "A5":
            yield from hands.click("回执纸张 A5 纸")
            yield from hands.read("两页：")
        yield from hands.press("Esc")
        yield from hands.see("事由", eyes.FIELDS)

    def _lines(self, caller: Caller) -> Play[None]:
        for name, text in caller.lines.items():
            yield from self._hands.fill(name, text)
        yield from self._hands.fill("事由", caller.subject)

    def _words(self, caller: Caller, without: tuple[str, ...] = ()) -> Play[None]:
        """Write down what was said and what is done."""
        hands = self._hands
        for name, text in {**caller.lines, **caller.texts}.items():
            if name not in without:
                yield from hands.fill(name, text)
        for label, words in caller.chosen.items():
            yield from hands.choose_beside(label, words)
        yield from hands.click(caller.outcome)
        for name, text in caller.answers.items():
            field = yield from hands.see(name, eyes.FIELDS | eyes.CHOICES)
            if isinstance(field, QComboBox):
                yield from hands.choose(field, text)
            else:
                yield from hands.fill(name, text)
        yield from hands.click_on(eyes.find_starting("已告知"))

    def _finish(self, caller: Caller, *, shoot: bool = False) -> Play[None]:
        """Finish; then the visitor turns to the screen and rates."""
        hands = self._hands
        yield from hands.press("Ctrl+Return")
        yield from hands.read(_ASKED)
        if shoot:
            yield from self._shoot("评价")
        yield from hands.press(caller.rating)
        yield hands.until("评价完了", lambda: not eyes.reads(_ASKED))
