"""What a mediator does in every dispute: register it, take it, go through its tabs, keep its papers."""

import re
from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox, QTabBar

from desk.demo import eyes
from desk.demo.disputes import MEDIATORS, Dispute
from desk.demo.play import Play
from desk.demo.record import CaseMade
from desk.demo.stage import Stage
from desk.rules.dossier import PAPER

LIST = "矛盾调解列表"
_NUMBER = re.compile(r"〔\d{4}〕[^〔\s]+?第\d+号")
_SHOWN = "存为 PDF"
_BUNDLES = {"case_papers": "待印文书", "dossier": "卷宗"}


class CaseHands:
    """The hands of somebody who mediates."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._hands = stage.hands
        self._number = ""

    def register(self, dispute: Dispute) -> Play[None]:
        """Open the one page and write down who quarrels and about what."""
        hands = self._hands
        yield from hands.press("F3")
        yield from hands.click("登记纠纷")
        yield from hands.see("第 1 方姓名或名称", eyes.FIELDS)
        for n, side in enumerate(dispute.sides, start=1):
            parts = {"姓名或名称": side.name, "电话": side.phone, "单位或住址": side.address}
            yield from self.fill({f"第 {n} 方{what}": text for what, text in parts.items()})
        yield from hands.choose_beside("纠纷类型", dispute.kind)
        yield from self.fill({"主要事实": dispute.facts, "争议事项": dispute.issues})

    def long_way(self, dispute: Dispute) -> Play[None]:
        """Register a dispute and go on step by step."""
        hands = self._hands
        yield from self.register(dispute)
        yield from hands.click("按程序分步办")
        yield from hands.read("已登记")
        yield from hands.close_notice()
        yield from self.at_case()

    def at_case(self) -> Play[None]:
        """Wait until the first tab of a case is there."""
        yield from self._hands.see("纠纷简要情况", eyes.FIELDS)
        yield self._hands.until("页面排好", lambda: can_scroll("申请日期", eyes.FIELDS))

    def accept(self, dispute: Dispute) -> Play[None]:
        """Say when it was applied for and who mediates, then take the case, which now has its number."""
        hands = self._hands
        yield from hands.fill("申请日期", f"{self._stage.time.now():%m-%d}")
        yield from hands.click("口头申请，由本会记下")
        yield from hands.click("申请人已被告知有关规定、自愿申请")
        yield from hands.click(f"调解员 {MEDIATORS[0]}")
        yield from hands.press("Ctrl+Return")
        yield from hands.read("已受理")
        yield from hands.close_notice()
        yield from self.note(dispute)

    def note(self, dispute: Dispute) -> Play[None]:
        """Write the new number in view into the record; papers kept from now on are of this case."""
        made = self._stage.record.cases
        known = frozenset(each.number for each in made)
        yield self._hands.until("有了案号", lambda: _fresh(known) != "")
        self._number = _fresh(known)
        made.append(CaseMade(dispute.why, self._number))

    def tab(self, words: str) -> Play[None]:
        """Click a tab of the case."""
        hands, bar = self._hands, _bar()
        at = [bar.tabText(n) for n in range(bar.count())].index(words)
        yield from hands.click_on(bar, lambda: bar.tabRect(at).center())
        yield hands.until(f"到“{words}”", lambda: bar.currentIndex() == at)

    def pick(self, name: str, words: str) -> Play[None]:
        """Choose in a list that stands in a line: a screen reader says its words, not its name."""
        yield self._hands.until(f"屏幕上出现“{name}”", lambda: _choice(name) is not None)
        field = _choice(name)
        if field is not None:
            yield from self._hands.choose(field, words)

    def fill(self, texts: Mapping[str, str]) -> Play[None]:
        """Fill several fields, one after another."""
        for name, text in texts.items():
            yield from self._hands.fill(name, text)

    def paper(self, kind: str, form: str, *, shoot: str = "") -> Play[None]:
        """Choose a paper in the menu of the case in view, look at it and keep it as PDF."""
        yield from self._hands.click("卷宗：打印文书")
        yield from self._hands.take_from_menu(form)
        yield from self.keep(kind, shoot=shoot)

    def keep(self, kind: str, *, shoot: str = "") -> Play[None]:
        """Keep the paper that has just been opened as PDF and close it."""
        hands, stage = self._hands, self._stage
        yield from hands.see(_SHOWN)
        yield hands.until("文书排好", eyes.shows_paper)
        if shoot:
            yield from stage.shoot(shoot)
        yield from hands.press("Ctrl+S")
        yield from stage.save_paper(kind, f"{_called(kind)}-{self._number}.pdf", "存为 PDF")
        stage.record.add_case_paper(self._number, stage.record.papers[-1])
        # A click waits until the paper has been saved and can be closed; a key would be lost.
        yield from hands.click("关闭")
        yield hands.until("文书收起", lambda: not eyes.sees(_SHOWN))


def _fresh(known: frozenset[str]) -> str:
    """Return the case number in view that is not known yet, "" for none."""
    found = (number.group() for text in eyes.texts() for number in _NUMBER.finditer(text))
    return next((number for number in found if number not in known), "")


def _called(kind: str) -> str:
    """Return what a kind of paper is called: f07 is 人民调解协议书."""
    return _BUNDLES.get(kind) or PAPER[kind.replace("f", "F-")]


def can_scroll(name: str, roles: frozenset[eyes.Role]) -> bool:
    """Tell whether what is around something has its height: before, the wheel turns nothing."""
    found = eyes.all_called(name, roles)
    area = eyes.area_around(found[0]) if found else None
    return area is not None and area.verticalScrollBar().maximum() > 0


def _bar() -> QTabBar:
    bars = [each for each in eyes.in_view() if isinstance(each, QTabBar)]
    return next(each for each in bars if each.accessibleName() == "案件的各步")


def _choice(name: str) -> QComboBox | None:
    found = (each for each in eyes.in_view() if isinstance(each, QComboBox) and each.accessibleName() == name)
    return next(found, None)
