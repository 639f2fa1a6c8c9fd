"""Who comes to the desk in the demo, what each says and what is done; all of it is invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Caller:
    """One visitor: why they are in the demo, what is typed, and how the visit ends.

    `lines` and `texts` are fields by accessible name (one line, several lines), `ticks` boxes by theirs,
    `chosen` lists by the label above them. `outcome` is a chip's words, `rating` the key the visitor presses.
    """

    why: str
    subject: str
    outcome: str
    name: str = ""
    lines: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    ticks: tuple[str, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    rating: str = "1"
    receipt: str = "A5"

    @property
    def called(self) -> str:
        """What the desk calls them."""
        return self.name or "不愿透露"


EARLIER = Caller(
    why="来过的人上一次来",
    name="赵某成",
    subject="灌溉渠漏水",
    outcome="处理方式 当场答复",
    lines={"电话": "13655501188", "村（社区）或网格": "示例村三组"},
    texts={
        "反映问题，记来访人原话": "三组东头那段渠漏水，浇一次地要多半天，去年就说过。",
        "诉求": "把漏水的那段渠修好。",
    },
    chosen={"类别": "农村农业"},
    answers={"答复内容": "已联系水管站，本周内派人修补，修好后电话告诉您。"},
)

RARE = Caller(
    why="姓名里有生僻字",
    name="王𬱖某",
    subject="路灯坏了一个月",
    outcome="处理方式 拟交办",
    lines={"电话": "13577702266", "村（社区）或网格": "河东社区", "住址": "河东社区二弄六号"},
    texts={
        "反映问题，记来访人原话": "二弄口的路灯坏了一个多月，晚上老人接孩子看不见路，上周有人摔了一跤。",
        "诉求": "尽快把路灯修亮，装一盏亮一点的。",
        "代表意见": "情况属实，涉及夜间出行安全，建议走小微急。",
    },
    chosen={"类别": "城乡建设"},
    answers={"级别": "镇", "拟主办单位": "镇城建办"},
)

GROUP = Caller(
    why="三人一批，转调解",
    name="钱某",
    subject="楼上漏水要求赔偿",
    outcome="处理方式 转调解",
    lines={"人数": "3", "电话": "13900000172", "住址": "示例路 8 号 302 室"},
    texts={
        "反映问题，记来访人原话": "楼上水管破了，我家天花板和衣柜都泡坏了，说过几次，对方只肯赔一半。",
        "诉求": "请站里帮着调解，把赔偿说定。",
    },
    chosen={"类别": "城乡建设"},
    rating="2",
)

RETURNING = Caller(
    why="来过的人",
    name="赵某成",
    subject="灌溉渠又漏水",
    outcome="处理方式 当场答复",
    texts={
        "反映问题，记来访人原话": "上回补的那段好了，上游又漏了一处，水流到路上。",
        "诉求": "把上游那处也补上。",
    },
    chosen={"类别": "农村农业"},
    answers={"答复内容": "水管站今天下午到现场，补好前先用沙袋围住。"},
)

ANONYMOUS = Caller(
    why="不愿透露姓名",
    subject="夜间施工噪声",
    outcome="处理方式 待研判",
    texts={
        "反映问题，记来访人原话": "工地晚上十一点还在打桩，孩子睡不着。",
        "诉求": "夜里别施工。",
    },
    chosen={"类别": "生态环境"},
    rating="0",
    receipt="80",
)

SAFE = Caller(
    why="检举控告，只给简单回执",
    name="陈某",
    subject="反映个人问题",
    outcome="处理方式 引导",
    lines={"电话": "13700003399"},
    texts={
        "反映问题，记来访人原话": "有人收钱办事，不想让他知道是我说的。",
        "诉求": "有人管这件事。",
    },
    ticks=("检举控告",),
    chosen={"类别": "纪检监察"},
    answers={"安全联系方式": "晚上八点后打本人电话，只说站里", "引导的理由": "检举控告由纪检监察机关受理"},
)

MORNING = (RARE, GROUP, RETURNING, ANONYMOUS, SAFE)
