"""What the hub says to a person about an op it did not take, by its code; and its other refusals."""

from collections.abc import Mapping
from typing import Final

from desk.text import _

_SENTENCES: Final[Mapping[str, str]] = {
    "not_an_op": _("这条改动的内容读不出来，县里已原样保管"),
    "wrong_scope": _("这条改动不属于本站，县里已原样保管"),
    "unknown_noun": _("县里不认识这一类记录，已原样保管"),
    "unknown_field": _("这条改动里有县里不认识的项目，已原样保管"),
    "bad_value": _("这条改动里有一项填得不合规定，县里已原样保管"),
    "op_id_reuse": _("同一编号的改动有两种内容，后到的一种县里已原样保管"),
    "record_exists": _("这条记录已经有了，县里已原样保管后到的一份"),
    "no_record": _("要改的记录县里没有，这条改动已原样保管"),
    "fact_changed": _("已记下的事实不能改动，请另记一条更正"),
    "born_void": _("新记录不能一开始就是作废的，县里已原样保管"),
    "closes_nothing": _("没有指明要了结哪一处冲突，县里已原样保管"),
    "no_field_right": _("这一项由站点填写，县里的电脑不能改动；这条改动县里已原样保管"),
    "user_disabled": _("做这条改动的用户已停用，县里已原样保管；请站长看过，要的话由别人重新录入"),
    "not_yours": _("这条改动是站点写的，等站点的电脑自己再送"),
    "refused_by_store": _("县里的数据库存不下这条改动，已原样保管"),
    "blocked": _("它依据的另一条改动还没有被接受，县里已一并保管"),
    "waits_for_others": _("与它一起保存的另一条改动还在等，稍后会再送"),
    "unknown_base": _("它依据的改动县里还没有，会先补送"),
    "newer": _("县里的程序较旧，等县里升级后会再送"),
    "bad_message": _("县里读不懂这次发送的内容"),
    "unknown_device": _("县里不认识这台电脑"),
    "revoked": _("县里已停用这台电脑，不再收发，本机的记录都在。要恢复请向县里要新的登记码，重新登记"),
    "no_right": _("这台电脑只能查看，不能改动"),
    "bad_code": _("县里没有这个登记码，请对照登记单再输一遍"),
    "code_expired": _("登记码过期了，请向县里要新的登记单"),
    "code_used": _("这个登记码已经用过了，一张登记单只能登记一台电脑；请向县里要新的"),
    "other_scope": _("登记单上的站点已有别的电脑登记，它的数据与本机的不是同一个站点的；请向县里核对"),
    "no_first_pc": _("这个站点还没有电脑登记过，没有可以取回的记录；请先在第一台电脑上建站并登记"),
    "not_empty": _(
        "这张登记单是县里的电脑用的：请在还没有登记过来访的电脑上先完成首次设置，再到“设置 › 县级平台”登记"
    ),
    "device_elsewhere": _("这台电脑登记在别的站点名下，请向县里核对登记单"),
    "at_once": _("另一台电脑正好也在登记，这一次没有登记上；登记码没有用掉，请再点一次登记"),
    "replayed": _("这次请求来迟了或来过了，会自动再试"),
    "no_grant": _("这台电脑没有这个站点的权限"),
    "no_such": _("县里没有这一项"),
    "halted": _("县里的数据恢复过，正在核对，请稍后再试"),
    "too_large": _("一次发送的内容太多"),
    "too_old": _("这个程序版本太旧，只能上交，不能取回；请先升级"),
    "busy": _("县里正忙，过一会儿会自动再试"),
    "unready": _("县里的数据库暂时连不上，请稍后再试"),
    "no_room": _("县里的服务器磁盘满了，暂时收不下；数据都在本机，腾出空间后会自动补送"),
}


def of(code: str) -> str:
    """Return the sentence for a code."""
    return _SENTENCES[code]


def told(code: str) -> str:
    """Return the sentence for a code that may come from another version: then the code itself."""
    return _SENTENCES.get(code, code)
