"""The code lists of people's mediation (domain.md §3.7 CL-1…4, §3.8): what a case is called and counted as.

Codes are the stored values and never change their meaning; the words are what a person sees. No number of
these lists is national, so an export maps codes by a table of the county's own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from desk.rules.mediation_labels import KEEPING_TERM

DISPUTE_TYPE: Final[Mapping[str, str]] = {
    "marriage_family": "婚姻家庭纠纷",
    "neighbour": "邻里纠纷",
    "house_homestead": "房屋宅基地纠纷",
    "contract": "合同纠纷",
    "production_business": "生产经营纠纷",
    "damages": "损害赔偿纠纷",
    "forest_land": "山林土地纠纷",
    "expropriation": "征地拆迁纠纷",
    "pollution": "环境污染纠纷",
    "migrant_wages": "拖欠农民工工资纠纷",
    "other_labour": "其他劳动争议纠纷",
    "tourism": "旅游纠纷",
    "e_commerce": "电子商务纠纷",
    "other_consumer": "其他消费纠纷",
    "medical": "医疗纠纷",
    "traffic": "道路交通事故纠纷",
    "property_mgmt": "物业纠纷",
    "intellectual_property": "知识产权纠纷",
    "other": "其他纠纷",
}
"""CL-1, the 19 of the later form: it splits labour, consumer and other disputes of the 15."""

PARENT_TYPE: Final[Mapping[str, str]] = {
    "marriage_family": "婚姻家庭纠纷",
    "neighbour": "邻里纠纷",
    "house_homestead": "房屋宅基地纠纷",
    "contract": "合同纠纷",
    "production_business": "生产经营纠纷",
    "damages": "损害赔偿纠纷",
    "forest_land": "山林土地纠纷",
    "expropriation": "征地拆迁纠纷",
    "pollution": "环境污染纠纷",
    "labour": "劳动争议纠纷",
    "consumer": "消费纠纷",
    "medical": "医疗纠纷",
    "traffic": "道路交通事故纠纷",
    "property_mgmt": "物业纠纷",
    "other": "其他纠纷",
}
"""CL-1, the 15 of the earlier form."""

_SPLIT: Final[Mapping[str, str]] = {
    "migrant_wages": "labour",
    "other_labour": "labour",
    "tourism": "consumer",
    "e_commerce": "consumer",
    "other_consumer": "consumer",
    "intellectual_property": "other",
}

SOURCE: Final[Mapping[str, str]] = {
    "initiative": "主动调解",
    "application": "依申请调解",
    "court": "法院委托移送",
    "procuratorate": "检察院委托移送",
    "police": "公安机关委托移送",
    "petition": "信访部门委托移送",
    "other_organ": "其他部门委托移送",
}
"""CL-2; the last five are 接受委托移送调解 and name the organ that hears the result (MED-29)."""

SOURCE_GROUP: Final[Mapping[str, str]] = {
    "initiative": "主动调解",
    "application": "依申请调解",
    "referred": "接受委托移送调解",
}

RESULT: Final[Mapping[str, str]] = {
    "pending": "调解中",
    "success": "调解成功",
    "failed": "调解不成功",
    "referred": "已移送",
}
"""CL-3; a case handed to the organ in charge is neither a success nor a failure of the mediation."""

AGREEMENT_FORM: Final[Mapping[str, str]] = {"written": "书面协议", "oral": "口头协议"}
PERFORMANCE: Final[Mapping[str, str]] = {
    "performed": "已履行",
    "partly": "部分履行",
    "not_performed": "未履行",
    "reneged": "反悔（起诉）",
}
CONFIRMATION: Final[Mapping[str, str]] = {
    "none": "未申请",
    "confirm_applied": "已申请",
    "confirmed_valid": "确认有效",
    "confirmed_invalid": "确认无效",
    "rejected": "驳回",
    "withdrawn": "撤回",
}

DIFFICULTY: Final[Mapping[str, str]] = {"simple": "简易", "ordinary": "一般", "hard": "重大（疑难复杂）"}
INTENSITY: Final[Mapping[str, str]] = {"low": "低", "medium": "中", "high": "高"}
RISK_OUTLOOK: Final[Mapping[str, str]] = {
    "controlled": "基本控制",
    "recurring": "存在反复",
    "provincial_petition": "赴省上访",
    "personal_extreme": "个人极端行为",
    "may_turn_criminal": "可能民转刑",
    "uncertain": "难以确定",
}
"""CL-4: the words of one city; a code stays when a county words it otherwise."""

COMMITTEE_KIND: Final[Mapping[str, str]] = {
    "village": "村调委会",
    "residents": "居（社区）调委会",
    "town": "乡镇调委会",
    "street": "街道调委会",
    "enterprise": "企事业单位调委会",
    "social": "社会团体和其他组织调委会",
}
"""§3.8: the kinds of committee a period is summed by."""

PREVENTED: Final[Mapping[str, str]] = {
    "criminal": "防止转化为刑事案件",
    "petition": "防止群体性上访",
    "suicide": "防止自杀",
    "brawl": "防止群体性械斗",
}
"""§3.8: what a mediation kept from happening, counted in cases and people."""

END_CAUSE: Final[Mapping[str, str]] = {
    "refused": "当事人拒绝或者放弃调解",
    "no_agreement": "无法达成调解协议",
    "prevented": "出现致使调解无法进行的情形",
    "other": "其他",
}
"""MED-26: why a mediation ended without an agreement."""

KEEPING: Final = KEEPING_TERM

REPORT_RECIPIENT: Final[Mapping[str, str]] = {
    "police": "公安机关",
    "civil_affairs": "民政部门",
    "education": "教育部门",
}


@dataclass(frozen=True)
class RiskFlag:
    """A danger seen in a case. `recipients`: to any one of whom it must be reported; empty: no report."""

    label: str
    recipients: tuple[str, ...]
    basis: str


RISK_FLAG: Final[Mapping[str, RiskFlag]] = {
    "escalation": RiskFlag("可能激化", (), "人民调解法第二十五条"),
    "public_order": RiskFlag("可能引发治安案件", ("police",), "人民调解法第二十五条"),
    "criminal": RiskFlag("可能引发刑事案件", ("police",), "人民调解法第二十五条"),
    "minor_harm": RiskFlag(
        "疑似侵害未成年人", ("police", "civil_affairs", "education"), "未成年人保护法第十一条"
    ),
    "domestic_violence": RiskFlag(
        "无民事行为能力人、限制民事行为能力人疑似遭受家庭暴力", ("police",), "反家庭暴力法第十四条"
    ),
}
"""MED-07 and LZ-11."""


@dataclass(frozen=True)
class Report:
    """A mandatory report that was made: for which flag, to whom."""

    flag: str
    recipient: str


def parent_type(dispute_type: str) -> str:
    """Return which of the 15 a type of the 19 belongs to (CL-1). Raises KeyError for an unknown type."""
    if dispute_type not in DISPUTE_TYPE:
        raise KeyError(dispute_type)
    return _SPLIT.get(dispute_type, dispute_type)


def source_group(source: str) -> str:
    """Return initiative, application or referred (CL-2). Raises KeyError for an unknown source."""
    if source not in SOURCE:
        raise KeyError(source)
    return source if source in SOURCE_GROUP else "referred"


def is_labour(dispute_type: str) -> bool:
    """Tell whether the terms of the labour dispute law run beside the mediation (MED-30)."""
    return parent_type(dispute_type) == "labour"


def unreported(flags: Iterable[str], reports: Iterable[Report]) -> tuple[str, ...]:
    """Return the flags that must be reported and are not yet, in the order given (MED-07, LZ-11)."""
    made = {(report.flag, report.recipient) for report in reports}
    return tuple(
        flag
        for flag in flags
        if RISK_FLAG[flag].recipients
        and not any((flag, recipient) in made for recipient in RISK_FLAG[flag].recipients)
    )


def report_sentence(flag: str) -> str:
    """Return the sentence that asks for the report of a flag: to whom, at once, by which law."""
    risk = RISK_FLAG[flag]
    to = "、".join(REPORT_RECIPIENT[recipient] for recipient in risk.recipients)
    return f"{risk.label}：请立即向{to}报告并登记（{risk.basis}）。"
