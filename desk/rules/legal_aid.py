"""The way to legal aid from a few answers (FL-02…08; Legal Aid Law, in force 2022-01-01).

Nothing is decided here: the legal-aid body decides. The desk tells who may apply, whether hardship has to be
shown, where to go and by when an answer is due.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from desk.rules.deadlines import Term
from desk.rules.limitation import term_words
from desk.rules.profile import Profile

Hardship = Literal["yes", "no", "unknown"]


@dataclass(frozen=True)
class Matter:
    """One kind of matter: its words, the article that opens it ("": none does), whether hardship is asked.

    `other_reasons`: not hardship alone opens it (criminal defence, art. 24).
    """

    label: str
    article: str
    hardship_asked: bool = True
    other_reasons: bool = False


_LISTED: Final = "法律援助法第三十一条"
_FREE: Final = "法律援助法第三十二条"
MATTER: Final[Mapping[str, Matter]] = {
    "state_compensation": Matter("国家赔偿", _LISTED),
    "social_insurance": Matter("社会保险待遇、社会救助", _LISTED),
    "pension": Matter("抚恤金", _LISTED),
    "support": Matter("赡养费、抚养费、扶养费", _LISTED),
    "labour_pay": Matter("确认劳动关系、支付劳动报酬", _LISTED),
    "capacity": Matter("认定无或者限制民事行为能力", _LISTED),
    "work_injury": Matter("工伤事故人身损害", _LISTED),
    "traffic_injury": Matter("交通事故人身损害", _LISTED),
    "food_drug_injury": Matter("食品药品安全事故人身损害", _LISTED),
    "medical_injury": Matter("医疗事故人身损害", _LISTED),
    "pollution": Matter("环境污染、生态破坏损害", _LISTED),
    "hero_honour": Matter("英雄烈士人格权益", _FREE, hardship_asked=False),
    "bravery": Matter("因见义勇为主张权益", _FREE, hardship_asked=False),
    "retrial_acquittal": Matter("再审改判无罪请求国家赔偿", _FREE, hardship_asked=False),
    "abuse_victim": Matter("虐待、遗弃、家庭暴力受害人主张权益", _FREE, hardship_asked=False),
    "criminal_defence": Matter("刑事辩护", "法律援助法第二十四条", other_reasons=True),
    "criminal_victim": Matter("刑事被害人、自诉人、附带民事诉讼原告人", "法律援助法第二十九条"),
    "property_damage": Matter("财产损害", ""),
    "contract_debt": Matter("合同、债务", ""),
    "divorce_property": Matter("离婚、分割财产", ""),
    "other": Matter("本事项", ""),
}
"""The matters of articles 31 (FL-02), 32 (FL-03), 24 and 29, and the common ones no article lists."""

PATH: Final[Mapping[str, str]] = {
    "no_hardship_test": "不受经济困难条件限制",
    "no_check": "免予核查经济困难",
    "hardship": "经济困难的可以申请",
    "ask_hardship": "经济困难情况待说明",
    "other_reason": "其他原因没有委托的可以申请",
    "not_in_hardship": "在法定范围，但不属经济困难",
    "not_listed": "本类不在法定范围",
}
"""Codes of the answer with the words beside the card's title."""

_BY_TOPIC: Final[Mapping[str, tuple[str, ...]]] = {
    "labour": ("labour_pay",),
    "work_injury": ("work_injury",),
    "social_security": ("social_insurance", "pension"),
    "child_support": ("support",),
    "elder_support": ("support",),
    "marriage": ("abuse_victim", "divorce_property"),
    "traffic": ("traffic_injury", "property_damage"),
    "medical": ("medical_injury",),
    "consumer": ("food_drug_injury", "property_damage"),
    "neighbour": ("property_damage",),
    "tort": ("property_damage",),
    "property_management": ("property_damage",),
    "contract": ("contract_debt",),
    "debt": ("contract_debt",),
    "criminal": ("criminal_defence", "criminal_victim"),
    "administrative": ("state_compensation",),
}
_HONESTY: Final = (
    "如实说明经济困难，可以由信息共享查询，或者作个人诚信承诺（第四十一条）；"
    "骗取援助的，要支付费用并可以罚款（第六十四条）。"
)
_CRIMINAL: Final = frozenset({"criminal_defence", "criminal_victim"})
WITHOUT_INCOME: Final = frozenset({"minor", "elderly", "disabled"})
"""Who is asked about a steady income (FL-04): codes of PERSON_CLASS."""

_MIGRANT_MATTERS: Final = frozenset({"labour_pay", "work_injury"})


@dataclass(frozen=True)
class Answers:
    """What was asked of the visitor.

    `classes` are codes of PERSON_CLASS; `no_income`: without steady income, `relief`: receives social or
    judicial relief or is entitled to special care (优抚), both with proof; `days_left` of the nearest
    limitation or term, None if none is known; `urgent_measures`: preservation or advance enforcement at once.
    """

    matter: str
    classes: frozenset[str] = frozenset()
    hardship: Hardship = "unknown"
    no_income: bool = False
    relief: bool = False
    litigation: bool = False
    days_left: int | None = None
    urgent_measures: bool = False


