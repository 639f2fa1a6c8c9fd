"""What the columns of a roster mean and how offices title them."""

from collections.abc import Mapping, Sequence

from desk.services.sheets import headers
from desk.services.sheets.table import Line

NAME = "name"
SEX = "sex"
ETHNICITY = "ethnicity"
BIRTH = "birth"
LEVELS = "levels"
CONSTITUENCY = "constituency"
ELECTING_UNIT = "electing_unit"
POST = "post"
PHONE = "phone"
GROUP = "group"
REMARK = "remark"
IGNORED = headers.IGNORED

# What the clerk may choose from; the rest of a roster is not the desk's business (PI-02).
MEANING: Mapping[str, str] = {
    NAME: "姓名",
    SEX: "性别",
    ETHNICITY: "民族",
    BIRTH: "出生年月",
    LEVELS: "代表层级",
    CONSTITUENCY: "选区",
    ELECTING_UNIT: "选举单位",
    POST: "单位职务",
    PHONE: "电话",
    GROUP: "代表小组",
    REMARK: "备注",
    IGNORED: "不导入",
}

WORDS = headers.Words(
    keys=(NAME,),
    # The first pattern that fits decides, so the narrow ones stand first.
    patterns=(
        (NAME, r"(人大)?(代表)?(姓名|名字|名单)|代表"),
        (SEX, r"性别"),
        (ETHNICITY, r"民族"),
        (IGNORED, r".*(身份证|证号|证件|序号|编号|联络站|进站|填表|填报).*"),
        (BIRTH, r".*(出生|生日).*"),
        (CONSTITUENCY, r".*选区.*"),
        (ELECTING_UNIT, r".*选举单位.*"),
        (LEVELS, r".*(层级|级别|层次|代表类别|代表类型|代表级).*|何级代表"),
        (PHONE, r".*(电话|手机|联系方式).*"),
        (GROUP, r".*(代表团|小组|编组).*"),
        (REMARK, r".*(备注|说明|变动).*"),
        (POST, r".*(职务|单位|职业).*"),
    ),
)


def find_header(lines: Sequence[Line]) -> headers.Header | None:
    """Return the header of a roster, or None if no line names a column of names and one more."""
    return headers.find_header(lines, WORDS)


def is_header_word(text: str) -> bool:
    """Say whether a text in the column of names is that column's title again (a roster printed in pages)."""
    return WORDS.meaning_of(text) == NAME
