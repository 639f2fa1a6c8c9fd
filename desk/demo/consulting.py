"""法律咨询 in the demo: one side is advised, the other side of the quarrel is stopped by the check (FL-11).

Two lawyers get accounts first; the head, who sits at the desk, may read consultations.
"""

import re
from dataclasses import dataclass, replace
from functools import partial

from desk.demo import eyes
from desk.demo.play import Play, Step
from desk.demo.record import ConsultationMade
from desk.demo.stage import Stage

_NEIGHBOUR = 11  # lines down the list of topics to 民事 · 邻里
_QUESTION = "楼上漏水把家里泡了，对方只肯出一半，能不能要求全部赔偿，要不要先鉴定？"
_OTHER_QUESTION = "楼下要我全赔漏水的钱，可水管是公共的，怎么办？"
_ANSWER = "先请物业查明漏点并拍照留存；责任在楼上的，可以要求赔偿全部损失，商量不成可以申请人民调解。"


@dataclass(frozen=True)
class Side:
    """One side of the quarrel as it comes to the desk."""

    name: str
    phone: str
    question: str


FIRST = Side("钱某", "13900000172", _QUESTION)
SECOND = Side("冯某", "13900000173", _OTHER_QUESTION)
LAWYERS = ("张某", "孙某")
_LICENCE = {"张某": "13301202010000011", "孙某": "13301202010000022"}
ANSWERED = "一方先来，解答"
STOPPED = "另一方来，冲突检查拦下，换人解答"
_NUMBER = re.compile(r"ZX[\w-]+")


class Consulting:
    """Steps for the two sides of one quarrel; `adviser` hears the first, `other` takes over the second."""

    def __init__(self, stage: Stage, adviser: str, other: str) -> None:
        self._stage = stage
        self._hands = stage.hands
        self._shoot = stage.shoot
        self._keep = self._sheet
        self._adviser = adviser
        self._other = other

    def first_steps(self) -> list[Step]:
        """Return what is done once for all."""
        return [Step("邀请两位律师", self.lawyers)]

    def steps(self) -> list[Step]:
        """Return the steps in order."""
        return [
            Step("法律咨询：一方先来", self.advised),
            Step("法律咨询：另一方被冲突检查拦下", self.stopped),
            Step("法律咨询：换人解答", self.taken_over),
        ]

    def lawyers(self) -> Play[None]:
        """Invite both lawyers: an account each, with a code for the first sign-on."""
        hands = self._hands
        yield from hands.click("设置")
        yield from hands.go_to_line("设置的项目", "用户")
        yield from hands.click("律师")
        for name in (self._adviser, self._other):
            yield from hands.fill("新用户姓名", name)
            yield from hands.click("发一次性登录码")
            yield hands.until(f"{name}在用户里", partial(eyes.lists, "用户", name))
        yield from self._shoot("设置-用户-邀请律师")
        yield from hands.press("Ctrl+1")

    def advised(self) -> Play[None]:
        """Advise the first side to the end: check, answer, article, printed sheet."""
        yield from self._asked(ANSWERED, FIRST, SECOND)
        yield from self._check("没有发现冲突，可以解答。")
        yield from self._answered("法律咨询-解答")

    def stopped(self) -> Play[None]:
        """Let the other side ask the same adviser: the check says only to change adviser or day."""
        yield from self._asked(STOPPED, SECOND, FIRST)
        yield from self._check("本事项请换人解答或改约。")
        made = self._stage.record.consultations
        made[-1] = replace(made[-1], stopped=True)
        yield from self._shoot("法律咨询-冲突检查")

    def taken_over(self) -> Play[None]:
        """Give it to the other adviser, who may answer."""
        hands = self._hands
        yield from hands.click("换解答人")
        yield from hands.press("Esc")
        yield from self._adviser_is(self._other)
        yield from self._check("没有发现冲突，可以解答。")
        yield from self._answered("法律咨询-换人解答")

    def _asked(self, why: str, side: Side, other: Side) -> Play[None]:
        hands = self._hands
        yield from hands.press("F4")
        yield from hands.click("新咨询")
        yield from hands.fill("姓名", side.name)
        yield from hands.press("Return")
        made = self._stage.record.consultations
        known = frozenset(each.number for each in made)
        yield hands.until("有了编号", lambda: _fresh(known) != "")
        made.append(ConsultationMade(why, _fresh(known)))
        yield from hands.fill("电话", side.phone)
        yield from hands.fill("对方当事人", other.name)
        yield from hands.fill("对方电话", other.phone)
        yield from self._tick("咨询类别", _NEIGHBOUR)
        yield from self._tick("已走程序", 0)
        yield from self._adviser_is(self._adviser)
        yield from hands.fill("咨询事项", side.question)
        yield from hands.click("已告知不构成法律意见")
        yield from hands.click("已告知个人信息处理事项")

    def _adviser_is(self, name: str) -> Play[None]:
        yield from self._hands.choose_beside("解答人", name)
        yield from self._hands.fill("执业证号", _LICENCE[name])

    def _tick(self, field: str, line: int) -> Play[None]:
        """Open a list of ticks, tick one line, close it."""
        hands = self._hands
        yield from hands.click_on(eyes.find_starting(field))
        for _n in range(line):
            yield from hands.press("Down")
        yield from hands.press("Space")
        yield from hands.press("Esc")

    def _check(self, says: str) -> Play[None]:
        yield from self._hands.press("Alt+C")
        yield from self._hands.read(says)

    def _answered(self, page: str) -> Play[None]:
        """Write the answer, cite the article, finish, and look at the sheet."""
        hands = self._hands
        yield from hands.fill("解答意见", _ANSWER)
        yield from hands.press("Alt+L")
        yield from hands.fill("找条文", "民法典 1165")
        yield hands.until("找到第一千一百六十五条", lambda: eyes.lists("找到的条文", "第一千一百六十五条"))
        yield from hands.press("Return")
        yield from hands.read("第一千一百六十五条（2021年1月1日施行）")
        yield from hands.press("Esc")
        yield from hands.click("处理 当场解答")
        yield from self._shoot(page)
        yield from hands.press("Ctrl+Return")
        yield from hands.read("法律咨询登记表")
        yield from self._shoot(f"{page}登记表")
        yield from self._keep()
        yield from hands.click("返回")
        yield from hands.click("评价 满意")

    def _sheet(self) -> Play[None]:
        """Keep the sheet in view as PDF."""
        record = self._stage.record
        made = record.consultations[-1]
        yield from self._hands.press("Ctrl+S")
        yield from self._stage.save_paper("f40", f"法律咨询登记表-{made.number}.pdf", "存为 PDF")
        record.consultations[-1] = replace(made, sheet=record.papers[-1].file)


def _fresh(known: frozenset[str]) -> str:
    """Return the number in view of a consultation that is not known yet, "" for none."""
    found = (number.group() for text in eyes.texts() for number in _NUMBER.finditer(text))
    return next((number for number in found if number not in known), "")