@dataclass(frozen=True)
class Terms:
    """The profile's terms and places for legal aid (FL-05, FL-06, FL-07)."""

    decide: Term
    assign: Term
    objection: Term
    urgent_days: int
    court_place: str
    other_place: str


@dataclass(frozen=True)
class Advice:
    """What the side card shows: code of PATH, whether to apply, the article, the place, sentences in order.

    `proof`: what to bring; "" when nothing about hardship has to be shown. `first`: aid first, papers later
    (FL-07) may be asked for.
    """

    path: str
    may_apply: bool
    article: str
    place: str
    proof: str
    first: bool
    sentences: tuple[str, ...]

    @property
    def title(self) -> str:
        """Return the words beside the card's title."""
        return PATH[self.path]


def likely_matters(topics: Collection[str]) -> tuple[str, ...]:
    """Return the matters to offer first for the topics of a consultation, each once; 本事项 always last."""
    found = [matter for topic in topics for matter in _BY_TOPIC.get(topic, ())]
    return (*dict.fromkeys(found), "other")


def terms(profile: Profile, on: date) -> Terms:
    """Return what the profile says about legal aid on a day."""
    return Terms(
        decide=profile.term("legal_aid.decide", on),
        assign=profile.term("legal_aid.assign", on),
        objection=profile.term("legal_aid.object", on),
        urgent_days=profile.number("legal_aid.urgent", on),
        court_place=profile.text("legal_aid.court_place", on),
        other_place=profile.text("legal_aid.other_place", on),
    )


def advise(answers: Answers, rules: Terms) -> Advice:
    """Return the way to legal aid (FL-02…08). Raises KeyError for a matter that is none of MATTER."""
    matter = MATTER[answers.matter]
    path, proof = _path(matter, answers)
    may_apply = path not in {"not_listed", "not_in_hardship"}
    if not may_apply:
        return Advice(path, False, matter.article, "", "", False, _refused(matter, path))
    in_court = answers.litigation or answers.matter in _CRIMINAL
    place = rules.court_place if in_court else rules.other_place
    first = _aid_first(answers, rules)
    sentences = [f"向{place}申请，不收费。", *_who_sentences(answers)]
    if proof:
        sentences.append(proof)
    if first:
        sentences.append(_first_sentence(answers, rules))
    sentences.append(
        f"材料不齐的一次告知；自收到申请起{term_words(rules.decide)}内决定，"
        f"决定援助的{term_words(rules.assign)}内指派人员；"
        f"不予援助的书面说明理由，可以提出异议，{term_words(rules.objection)}内审查。"
    )
    return Advice(path, True, matter.article, place, proof, first, tuple(sentences))


def _path(matter: Matter, answers: Answers) -> tuple[str, str]:
    """Return the code of PATH and the sentence on what to show."""
    if not matter.article:
        return "not_listed", ""
    if not matter.hardship_asked:
        return "no_hardship_test", ""
    ground = _exempt(answers)
    if ground:
        return "no_check", f"带上{ground}的材料，免予核查经济困难（第四十二条）。"
    if answers.hardship == "no":
        return ("other_reason" if matter.other_reasons else "not_in_hardship"), ""
    path = "hardship" if answers.hardship == "yes" else "ask_hardship"
    return path, _HONESTY


def _exempt(answers: Answers) -> str:
    """Return what the proof of article 42 shows, or "" (FL-04)."""
    if answers.relief:
        return "社会救助、司法救助或者优抚对象"
    if answers.no_income and answers.classes & WITHOUT_INCOME:
        return "无固定生活来源的未成年人、老年人、残疾人等"
    if "migrant_worker" in answers.classes and answers.matter in _MIGRANT_MATTERS:
        return "进城务工人员"
    return ""


def _who_sentences(answers: Answers) -> list[str]:
    sentences = []
    if "minor" in answers.classes:
        sentences.append("未成年人由法定代理人代为申请（第四十条）。")
    if answers.matter == "criminal_defence" and answers.classes & {"minor", "disabled"}:
        sentences.append("未成年人和盲、聋、哑人没有委托辩护人的，由办案机关通知指派（第二十五条）。")
    return sentences


def _refused(matter: Matter, path: str) -> tuple[str, ...]:
    if path == "not_listed":
        return (f"{matter.label}不在第三十一条所列；可拨 12348 或由本站改约",)
    return (f"{matter.label}须经济困难才能申请法律援助；可拨 12348 或由本站改约",)


def _aid_first(answers: Answers, rules: Terms) -> bool:
    """FL-07: fewer days left than the law names and not yet over, or measures that cannot wait."""
    short = answers.days_left is not None and 0 <= answers.days_left < rules.urgent_days
    return short or answers.urgent_measures


def _first_sentence(answers: Answers, rules: Terms) -> str:
    if answers.urgent_measures:
        return "需要立即保全或者先予执行的，可以请求先行提供援助，再补手续（第四十四条）。"
    return f"距期限届满不足{rules.urgent_days}天，可以请求先行提供援助，再补手续（第四十四条）。"
