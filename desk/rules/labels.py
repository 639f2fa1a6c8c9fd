"""Codes of the records and the Chinese word a person sees for each, for screens, papers and ledgers.

Words follow product.md "Words"; codes are the stored values and never change their meaning.
"""

from collections.abc import Mapping

VISIT_KIND: Mapping[str, str] = {
    "station": "来站",
    "outreach": "走访",
    "appointment": "约访",
    "deputy_day": "接待代表",
    "phone": "电话",
    "wechat": "微信群转来",
    "message": "码上留言",
}
VISIT_STATE: Mapping[str, str] = {"waiting": "等候", "received": "接待中", "finished": "已结束"}
SAFETY: Mapping[str, str] = {
    "none": "无",
    "confidential": "要求保密",
    "domestic_violence": "家庭暴力",
    "accusation": "检举控告",
}
OWN_VOTER: Mapping[str, str] = {"unknown": "不详", "yes": "是", "no": "否"}
FIRST_OR_REPEAT: Mapping[str, str] = {"first": "初", "repeat": "重"}
OUTCOME: Mapping[str, str] = {
    "answered": "当场答复",
    "proposed": "拟交办",
    "triage": "待研判",
    "guided": "引导",
    "mediation": "转调解",
    "consultation": "转咨询",
}
LEVEL: Mapping[str, str] = {
    "onsite": "当场办结",
    "village": "村（社区）",
    "town": "镇（街道）",
    "county": "县（区）",
    "city": "市及以上",
    "guided": "引导",
}
MATTER_STATE: Mapping[str, str] = {"open": "办理中", "closed": "已办结"}
RATING: Mapping[str, str] = {
    "satisfied": "满意",
    "basic": "基本满意",
    "unsatisfied": "不满意",
    "declined": "不评",
}
ROLE: Mapping[str, str] = {
    "deputy": "值班代表",
    "clerk": "工作人员",
    "mediator": "调解员",
    "lawyer": "律师",
    "head": "站长",
}
MANDATE_LEVEL: Mapping[int, str] = {1: "全国", 2: "省", 3: "市", 4: "县", 5: "镇"}
SEX: Mapping[str, str] = {"0": "未知", "1": "男", "2": "女", "9": "未说明"}
AGE_BAND: Mapping[str, str] = {
    "": "不详",
    "under_18": "不满 18 岁",
    "18_35": "18—35 岁",
    "36_59": "36—59 岁",
    "60_up": "60 岁以上",
}
STATION_LEVEL: Mapping[str, str] = {
    "town": "镇",
    "street": "街道",
    "village": "村（社区）",
    "county": "县（区）",
}
STATION_KIND: Mapping[str, str] = {
    "station": "联络站",
    "home": "代表之家",
    "point": "联络点",
    "room": "活动室",
    "trade": "专业站",
    "mediation_room": "调解室",
    "parlour": "会客厅",
}
REPORT_KIND: Mapping[str, str] = {"minor": "侵害未成年人", "domestic_violence": "家庭暴力"}
REPLY_WAY: Mapping[str, str] = {
    "onsite": "当场",
    "phone": "电话",
    "visit": "上门",
    "paper": "书面",
    "wechat": "微信",
}
