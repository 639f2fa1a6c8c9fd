"""Words of the seeded disputes: what was quarrelled about, agreed, and why some ended without."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Dispute:
    """One kind of quarrel: its code (CL-1), titles, what happened, what is asked for, what may be agreed.

    A term ends in 元 where a sum belongs; the others are acts.
    """

    type: str
    titles: tuple[str, ...]
    facts: tuple[str, ...]
    claims: tuple[str, ...]
    terms: tuple[str, ...]
    money: tuple[int, int] = (200, 20_000)


DISPUTES: Final = (
    Dispute(
        "neighbour",
        ("楼上漏水赔偿纠纷", "楼道堆物纠纷", "噪音扰民纠纷", "共用围墙纠纷"),
        (
            "{community} {building} 幢楼上水管渗漏，楼下天花板和墙面受损，双方对赔偿数额有争议。",
            "{building} 幢楼道里长期堆放杂物，邻居多次劝说没有结果，两家起了口角。",
            "夜里电动工具声音大，{community}多户反映，双方为此争吵 {count} 次。",
        ),
        ("赔偿修复费用", "清走楼道杂物", "晚上十点以后不再施工"),
        ("赔偿修复费元", "清走堆放的杂物", "修好自家水管"),
    ),
    Dispute(
        "marriage_family",
        ("赡养费纠纷", "分家析产纠纷", "探望孩子纠纷"),
        (
            "老人住在{community}，{count} 个子女对赡养费怎么分担说不拢。",
            "父母留下的房屋由谁居住、谁补偿，兄弟之间意见不一。",
        ),
        ("按月给付赡养费", "确定探望的时间"),
        ("每月给付赡养费元", "每周探望一次"),
        (300, 3_000),
    ),
    Dispute(
        "property_mgmt",
        ("物业费纠纷", "车位使用纠纷"),
        ("业主认为{community}物业保洁不到位，{month} 月起不交物业费。", "两户争用 {building} 幢门口的车位。"),
        ("减免部分物业费", "明确车位使用办法"),
        ("补交物业费元", "每周保洁两次"),
        (500, 6_000),
    ),
    Dispute(
        "migrant_wages",
        ("拖欠工资纠纷",),
        ("{count} 名工人在{community}工地干活，{month} 月起的工资没有结清。",),
        ("结清工资",),
        ("支付工资元",),
        (2_000, 90_000),
    ),
    Dispute(
        "contract",
        ("装修合同纠纷", "租房押金纠纷", "民间借贷纠纷"),
        ("{month} 月签的合同，一方说没有按约做完，另一方要求付清尾款。", "退租时房东扣下押金，租客不同意。"),
        ("退还押金", "付清尾款", "归还借款"),
        ("退还押金元", "付清尾款元", "归还借款元"),
        (800, 60_000),
    ),
    Dispute(
        "traffic",
        ("非机动车碰撞赔偿纠纷",),
        ("两辆电动车在{community}路口相撞，一人受伤，双方对医疗费和误工费有争议。",),
        ("赔偿医疗费和误工费",),
        ("赔偿医疗费和误工费元",),
        (500, 30_000),
    ),
    Dispute(
        "house_homestead",
        ("宅基地边界纠纷", "建房采光纠纷"),
        ("{community}两户对宅基地边界各执一词，一户砌墙，一户阻拦。",),
        ("确认边界、停止砌墙",),
        ("按原界址退让", "补偿损失元"),
        (500, 20_000),
    ),
    Dispute(
        "forest_land",
        ("承包地纠纷", "山林界址纠纷"),
        ("{community}两户承包地相邻，一户越界种了 {count} 垄。",),
        ("恢复原界",),
        ("恢复原界", "补偿青苗损失元"),
        (200, 5_000),
    ),
    Dispute(
        "other_consumer",
        ("商品质量纠纷", "预付卡退款纠纷"),
        ("在{community}门口的店里办了卡，店铺 {month} 月搬走，余款不退。",),
        ("退还余款",),
        ("退还余款元",),
        (100, 5_000),
    ),
    Dispute(
        "damages",
        ("犬只伤人赔偿纠纷", "财物损坏赔偿纠纷"),
        ("遛狗没有牵绳，咬伤路人，双方对赔偿有争议。", "搬运时碰坏了邻居停放的车辆。"),
        ("赔偿医疗费", "赔偿修理费"),
        ("赔偿医疗费元", "赔偿修理费元"),
        (200, 8_000),
    ),
    Dispute(
        "other",
        ("其他民间纠纷",),
        ("双方因{community}集体活动的座次起了争执。",),
        ("赔礼道歉",),
        ("当面赔礼道歉",),
    ),
)

TALKS: Final = (
    "申请人说明了经过和要求，被申请人认可部分事实，双方对数额有差距。",
    "双方都愿意把话说开，分别讲了各自的难处。",
    "先分头谈，再坐到一起，双方情绪缓和。",
)
CHECKS: Final = ("到现场看过，与双方所说相符。", "查看了收据和照片。", "向邻居了解过，情况属实。")
BREACH: Final = ("逾期不付的，按日支付万分之五的违约金。", "一方不履行的，另一方可以向人民法院起诉。", "")
END_REASONS: Final = ("双方数额差距太大。", "一方多次通知不到场。", "一方要求向人民法院起诉。")
REJECTIONS: Final = ("人民法院已经受理。", "属于行政机关管辖的事项。")
COMMITTEES: Final = (
    ("示例街道人民调解委员会", "示例", "street"),
    ("柳溪社区人民调解委员会", "柳溪", "residents"),
    ("禾丰村人民调解委员会", "禾丰", "village"),
)
