"""The rules of the profile in a clerk's words, and their values as a clerk reads them."""

from collections.abc import Sequence

from desk.text import _

_NAMES = {
    "term.tell_where": "告知去向的期限",
    "term.tell_where_legal": "告知去向的法定期限",
    "term.fast.accept": "小微急：接收期限",
    "term.fast.hand_over": "小微急：转交期限",
    "term.fast.handle": "小微急：办理期限",
    "term.fast.urgent": "小微急：特急期限",
    "term.reply.matter": "事项答复期限",
    "term.reply.activity": "面对面带回事项答复期限",
    "term.reply.petition": "信访事项办结期限",
    "term.reply.petition_extension": "信访事项可延长",
    "term.reply.suggestion": "代表建议答复期限",
    "term.reply.suggestion_hard": "代表建议答复期限（复杂）",
    "term.object": "提出异议的期限",
    "term.mediation": "调解期限",
    "term.mediation_extension": "调解可延长",
    "term.confirmation": "申请司法确认的期限",
    "term.mediation_follow_up": "调解回访期限",
    "term.confirmation_decision": "法院办理司法确认的期限",
    "confirmation.warn_first": "司法确认到期前第一次提醒",
    "confirmation.warn_last": "司法确认到期前最后提醒",
    "mediation.max_representatives": "调解时一方代表人数上限",
    "mediation.min_investigators": "调查时调解员最少人数",
    "mediation.bodies_among_themselves": "单位之间的纠纷也受理",
    "mediation.mixed_area": "多民族居住的地区",
    "mediation.by_agreement": "双方同意可由本调委会受理",
    "mediation.written_when": "提醒制作书面协议的情形",
    "dossier.written": "必备材料：书面协议",
    "dossier.oral": "必备材料：口头协议",
    "dossier.light": "必备材料：简易口头协议",
    "dossier.failed": "必备材料：调解不成",
    "dossier.refused": "必备材料：当事人拒绝",
    "dossier.referred": "必备材料：移送",
    "dossier.rejected": "必备材料：不予受理",
    "dossier.scan_needed": "必须扫描入卷的材料",
    "dossier.keeping": "卷宗保管期限的选项",
    "term.roster_notice": "值班安排提前公布",
    "fast.name": "快办通道的名称",
    "fast.levels": "快办适用的级别",
    "lock.idle": "无人操作自动锁定",
    "dengbao.enabled": "等级保护：按等保要求管理",
    "dengbao.min_classes": "等级保护：密码的字符种类",
    "dengbao.max_age": "等级保护：密码多久要换",
    "dengbao.split_admins": "等级保护：三个管理岗位不得兼任",
    "lock.pin_return": "锁定后可用 PIN 返回",
    "lock.store_open": "锁定后数据保持打开",
    "password.min_length": "密码最短长度",
    "password.common": "不许用的常见密码个数",
    "visit.max_headcount": "一批来访最多人数",
    "visit.max_representatives": "集体来访代表人数上限",
    "person.name_max": "姓名最长字数",
    "outcomes": "处理方式",
    "levels": "办理级别",
    "units": "承办单位",
    "notice.version": "告知文本版本",
    "notice.text": "告知文本",
    "notice.short": "告知要点",
    "notice.legal_basis": "处理个人信息的依据",
    "receipt.host": "回执网页地址",
    "receipt.subject_max": "回执上事由最多字数",
    "safe.receipt": "保密来访的回执内容",
    "limitation.civil": "诉讼时效",
    "limitation.civil_longest": "诉讼时效最长期间",
    "limitation.labour_arbitration": "劳动仲裁时效",
    "limitation.suit_after_award": "不服仲裁裁决起诉的期限",
    "limitation.reconsideration": "申请行政复议的期限",
    "limitation.administrative_suit": "提起行政诉讼的期限",
    "limitation.suit_after_review": "不服复议决定起诉的期限",
    "limitation.administrative_longest": "行政复议、诉讼最长期限",
    "limitation.real_estate_longest": "行政复议、诉讼最长期限（不动产）",
    "limitation.work_injury_employer": "单位申请工伤认定的期限",
    "limitation.work_injury_employee": "本人申请工伤认定的期限",
    "limitation.soon": "时效提前提醒",
    "limitation.soon_short": "短期限提前提醒",
    "term.consultation.letter": "来信咨询答复期限",
    "term.consultation.network": "网络咨询答复期限",
    "legal_aid.decide": "法律援助：审查决定期限",
    "legal_aid.assign": "法律援助：指派人员期限",
    "legal_aid.object": "法律援助：异议审查期限",
    "legal_aid.urgent": "法律援助：可先行援助的时限",
    "legal_aid.court_place": "法律援助：诉讼事项向哪里申请",
    "legal_aid.other_place": "法律援助：非诉讼事项向哪里申请",
    "conflict.whole_station": "利益冲突按全站检查",
    "consultation.disclaimer": "法律咨询告知",
    "backup.every": "备份间隔",
    "attachment.types": "附件：可收的文件类型",
    "attachment.photo_mb": "附件：照片最大（MB）",
    "attachment.file_mb": "附件：文件最大（MB）",
    "attachment.megapixels": "附件：照片最多（百万像素）",
    "attachment.side": "附件：照片保留的最长边（像素）",
    "attachment.quality": "附件：照片压缩质量",
    "attachment.pages": "附件：PDF 最多页数",
    "attachment.per_record": "附件：一件事最多几份",
    "clock.max_ahead": "电脑时间最多超前",
    "clock.max_back": "电脑时间最多倒退",
}
# The tail of the key (a year, a count, a code) follows in brackets where it tells something.
_FAMILIES = (
    ("holidays.", "放假日（{tail} 年）"),
    ("workdays.", "调休上班日（{tail} 年）"),
    ("lockout.", "连续输错 {tail} 次后等待"),
    ("colour.white.", "白：到期前提醒"),
    ("colour.yellow.", "黄：逾期"),
    ("colour.red.", "红：逾期或催办"),
    ("approval.", "签批单位"),
    ("guide.", "引导去向"),
    ("category.", "问题类别"),
    ("subcategory.", "问题细类"),
    ("number.", "编号样式"),
    ("consent.", "同意事项的文字"),
    ("receipt.path.", "回执：去向说明"),
    ("receipt.", "回执上的话"),
    ("board.distance.", "公示牌：扫码距离（{tail}）"),
    ("board.", "公示牌上的话"),
    ("safe.", "保密来访"),
    ("report.", "强制报告"),
    ("ledger.", "台账名称"),
    ("retention.", "保存期限"),
    ("backup.", "备份保留"),
    ("paper.face.", "公文用字的字体文件"),
    ("subsidy.simple.", "以案定补：简易案件"),
    ("subsidy.ordinary.", "以案定补：一般案件"),
    ("subsidy.hard.", "以案定补：重大案件"),
    ("term.", "期限"),
)
_UNITS = {
    "day": "天",
    "workday": "个工作日",
    "month": "个月",
    "hour": "小时",
    "minute": "分钟",
    "second": "秒",
    "cm": "厘米",
    "count": "",
    "yuan": "元",
}


def rule_name(key: str) -> str:
    """Return a rule's name; a key of a newer profile that has none is shown as it is."""
    if key in _NAMES:
        return _(_NAMES[key])
    for head, words in _FAMILIES:
        if key.startswith(head):
            return _(words).format(tail=key.removeprefix(head))
    return key


def shown(value: object, unit: str) -> str:
    """Return a value as words: 3 个工作日, 是, lists with 、 between."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, int):
        return f"{value} {_(_UNITS.get(unit, unit))}".strip()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _("、").join(str(each) for each in value)
    return " ".join(str(value).split())
