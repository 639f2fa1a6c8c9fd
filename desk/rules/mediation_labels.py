"""Words of the choices on the mediation papers F-01…F-13 (domain.md §3.5), code by code."""

from collections.abc import Mapping
from typing import Final

STATE: Final[Mapping[str, str]] = {
    "registered": "已登记",
    "consent_pending": "征求对方意见",
    "accepted": "已受理",
    "rejected": "不予受理",
    "investigating": "调查中",
    "mediating": "调解中",
    "agreed_written": "已达成书面协议",
    "agreed_oral": "已达成口头协议",
    "performing": "履行中",
    "performed": "已履行",
    "partly": "部分履行",
    "not_performed": "未履行",
    "followed_up": "已回访",
    "archived": "已归档",
    "refused": "当事人拒绝",
    "terminated": "已终止",
    "referred_out": "已移送",
}
"""The states of §3.4 as a list or a head shows them."""

PARTY_KIND: Final[Mapping[str, str]] = {
    "natural_person": "自然人",
    "legal_person": "法人",
    "other_organisation": "其他组织",
}
PARTY_SIDE: Final[Mapping[str, str]] = {"applicant": "申请人", "respondent": "被申请人", "third": "第三人"}
CONSENT: Final[Mapping[str, str]] = {
    "unasked": "未征求",
    "applied": "申请调解",
    "agreed": "同意调解",
    "refused": "拒绝调解",
}
CAPACITY: Final[Mapping[str, str]] = {
    "full": "完全民事行为能力",
    "limited": "限制民事行为能力",
    "none": "无民事行为能力",
}
ID_TYPE: Final[Mapping[str, str]] = {
    "resident_id": "居民身份证",
    "household_book": "户口簿",
    "passport": "护照",
    "hk_macau_permit": "港澳居民来往内地通行证",
    "taiwan_permit": "台湾居民来往大陆通行证",
    "residence_permit": "港澳台居民居住证",
    "foreign_permanent": "外国人永久居留身份证",
    "military": "军官证",
    "other": "其他证件",
}
AGENT_SCOPE: Final[Mapping[str, str]] = {
    "apply_end": "代为申请、终止调解",
    "evidence": "代为收集、提供证据",
    "choose_mediator": "代为选择调解员",
    "claims": "代为承认、变更、放弃请求",
    "attend_sign": "代为参加调解并签署笔录",
    "collect_papers": "代为领取文书",
    "other": "其他",
}
"""F-04, the scope of an agent's authority."""

REMEDY: Final[Mapping[str, str]] = {
    "arbitration": "仲裁",
    "administrative": "行政",
    "court": "司法",
}
"""The other ways the parties are told of when a mediation ends (MED-08)."""

SIGN_KIND: Final[Mapping[str, str]] = {"signature": "签名", "seal": "盖章", "fingerprint": "按指印"}
"""MED-12: what counts as a party's word on paper."""

TOLD_WAY: Final[Mapping[str, str]] = {"oral": "口头", "written": "书面"}
OPENNESS: Final[Mapping[str, str]] = {"open": "公开", "closed": "不公开"}
MEDIATOR_CHOICE: Final[Mapping[str, str]] = {"appointed": "调委会指定", "chosen": "当事人选定"}
MEDIATOR_KIND: Final[Mapping[str, str]] = {
    "member": "调委会委员",
    "engaged": "聘任调解员",
    "invited": "受邀参加",
}
PARTICIPANT_KIND: Final[Mapping[str, str]] = {
    "relative": "亲属",
    "neighbour": "邻里",
    "colleague": "同事",
    "expert": "专业人员",
    "organisation": "社会组织",
    "deputy": "人大代表",
    "other": "其他",
}
SESSION_RESULT: Final[Mapping[str, str]] = {
    "agreed": "达成协议",
    "continue": "择日再调",
    "failed": "调解不成",
    "apart": "背对背谈话",
}
"""How a sitting ended (F-06); `apart`: held with one side at a time, so nothing was agreed or given up."""

MOVE: Final[Mapping[str, str]] = {
    "talk": "谈纠纷",
    "topic": "找话题",
    "ladder": "置梯子",
    "settle": "达协议",
}
"""The four moves of a talk, headings of the mediation record."""

MOVE_PROMPT: Final[Mapping[str, str]] = {
    "talk": "让双方轮流把话说完：起因、经过、各自的要求。",
    "topic": "找双方都认的事实和都在意的事，从这里谈起。",
    "ladder": "给双方各留台阶：一句歉意、一步让步、一个分期。",
    "settle": "逐条说清谁、做什么、多少钱、哪天前、不做怎么办。",
}
PERFORMANCE_MODE: Final[Mapping[str, str]] = {
    "immediate": "即时履行",
    "instalments": "分期履行",
    "fixed_date": "定期履行",
    "other": "其他",
}
CLAUSE_KIND: Final[Mapping[str, str]] = {
    "money": "给付金钱",
    "act": "做某事",
    "declaration": "表明态度",
}
"""What a clause of an agreement asks: a payment, an act, or only a word such as 双方互不再追究."""

CLAUSE_WAY: Final[Mapping[str, str]] = {
    "cash": "现金",
    "transfer": "转账",
    "goods": "实物",
    "labour": "劳务",
    "own_act": "自行",
    "other": "其他",
}
CLAUSE_STATE: Final[Mapping[str, str]] = {
    "open": "未履行",
    "partly": "部分履行",
    "performed": "已履行",
}
FOLLOW_UP_MODE: Final[Mapping[str, str]] = {"visit": "上门", "phone": "电话", "station": "来站"}
SATISFACTION: Final[Mapping[str, str]] = {
    "satisfied": "满意",
    "basic": "基本满意",
    "unsatisfied": "不满意",
}
LITIGATION: Final[Mapping[str, str]] = {"none": "未起诉", "sued": "已起诉", "decided": "已判决"}
"""F-09, 是否起诉及结果 (MED-15)."""

WRITTEN_REASON: Final[Mapping[str, str]] = {
    "asked": "当事人要求制作书面协议",
    "not_on_spot": "不能当场履行",
    "hard": "属于重大、复杂、疑难的纠纷",
    "civil_rights": "有民事权利义务内容",
}
"""MED-25: what local rules and the rule of 2002 name; which of them count is a row of the profile."""

KEEPING_TERM: Final[Mapping[str, str]] = {
    "short": "短期",
    "long": "长期",
    "permanent": "永久",
    "years_10": "10年",
    "years_30": "30年",
}
"""§3.6: keeping terms a cover may bear; the law fixes none, the unit's own schedule decides."""

DOSSIER_ROW: Final[Mapping[str, str]] = {
    "cover": "卷宗封面",
    "contents": "卷内目录",
    "registration": "申请书或者受理登记表",
    "rights_notice": "权利义务告知书",
    "identity": "当事人身份证明",
    "authority": "授权委托书",
    "investigation": "调查记录",
    "evidence": "证据材料",
    "mediation_record": "调解记录",
    "agreement": "调解协议书",
    "termination": "终止调解通知书",
    "referral": "移送函",
    "performance": "履行凭证",
    "follow_up": "回访记录",
    "confirmation": "司法确认有关材料",
    "closing_report": "结案报告表",
    "case_note": "卷宗情况说明",
    "back_cover": "封底",
}
"""The rows of a dossier in the order of §3.6, cover and contents before, a failed case's notice in place."""

DOSSIER_OUTCOMES: Final = ("written", "oral", "light", "failed", "refused", "referred", "rejected")
"""Sets of mandatory papers, each a row `dossier.<outcome>` of the profile."""
