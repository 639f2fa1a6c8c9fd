"""A tray that answers at once, for tests of 设置 › 冲突."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from desk.errors import InputProblem
from desk.rules import sentence_marks
from desk.services.outcome import Done
from desk.services.tray.values import Clear, Closed, Left, Marks, News, NotTaken, Question, Side, Tray, Way

AT = datetime.fromisoformat("2026-11-23T09:05:00+08:00")
OWNER = ("visit", "v1")
TITLE = "来访 LF2026-A0288"
LEFT = (
    "楼下的路灯坏了两个月，晚上看不见路。上周有位老人在台阶上摔倒。"
    "物业说不归他们管；社区说已经报了。希望尽快修好。"
)
RIGHT = "楼下的路灯坏了两个月，晚上看不见路。物业说不归他们管；社区说还没有报。希望月底前修好。"


def words_question() -> Question:
    """Two tellings of one statement."""
    mine, theirs = sentence_marks.compare(LEFT, RIGHT)
    return Question(
        id="c1",
        owner=OWNER,
        title=f"{TITLE} · 反映问题",
        field="反映问题",
        station="示例街道人大代表联络站",
        kind="words",
        mine=Side("李某", AT, LEFT, mine),
        theirs=Side("周某某", AT, RIGHT, theirs, is_me=True),
        before="楼下的路灯坏了两个月，晚上看不见路。",
        stand="o1",
        ways=("mine", "theirs", "both", "third"),
    )


def phone_question() -> Question:
    """Two starred telephone numbers."""
    return replace(
        words_question(),
        id="c2",
        title=f"{TITLE} · 电话",
        field="电话",
        kind="value",
        mine=Side("李某", AT, "138****0001"),
        theirs=Side("周某某", AT, "138****0002"),
        before=None,
        ways=("mine", "theirs", "third"),
        starred=True,
    )


def state_question() -> Question:
    """A step the hub refused."""
    return replace(
        phone_question(),
        id="c3",
        title=f"{TITLE} · 办理状态",
        kind="state",
        mine=Side("李某", AT, "办理中"),
        theirs=Side("周某某", AT, "已办结"),
        sentence="这一步没有做成：周某某已经把状态改为“已办结”，后到的“办理中”做不了。",
        ways=("theirs",),
        starred=False,
    )


def full() -> Tray:
    """Something in every list."""
    return Tray(
        questions=(words_question(), phone_question(), state_question()),
        news=(News("o1", OWNER, TITLE, "事由、诉求", "李某", AT),),
        closed=(
            Closed(
                "c9",
                OWNER,
                f"{TITLE} · 事由",
                "事由",
                Side("李某", AT, "路灯"),
                Side("周某某", AT, "灯坏了"),
                "路灯不亮",
                "周某某",
                AT,
                sent=False,
            ),
        ),
        not_taken=(
            NotTaken(
                id="o7",
                owner=OWNER,
                title=TITLE,
                text="去向告知期限：昨天",
                who="李某",
                at=AT,
                sentence="这条改动里有一项填得不合规定，县里已原样保管",
                advice="请打开记录改好保存，再把这一条放下不用。",
                may_give_up=True,
                may_act=True,
                with_it=1,
            ),
        ),
        left=(Left("o8", TITLE, "事由：路", "周某某", AT),),
    )


class FakeTray:
    """The service as the section sees it; remembers what was asked of it."""

    def __init__(self, tray: Tray) -> None:
        self.tray = tray
        self.said: list[tuple[Any, ...]] = []
        self.problem: InputProblem | None = None

    def look(self) -> Tray:
        return self.tray

    def marks(self) -> Marks:
        found = frozenset(each.owner for each in self.tray.questions)
        return Marks(len(self.tray.questions) + len(self.tray.not_taken), found)

    def preview(self, conflict_id: str, way: Way, text: str = "") -> str:
        self.said.append(("preview", conflict_id, way, text))
        if way == "third" and not text:
            raise InputProblem("另写的内容还空着", field="third")
        asked = next(each for each in self.tray.questions if each.id == conflict_id)
        return text or (asked.mine if way == "mine" else asked.theirs).text

    def close(self, conflict_id: str, way: Way, text: str = "", stand: str = "") -> Done[None]:
        self.said.append(("close", conflict_id, way, text, stand))
        if self.problem is not None:
            raise self.problem
        left = tuple(each for each in self.tray.questions if each.id != conflict_id)
        self.tray = replace(self.tray, questions=left)
        return Done(None, frozenset({"matter"}))

    def reveal(self, conflict_id: str) -> Done[Clear]:
        self.said.append(("reveal", conflict_id))
        return Done(Clear("13800000001", "13800000002", None))

    def read_news(self, ids: tuple[str, ...]) -> Done[None]:
        self.said.append(("read", *ids))
        self.tray = replace(self.tray, news=())
        return Done(None)

    def send_again(self, op_id: str) -> Done[None]:
        self.said.append(("again", op_id))
        self.tray = replace(self.tray, not_taken=())
        return Done(None)

    def give_up(self, op_id: str) -> Done[None]:
        self.said.append(("give_up", op_id))
        self.tray = replace(self.tray, not_taken=())
        return Done(None)
