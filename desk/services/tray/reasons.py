"""What a person can do about a change the hub did not take, by the hub's code for the reason.

It stands behind the hub's own sentence, which has said why.
"""

from collections.abc import Mapping
from typing import Final

from desk.text import _

_AGAIN: Final = _("先再送一次；还是不行，就记下内容，请县里看一看。")
_ADVICE: Final[Mapping[str, str]] = {
    "not_an_op": _("内容在路上坏了。再送一次多半就好；不行请联系县里。"),
    "wrong_scope": _("这条记录是别的站的。请不用它，在那个站的电脑上重新登记。"),
    "unknown_noun": _("等县里的程序升级以后再送一次。"),
    "unknown_field": _("等县里的程序升级以后再送一次。"),
    "newer": _("不用做什么，会自动送去。"),
    "bad_value": _("请打开记录改好保存，再把这一条放下不用。"),
    "op_id_reuse": _("这台电脑的数据可能被复制过。请联系县里，核对后再放下不用。"),
    "record_exists": _("核对内容一样，就放下不用。"),
    "no_record": _("先把它的登记再送一次，再送这一条。"),
    "fact_changed": _("更正记好以后，把这一条放下不用。"),
    "born_void": _("放下不用即可。"),
    "closes_nothing": _("放下不用，到“冲突”里重新处理。"),
    "no_field_right": _("请放下不用，要改就联系站点。"),
    "user_disabled": _("由在用的用户重新录入以后，把这一条放下不用。"),
    "refused_by_store": _("再送一次；不行请联系县里。"),
    "blocked": _("先处理那一条，再把这一条再送一次。"),
    "kept_aside": _("请打开记录，把这一项重新填好保存，提醒就会消失；填不了就联系县里，再放下。"),
    "waits_for_others": _("要等那一条先被接受。"),
    "unknown_base": _("多半是县里恢复过备份，站里别的电脑同步后会好。"),
}


def advice(code: str) -> str:
    """Return the way out in a sentence; a reason we do not know is to be tried again."""
    return _ADVICE.get(code, _AGAIN)
