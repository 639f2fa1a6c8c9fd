"""The disputes of the demo: who quarrels, about what, and what is agreed; all of it is invented."""

from dataclasses import dataclass

COMMITTEE = "示例镇人民调解委员会"
MEDIATORS = ("王某某", "周某")


@dataclass(frozen=True)
class Side:
    """One party as it is typed; `id_no` is asked for only where a court is to confirm."""

    name: str
    phone: str
    address: str
    id_no: str = ""


@dataclass(frozen=True)
class Dispute:
    """What is typed to register one, and why it is in the demo."""

    why: str
    sides: tuple[Side, Side]
    kind: str
    facts: str
    issues: str


LEAK = Dispute(
    "来访转来，归档成卷，申请司法确认",
    (
        Side("钱某", "13900000172", "示例路 8 号 302 室", "110105198003050028"),
        Side("冯某", "13900000173", "示例路 8 号 402 室", "110105199003070011"),
    ),
    "邻里纠纷",
    "402 室水管破裂渗漏，302 室卧室天花板、衣柜受损，双方对赔偿数额有争议。",
    "天花板和衣柜的赔偿数额。",
)
FENCE = Dispute(
    "小额纠纷，当场口头协议",
    (Side("褚某", "13900000174", "仁和村 3 组"), Side("卫某", "13900000175", "仁和村 3 组")),
    "邻里纠纷",
    "卫某家的篱笆占了两家之间的过道，褚某推车过不去。",
    "过道怎样让出。",
)
NOISE = Dispute(
    "对方不愿调解",
    (Side("蒋某", "13900000176", "仁和社区 2 幢"), Side("沈某", "13900000177", "仁和社区 2 幢")),
    "邻里纠纷",
    "楼上夜里走动声响大，蒋某多次上门，双方争吵。",
    "夜里的声响。",
)
WAGES = Dispute(
    "属于别的机关，移送",
    (Side("韩某", "13900000178", "示例镇工业园"), Side("杨某", "13900000179", "示例镇工业园")),
    "其他劳动争议",
    "韩某离职后，杨某没有付最后两个月的工资。",
    "拖欠的工资。",
)
