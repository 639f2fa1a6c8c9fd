"""Codes of a consultation (form F-40) and the Chinese word for each (domain.md §6).

Codes are stored and never change their meaning; words are what a clerk reads.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

CHANNEL: Final[Mapping[str, str]] = {
    "visit": "现场",
    "phone": "电话",
    "letter": "信函",
    "network": "网络",
    "home": "上门",
}
"""How the question came; 上门 is the home service of FL-09 for those who cannot come."""

PERSON_CLASS: Final[Mapping[str, str]] = {
    "migrant_worker": "农民工",
    "disabled": "残疾人",
    "elderly": "老年人",
    "woman": "妇女",
    "minor": "未成年人",
    "military": "军人军属",
    "other": "其他",
}
TOP_CATEGORY: Final[Mapping[str, str]] = {
    "civil": "民事",
    "criminal": "刑事",
    "administrative": "行政",
    "other": "其他",
}
"""The four classes the 12348 hotline reports by."""


@dataclass(frozen=True)
class Category:
    """One topic of the sub-list with the top class it is counted in."""

    label: str
    top: str


_TOPICS: Final = {
    "civil": {
        "labour": "劳动人事",
        "work_injury": "工伤事故",
        "social_security": "社会保障",
        "marriage": "婚姻关系",
        "child_support": "子女抚养",
        "elder_support": "老人赡养",
        "inheritance": "遗产继承",
        "contract": "合同纠纷",
        "debt": "债权债务",
        "housing": "房产纠纷",
        "property_management": "物业管理",
        "neighbour": "邻里",
        "land": "土地纠纷",
        "traffic": "交通事故",
        "medical": "医患纠纷",
        "consumer": "消费维权",
        "tort": "侵权",
        "construction": "建筑工程",
        "intellectual_property": "知识产权",
        "company": "公司相关",
        "finance": "金融保险",
    },
    "criminal": {"criminal": "刑事"},
    "administrative": {
        "expropriation": "征收补偿",
        "administrative": "行政",
        "public_security": "治安消防",
    },
    "other": {"notary": "公证", "arbitration": "仲裁", "forensic": "司法鉴定", "other": "其他"},
}
CATEGORY: Final[Mapping[str, Category]] = {
    code: Category(label, top) for top, topics in _TOPICS.items() for code, label in topics.items()
}
"""The sub-list of §6 with the top class each topic counts in."""

NO_PROCEDURE: Final = "none"
PROCEDURE: Final[Mapping[str, str]] = {
    NO_PROCEDURE: "都没有",
    "litigation": "诉讼",
    "arbitration": "仲裁",
    "reconsideration": "复议",
    "petition": "信访",
    "mediation": "人民调解",
}
"""Ways already taken (是否已诉讼/仲裁/复议/信访); 都没有 is an answer, an empty list is none."""

DISPOSITION: Final[Mapping[str, str]] = {
    "answered": "当场解答",
    "appointed": "约期",
    "legal_aid": "引导申请法援",
    "mediation": "转人民调解",
    "petition": "转信访",
    "arbitration_court": "转仲裁诉讼",
    "hotline": "转 12348",
    "other_station": "转其他站",
}
"""What was done; the last two are ways out when nobody here may answer (FL-11)."""

CONFLICT: Final[Mapping[str, str]] = {
    "unchecked": "未查",
    "clear": "无",
    "no_other_party": "没有对方当事人",
    "namesake": "同名，经核对不是同一人",
    "hit": "有",
}
"""The conflict check (FL-11). `namesake`: only a name agreed, and the head judged it another person."""

MAY_BE_ANSWERED: Final = frozenset({"clear", "no_other_party", "namesake"})
"""States of the conflict check with which the question may be answered (FL-11)."""

STATE: Final[Mapping[str, str]] = {
    "opened": "已登记",
    "checked": "待解答",
    "answered": "已解答",
    "finished": "已结束",
    "appointed": "已约期",
    "referred": "已转出",
    "void": "已作废",
}
BARRED_FROM_MEDIATION: Final = frozenset({"litigation", "reconsideration"})
"""Ways after which a people's mediation committee no longer takes the case (MED-21)."""

_SHORT: Final = 3
_LEGAL: Final = (
    "公司",
    "集团",
    "厂",
    "医院",
    "学校",
    "银行",
    "局",
    "政府",
    "合作社",
    "村民委员会",
    "居民委员会",
)
_OTHER: Final = ("店", "工作室", "经营部", "合伙企业", "业主委员会", "事务所", "商行")


def category_words(codes: Collection[str]) -> str:
    """Return topics under their top classes as the form shows them: 民事 · 邻里、侵权; 刑事."""
    parts = []
    for top, word in TOP_CATEGORY.items():
        labels = [topic.label for code, topic in CATEGORY.items() if topic.top == top and code in codes]
        if labels:
            parts.append(word if labels == [word] else f"{word} · {'、'.join(labels)}")
    return "；".join(parts)


def top_category(codes: Collection[str]) -> str:
    """Return the one top class a consultation is counted in: the first of 民事 刑事 行政 其他 among them.

    Each consultation counts once, so that the sums agree. "" while no topic is chosen.
    """
    tops = {CATEGORY[code].top for code in codes if code in CATEGORY}
    return next((top for top in TOP_CATEGORY if top in tops), "")


def procedures_agree(codes: Collection[str]) -> bool:
    """Tell whether the answer on ways taken can be true: at least one, and 都没有 only alone."""
    known = all(code in PROCEDURE for code in codes)
    return bool(codes) and known and (NO_PROCEDURE not in codes or len(codes) == 1)


def allowed_dispositions(categories: Collection[str], procedures: Collection[str]) -> tuple[str, ...]:
    """Return what may be done, in order.

    转人民调解 only for civil rights and duties (MED-20) that no court or other organ has taken up (MED-21).
    """
    tops = {CATEGORY[code].top for code in categories if code in CATEGORY}
    mediable = (not tops or "civil" in tops) and not BARRED_FROM_MEDIATION & set(procedures)
    return tuple(code for code in DISPOSITION if mediable or code != "mediation")


def party_kind(name: str) -> str:
    """Guess from a name what kind of party it is: 某某物业有限公司 is a body, 冯某某 a person.

    Only where the name ends as bodies are called; whoever fills the form may know better.
    """
    bare = name.strip()
    if len(bare) > _SHORT and bare.endswith(_LEGAL):
        return "legal_person"
    return "other_organisation" if len(bare) > _SHORT and bare.endswith(_OTHER) else "natural_person"
