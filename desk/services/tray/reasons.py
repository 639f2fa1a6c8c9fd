"""What a person can do about a change the hub did not take, by the hub's code for the reason."""

from collections.abc import Mapping
from typing import Final

from desk.text import _

_AGAIN: Final = _("先再送一次；还是不行，就记下内容，请县里看一看。")
_ADVICE: Final[Mapping[str, str]] = {
    "not_an_op": _("内容在路上坏了。再送一次多半就好；不行请联系县里。"),
    "wrong_scope": _("这条记录是别的站的。请不用它，在那个站的电脑上重新登记。"),
    "unknown_noun": _("县里的程序还不认识这类记录。等县里升级后再送一次。"),
    "unknown_field": _("县里的程序还不认识其中一项。等县里升级后再送一次。"),
    "newer": _("不用做什么：县里升级后会自动再送。"),
    "bad_value": _("其中一项填得不合规定。请打开记录改好保存，再把这一条放下不用。"),
    "op_id_reuse": _("这台电脑的数据可能被复制过。请联系县里，核对后再放下不用。"),
    "record_exists": _("县里已经有这条记录。核对内容一样，就放下不用。"),
    "no_record": _("县里没有这条记录。先把它的登记再送一次，再送这一条。"),
    "fact_changed": _("已记下的事实不能改。请另记一条更正，再把这一条放下不用。"),
    "born_void": _("新记录不能一登记就作废。放下不用即可。"),
    "closes_nothing": _("它要了结的冲突没有写明。放下不用，到“冲突”里重新处理。"),
    "no_field_right": _("这一项由站点填写，县里的电脑不能改。请放下不用，要改就联系站点。"),
    "user_disabled": _(
        "做这条改动的用户已停用。请站长看过：要的话由在用的用户重新录入，再把这一条放下不用。"
    ),
    "refused_by_store": _("县里的数据库存不下它。再送一次；不行请联系县里。"),
    "blocked": _("它依据的另一条没有被接受。先处理那一条，再把这一条再送一次。"),
    "kept_aside": _("请打开记录，把这一项重新填好保存，提醒就会消失；填不了就联系县里，再放下。"),
    "waits_for_others": _("它和另一条是同时保存的，要等那一条先被接受。"),
    "unknown_base": _("它依据的改动县里没有。多半是县里恢复过备份，站里别的电脑同步后会好。"),
}


def advice(code: str) -> str:
    """Return the way out in a sentence; a reason we do not know is to be tried again."""
    return _ADVICE.get(code, _AGAIN)
