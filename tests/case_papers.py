"""One value of every paper of a mediation and of a consultation, all fields filled, invented people."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from desk.services.pdf.consultation.values import ConsultationSheet
from desk.services.pdf.mediation import dossier_values, record_values, values

CHINA = timezone(timedelta(hours=8))
COMMITTEE = "示例镇人民调解委员会"
NUMBER = "〔2026〕示例人调字第27号"
APPLICANT = values.PartyBlock(
    side="申请人",
    name="钱某",
    kind="person",
    kind_text="自然人",
    sex="女",
    ethnicity="汉族",
    birth_date=date(1980, 3, 5),
    age=46,
    occupation="教师",
    phone="13900000172",
    address="示例县示例镇和平路 8 号 2 幢 301 室",
    id_type="居民身份证",
    id_no="110105198003050028",
    agent="吴某",
    agent_scope="代为参加调解并签署笔录",
)
RESPONDENT = replace(
    APPLICANT,
    side="被申请人",
    name="冯某",
    sex="男",
    birth_date=date(1975, 11, 30),
    age=50,
    occupation="个体工商户",
    phone="13900000383",
    address="示例县示例镇和平路 8 号 2 幢 401 室",
    id_no="11010519751130001X",
    agent="",
    agent_scope="",
)
UNIT = values.PartyBlock(
    side="被申请人",
    name="示例县某某物业服务有限公司",
    kind="unit",
    kind_text="法人",
    phone="0000-7654321",
    address="示例县示例镇建设路 1 号",
    legal_rep="郑某某",
    occupation="经理",
    uscc="91110105MA01ABCD1K",
)
SUMMARY = (
    "2026年9月18日，被申请人家中水管破裂渗漏，致申请人卧室天花板、衣柜受损。双方对赔偿数额有争议，"
    "申请人要求赔偿3,500元，被申请人只同意赔偿1,600元，多次协商未果。"
)
AT = datetime(2026, 11, 8, 9, 5, tzinfo=CHINA)

APPLICATION = values.Application(
    committee=COMMITTEE,
    applicants=(APPLICANT,),
    respondents=(RESPONDENT,),
    summary=SUMMARY,
    claims=("修复漏水的水管；", "赔偿天花板修复费2,600元；", "赔礼道歉。"),
    applied_on=date(2026, 11, 3),
    is_oral=True,
    written_by="周某",
)
REGISTRATION = values.Registration(
    number=NUMBER,
    committee=COMMITTEE,
    accepted_on=date(2026, 11, 3),
    parties=(replace(APPLICANT, id_no="110105********0028"), replace(RESPONDENT, id_no="110105********001X")),
    dispute_type="损害赔偿纠纷",
    source="当事人申请",
    summary=SUMMARY,
    remark="来访登记转入LF2026-A0288。",
)
RIGHTS_NOTICE = values.RightsNotice(
    committee=COMMITTEE, party="钱某", told_by="周某", told_at=date(2026, 11, 3), way="书面"
)
TERMS = (
    values.Term("修复自家水管，不再渗漏", "冯某", "", None, "自行", date(2026, 11, 30)),
    values.Term("赔偿天花板修复费", "冯某", "钱某", 260_000, "转账", date(2026, 12, 10)),
    values.Term("双方互不再追究"),
)
AGREEMENT = values.AgreementPaper(
    number=NUMBER,
    committee=COMMITTEE,
    parties=(APPLICANT, RESPONDENT),
    facts=SUMMARY,
    issues="天花板修复费的数额和支付时间。",
    responsibilities="冯某未及时检修水管，承担全部修复与赔偿责任。",
    terms=TERMS,
    performance_mode="定期履行",
    performance_text="通过银行转账支付到钱某账户",
    breach="逾期不付的，按未付金额的日万分之五支付违约金",
    signed_on=date(2026, 11, 12),
    effective_on=date(2026, 11, 12),
    mediators=("周某", "王某某"),
    recorder="李某",
    dispute_type="损害赔偿纠纷",
)
AUTHORISATION = values.Authorisation(
    committee=COMMITTEE,
    principal=replace(APPLICANT, agent="", agent_scope=""),
    agent="吴某",
    agent_sex="男",
    relation="丈夫",
    agent_id_no="110105197901010011",
    agent_phone="13900000561",
    agent_address="示例县示例镇和平路 8 号 2 幢 301 室",
    case_title="楼上漏水损害赔偿纠纷",
    scope=("代为收集、提供证据", "代为参加调解并签署笔录"),
    scope_other="代为签收赔偿款",
    letter_on=date(2026, 11, 4),
)
INQUIRY = record_values.InquiryRecord(
    number=NUMBER,
    committee=COMMITTEE,
    held_at=datetime(2026, 11, 5, 15, 0, tzinfo=CHINA),
    ended_at=datetime(2026, 11, 5, 16, 20, tzinfo=CHINA),
    place="示例镇和平路 8 号 2 幢",
    investigators=("周某", "王某某"),
    recorder="李某",
    respondent=RESPONDENT,
    subject="核实漏水原因和受损情况",
    qa_text="问：什么时候发现漏水？\n答：9月18日晚上，水从厨房地面渗到楼下。\n问：事后做了什么？\n答：第二天关了总阀，还没有修水管。",
)
SITTING = record_values.SittingRecord(
    number=NUMBER,
    committee=COMMITTEE,
    times="1",
    held_at=AT,
    ended_at=datetime(2026, 11, 8, 11, 30, tzinfo=CHINA),
    place="示例镇人民调解委员会调解室",
    openness="不公开",
    subject="楼上漏水赔偿",
    parties_present=(APPLICANT, RESPONDENT),
    invitees=("孙某某（邻居）", "郑某（社区网格员）"),
    mediators=("周某", "王某某"),
    recorder="李某",
    informed=True,
    avoidance="双方均不申请回避",
    talk="钱某要求赔偿三千五百元；冯某只同意赔偿一千六百元。",
    topics="双方都认可水管老化；都不愿意影响邻里关系。",
    ladder="冯某当面致歉；钱某同意扣除衣柜折旧。",
    accord="双方差额一千九百元，约定再议。",
    verification="现场照片六张，修复报价单一份，双方无异议。",
    result="调解不成",
    fail_reason="双方对天花板修复费数额差距较大。",
    remedies_told=True,
)
FOLLOW_UP = record_values.FollowUpRecord(
    committee=COMMITTEE,
    visited_party="钱某",
    phone="139****0172",
    agreement_no=NUMBER,
    subject="楼上漏水损害赔偿纠纷",
    performance="已履行",
    satisfaction="满意",
    litigation="未起诉",
    litigation_note="无",
    relapse_risk=False,
    measures="提醒双方保存转账凭证。",
    mode="电话",
    visited_at=datetime(2026, 12, 20, 10, 0, tzinfo=CHINA),
    visitor="周某",
)
CONFIRMATION = values.ConfirmationApplication(
    court="示例县人民法院",
    committee=COMMITTEE,
    parties=(replace(APPLICANT, side="申请人甲", agent="", agent_scope=""), replace(UNIT, side="申请人乙")),
    agreement_no=NUMBER,
    agreement_on=date(2026, 11, 12),
    effective_on=date(2026, 11, 13),
    facts=SUMMARY,
    attachments=("人民调解协议书一份", "人民调解委员会主持调解的证明一份", "双方身份证明各一份"),
    applied_on=date(2026, 11, 20),
)
PROOF = values.CommitteeProof(
    number=NUMBER,
    committee=COMMITTEE,
    court="示例县人民法院",
    parties="钱某、示例县某某物业服务有限公司",
    case_title="楼上漏水损害赔偿纠纷",
    accepted_on=date(2026, 11, 3),
    mediators=("周某", "王某某"),
    sittings=("2026年11月8日（示例镇调解室）", "2026年11月12日（示例小区 8 号楼）"),
    agreement_on=date(2026, 11, 12),
    effective_on=date(2026, 11, 13),
    issued_on=date(2026, 11, 20),
)
CLOSING = dossier_values.ClosingReport(
    number=NUMBER,
    filled_on=date(2026, 12, 25),
    committee=COMMITTEE,
    handler="周某",
    accepted_on=date(2026, 11, 3),
    closed_on=date(2026, 12, 10),
    parties=(replace(APPLICANT, phone="139****0172"), replace(RESPONDENT, phone="139****0383")),
    source="当事人申请",
    summary=SUMMARY,
    result="达成书面协议，冯某已支付2,600元并修好水管，双方无其他争议。",
)
END_NOTICE = values.EndNotice(
    number=NUMBER,
    committee=COMMITTEE,
    parties=("钱某", "冯某"),
    case_title="楼上漏水损害赔偿纠纷",
    accepted_on=date(2026, 11, 3),
    cause="无法达成调解协议",
    reason="经三次调解，双方对赔偿数额不能达成一致。",
    ways="调解终止后，你们可以依法通过仲裁、行政、司法等途径维护自己的权利，请注意仲裁时效、诉讼时效等期限。",
    remedies="本纠纷可以向示例县人民法院起诉。",
    mediators=("周某",),
    ended_on=date(2026, 12, 3),
)
REFERRAL = values.ReferralLetter(
    number=NUMBER,
    committee=COMMITTEE,
    organ="示例县公安局示例派出所",
    parties="钱某、冯某",
    case_title="楼上漏水损害赔偿纠纷",
    reason="冯某殴打钱某，可能构成治安案件。",
    summary=SUMMARY,
    mediators=("周某",),
    referred_on=date(2026, 12, 3),
)
COVER = dossier_values.Cover(
    committee=COMMITTEE,
    title="钱某与冯某楼上漏水损害赔偿纠纷",
    number=NUMBER,
    mediators=("周某", "王某某"),
    begun_on=date(2026, 11, 3),
    ended_on=date(2026, 12, 10),
    filed_by="李某",
    filed_on=date(2026, 12, 25),
    keeping="30年",
    pages=18,
    remark="附照片六张。",
)
CONTENTS = dossier_values.Contents(
    number=NUMBER,
    title="钱某与冯某楼上漏水损害赔偿纠纷",
    entries=(
        dossier_values.ContentsEntry(1, "人民调解申请书", "1—2"),
        dossier_values.ContentsEntry(2, "当事人权利义务告知书", "3—6"),
        dossier_values.ContentsEntry(3, "当事人身份证明", "7", "复印件"),
    ),
)
NOTE = dossier_values.DossierNote(
    number=NUMBER,
    note="证据材料中照片为打印件，原件由钱某保管。",
    pages=18,
    filed_by="李某",
    checked_by="王某某",
    noted_on=date(2026, 12, 25),
)
BACK = dossier_values.BackCover(committee=COMMITTEE, number=NUMBER)
CONSULTATION = ConsultationSheet(
    number="FL2026-A0012",
    at=datetime(2026, 11, 6, 10, 15, tzinfo=CHINA),
    channel="来访",
    name="孙某某",
    sex="女",
    age=38,
    phone="13900000294",
    address="示例县示例镇建设路",
    identity_refused=False,
    person_class=("农民工", "妇女"),
    opponents=("某某建筑劳务有限公司",),
    conflict="无",
    category="劳动报酬",
    question="去年八月到十二月在工地做工，单位欠工资一万二千元，没有签劳动合同，怎么讨要？",
    procedures=("都没有",),
    limitation_on=date(2026, 12, 31),
    limitation_note="劳动仲裁时效一年",
    answer="可以向劳动监察部门投诉，也可以在时效内申请劳动仲裁；请保存考勤记录和转账记录。",
    citations=("《劳动争议调解仲裁法》第二十七条（2008年5月1日起施行）",),
    disposition="引导申请法援",
    referral="示例县法律援助中心，农民工请求支付劳动报酬不查经济困难状况。",
    adviser="赵某",
    licence_no="1610120201234567",
    disclaimer_ack=True,
    disclaimer=(
        "以上为口头咨询意见，依据咨询人本人陈述和出示的材料作出，不是书面法律意见，不是任何机关的决定，"
        "不建立委托代理关系；诉讼时效、仲裁时效等期限照常计算；不收取任何费用。"
    ),
    rating="满意",
)
