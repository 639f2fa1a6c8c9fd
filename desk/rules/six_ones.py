"""The six ones (六个一, domain.md §7.3): which lights are on, from evidence only.

Smile, tea and comfort are ticked by the receiver; record, feedback and satisfied light up only when the
record, the reply and a rating of 满意/基本满意 really exist. No tick can set them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from desk.errors import InputProblem

LABELS: Final = {
    "smile": "一张笑脸",
    "tea": "一杯热茶",
    "record": "一份记录",
    "comfort": "一句安慰",
    "feedback": "一个反馈",
    "satisfied": "一个满意",
}
"""The six, in their order."""

TICKED: Final = frozenset({"smile", "tea", "comfort"})
"""What a person may tick; the others are proved."""

GOOD_RATINGS: Final = frozenset({"satisfied", "basic"})
"""Ratings that count for 一个满意 (domain.md §7.3: 满意 or 基本满意)."""

State = Literal["done", "now", "todo", "waiting"]


@dataclass(frozen=True)
class Evidence:
    """What exists of one visit.

    `visit_state` is waiting, received or finished; `recorded_at` is when the whole record was saved;
    `replied_at` when the last of its matters was answered; ratings are codes of `labels.RATING`, empty while
    there is none.
    """

    visit_state: str
    smile_at: datetime | None = None
    tea_at: datetime | None = None
    comfort_at: datetime | None = None
    receipt_given: bool = False
    recorded_at: datetime | None = None
    replied_at: datetime | None = None
    reception_rating: str = ""
    result_rating: str = ""

    @property
    def rating(self) -> str:
        """Return the visitor's last word: the result's rating once given, until then the reception's."""
        return self.result_rating or self.reception_rating


@dataclass(frozen=True)
class Light:
    """One of the six; done: lit, now: being worked on, todo: later, waiting: the visitor waits for it."""

    key: str
    label: str
    state: State
    hint: str


def lights(evidence: Evidence) -> tuple[Light, ...]:
    """Return the six lights in order with the words under them (domain.md §7.3; product.md Honest)."""
    found = {
        "smile": _ticked(evidence.smile_at),
        "tea": _ticked(evidence.tea_at),
        "record": _record(evidence),
        "comfort": _ticked(evidence.comfort_at),
        "feedback": _feedback(evidence),
        "satisfied": _satisfied(evidence),
    }
    return tuple(Light(key, label, *found[key]) for key, label in LABELS.items())


def is_complete(evidence: Evidence) -> bool:
    """Tell whether all six are proven: a visit is complete only then (product.md Words)."""
    return all(light.state == "done" for light in lights(evidence))


def check_tick(key: str) -> None:
    """Refuse a tick on what only evidence can light (domain.md §7.3). Raises InputProblem."""
    if key not in TICKED:
        raise InputProblem(
            f"“{LABELS[key]}”不能手工点亮。", way_out="有了记录、答复或者评价，它会自动亮。", field=key
        )


def _ticked(at: datetime | None) -> tuple[State, str]:
    return ("done", f"{at:%H:%M}") if at is not None else ("todo", "")


def _record(evidence: Evidence) -> tuple[State, str]:
    if evidence.recorded_at is not None:
        return "done", f"{evidence.recorded_at:%H:%M}"
    if evidence.visit_state == "waiting":
        return "todo", "接待时记录"
    return "now", "回执已给，待补记" if evidence.receipt_given else "正在记录"


def _feedback(evidence: Evidence) -> tuple[State, str]:
    if evidence.replied_at is not None:
        return "done", f"{evidence.replied_at:%m-%d %H:%M}"
    if evidence.visit_state == "finished":
        return "waiting", "待反馈"
    return "todo", "答复后自动亮"


def _satisfied(evidence: Evidence) -> tuple[State, str]:
    if evidence.rating in GOOD_RATINGS:
        return "done", "满意" if evidence.rating == "satisfied" else "基本满意"
    if evidence.rating == "unsatisfied":
        return "waiting", "不满意"
    return "todo", "不评" if evidence.rating == "declined" else "评价后自动亮"
