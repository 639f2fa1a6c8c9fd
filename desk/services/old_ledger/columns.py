"""What the columns of an old ledger (民情台账, 接待登记簿) mean and how stations title them."""

from collections.abc import Mapping

from desk.services.sheets import headers

DAY = "day"
NAME = "name"
PHONE = "phone"
HEADCOUNT = "headcount"
ADDRESS = "address"
KIND = "kind"
SUBJECT = "subject"
STATEMENT = "statement"
REQUEST = "request"
RECEIVER = "receiver"
CATEGORY = "category"
UNIT = "unit"
HANDLING = "handling"
DUE = "due"
RESULT = "result"
REMARK = "remark"
IGNORED = headers.IGNORED

MEANING: Mapping[str, str] = {
    DAY: "日期",
    NAME: "姓名",
    PHONE: "电话",
    HEADCOUNT: "人数",
    ADDRESS: "住址",
    KIND: "来访形式",
    SUBJECT: "事由",
    STATEMENT: "反映问题",
    REQUEST: "诉求",
    RECEIVER: "接待代表",
    CATEGORY: "类别",
    UNIT: "承办单位",
    HANDLING: "处理情况",
    DUE: "期限",
    RESULT: "结果",
    REMARK: "备注",
    IGNORED: "不导入",
}
"""What the clerk may choose from."""

WORDS = headers.Words(
    keys=(SUBJECT, STATEMENT),
    # The first pattern that fits decides, so the narrow ones stand first.
    patterns=(
        (IGNORED, r".*(身份证|证件|序号|编号|签名|签字|登记人|记录人|满意|评价|反馈|办结(日期|时间)).*"),
        (DUE, r".*(期限|时限|限办|应办结).*"),
        (UNIT, r"(承办|责任|办理|主办|交办|转办|经办)(单位|部门|科室)(及(负责人|责任人))?"),
        (
            HANDLING,
            r".*(处理|办理|拟办|承办|交办|转办|进度|进展|落实).*(情况|意见|方式|单位|进度|措施)|进度|进展|处理",
        ),
        (RESULT, r".*(结果|结案|办结|是否|状态|完成).*"),
        (DAY, r"(来访|接待|登记|收集|反映|走访)?(日期|时间|年月日)"),
        (RECEIVER, r".*接待.*(代表|人员?)|值班代表|代表(姓名)?|接访人"),
        (HEADCOUNT, r".*(人数|人次)"),
        (PHONE, r".*(电话|手机|联系方式).*"),
        (
            NAME,
            r"(来访|来信|反映|群众|选民|当事)?(人员?|群众|选民)?(姓名|名字)|(来访|反映|来信)(人员?|群众|选民)|选民|群众",
        ),
        (ADDRESS, r".*(住址|地址|住所|村组|所在村|社区|网格).*"),
        (KIND, r".*(形式|渠道|来源)|来访方式|接待方式"),
        (CATEGORY, r".*(类别|类型|分类|类).*"),
        (REQUEST, r".*(诉求|要求|请求|愿望).*"),
        (SUBJECT, r"(来访|反映|主要)?(事由|事项|主题|标题|摘要|内容摘要)"),
        (STATEMENT, r".*(问题|内容|情况|意见|建议|民情).*"),
        (REMARK, r"备注|说明|附注"),
    ),
)
