"""操作卡: the keys of the desk on one A4 page, to lie beside the keyboard."""

from dataclasses import dataclass

from desk.services.pdf import page
from desk.services.pdf.page import GREY, RED, Sheet, Style
from desk.text import _

_LEFT, _RIGHT = 20.0, 190.0
_STEP = 9.0


@dataclass(frozen=True)
class KeyGroup:
    """Some keys that belong together: (key, what it does)."""

    title: str
    keys: tuple[tuple[str, str], ...]


def draw(station: str, groups: tuple[KeyGroup, ...]) -> bytes:
    """Return the card as a one-page PDF. Raises PaperProblem when a face lacks a character."""
    sheet = Sheet(page.A4, _("操作卡"))
    sheet.text(105, 26, _("接待台操作卡"), Style(24, bold=True, align="centre", spacing=5))
    sheet.fitted(105, 35, 170, station, Style(12, tone=GREY, align="centre"), least=7, field=_("站名"))
    sheet.line(_LEFT, 40, _RIGHT, 40, weight=0.8, tone=RED)
    y = 50.0
    for group in groups:
        sheet.text(_LEFT, y, group.title, Style(15, bold=True, tone=RED))
        y += _STEP
        for key, words in group.keys:
            sheet.box(_LEFT, y - 5.7, 34, 8, weight=0.7)
            sheet.fitted(_LEFT + 17, y, 32, key, Style(13, bold=True, align="centre"), field=group.title)
            sheet.fitted(_LEFT + 40, y, _RIGHT - _LEFT - 40, words, Style(14.5), field=group.title)
            y += _STEP
        y += 4.5
    return sheet.finish()


def standard() -> tuple[KeyGroup, ...]:
    """Return the keys of this version (product.md, One hand on the keyboard)."""
    return (
        KeyGroup(
            _("换页面"),
            (
                ("Ctrl 1", _("今日：在接待的、今天的来访、要到期的")),
                ("F2", _("新来访，在哪个页面都行")),
                ("Shift F2", _("在几件没办完的来访之间轮换")),
                ("Ctrl F2", _("来访列表：补记、反馈、补打回执")),
                ("F3", _("矛盾调解：小纠纷一页办完，难办的分步办")),
                ("F4", _("法律咨询：先查利益冲突，再解答")),
                ("F7", _("代表值班：名册、导入、上岗")),
                ("F8", _("公示牌：站点码、代表公示墙")),
                ("Ctrl K", _("搜姓名、首字母、电话尾号、编号、内容")),
            ),
        ),
        KeyGroup(
            _("接待一位群众"),
            (
                ("F2", _("填姓名（或勾不愿透露）和一句事由，回车就有编号")),
                ("Tab", _("照登记表的顺序到下一项")),
                ("Alt 1", _("一张笑脸、一杯热茶做到了")),
                ("Alt 4", _("一句安慰做到了")),
                ("Ctrl P", _("打印回执；存根请来访人签名")),
                ("Ctrl Enter", _("办完这件来访；缺什么会告诉您")),
                ("Esc", _("返回上一层，打的字不会丢")),
            ),
        ),
        KeyGroup(
            _("离开座位"),
            (
                ("Ctrl L", _("锁定；半句话也留着，回来接着写")),
                ("F12", _("遮屏：立刻藏起全部内容")),
            ),
        ),
        KeyGroup(
            _("有问题"),
            (
                ("F1", _("看当前页面的说明")),
                (_("停电"), _("拿备好的空白登记表手写，来电后补录")),
            ),
        ),
    )
