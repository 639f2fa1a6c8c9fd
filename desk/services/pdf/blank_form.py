"""空白登记表: form F-50 on A4 with a reserved number each, for power cuts and outreach."""

from dataclasses import dataclass

from desk.rules import labels
from desk.services.pdf import cells, lines, page
from desk.services.pdf.page import GREY, RED, Sheet, Style
from desk.text import _

_LEFT, _WIDTH = 20.0, 170.0
_LABEL_WIDTH = 27.0
# A message comes by a code, and what is guided has no level of its own.
_NOT_ON_PAPER = frozenset({"message", "guided"})
_LABEL = Style(10.5, tone=GREY, align="centre")


@dataclass(frozen=True)
class BlankForm:
    """One pad: the station and the numbers it reserves, one page each (number, spoken number)."""

    station: str
    phone: str
    numbers: tuple[tuple[str, str], ...]
    categories: tuple[str, ...]
    notice: str
    consents: tuple[str, ...]
    """What a visitor may agree to, in the words of the form on the screen (PI-04)."""


def draw(form: BlankForm) -> bytes:
    """Return the pad as PDF, one A4 page a number. Raises PaperProblem when a face lacks a character."""
    sheet = Sheet(page.A4, _("接待群众登记表（空白）"))
    for place, (number, spoken) in enumerate(form.numbers):
        if place:
            sheet.next_page()
        _draw_page(sheet, form, number, spoken)
    return sheet.finish()


def _draw_page(sheet: Sheet, form: BlankForm, number: str, spoken: str) -> None:
    sheet.text(105, 22, _("接待群众登记表"), Style(20, bold=True, align="centre", spacing=4))
    sheet.fitted(_LEFT, 31, 80, form.station, Style(10.5, tone=GREY), field=_("站名"))
    words = _("登记号 {number}    查询号 {spoken}").format(number=number, spoken=spoken)
    sheet.fitted(190, 31, 88, words, Style(11.5, bold=True, align="right"), field=_("登记号"))
    sheet.line(_LEFT, 34, _LEFT + _WIDTH, 34, weight=0.8, tone=RED)
    y = 38.0
    for row_height, pairs in _rows(form):
        share = _WIDTH / len(pairs)
        for column, (label, choices) in enumerate(pairs):
            x = _LEFT + column * share
            cells.put(sheet, cells.Box(x, y, _LABEL_WIDTH, row_height), label, _LABEL)
            sheet.box(x + _LABEL_WIDTH, y, share - _LABEL_WIDTH, row_height)
            _ticks(sheet, x + _LABEL_WIDTH, y, (share - _LABEL_WIDTH, row_height), choices)
        y += row_height
    sheet.fitted(_LEFT, y + 6, _WIDTH, form.notice, Style(9.5, tone=GREY), least=6, most=4, field=_("告知语"))
    foot = _("来电后请在接待台补录，此表随登记存档。   {phone}").format(phone=form.phone)
    sheet.fitted(_LEFT, 287, _WIDTH, foot, Style(9.5, tone=GREY), least=6, field=_("电话"))


def _ticks(sheet: Sheet, x: float, y: float, box: tuple[float, float], choices: tuple[str, ...]) -> None:
    """Draw a square to tick before each choice, in the largest size that keeps all inside the cell."""
    width, height = box
    for size in (10.5, 9.5, 8.5, 7.5, 6.5, 5.5):
        places, used = _places(choices, width, size)
        if used <= height:
            break
    for choice, (left, top) in zip(choices, places, strict=True):
        base = y + top + (height - used) / 2
        sheet.box(x + left, base - 0.3 * size, 0.33 * size, 0.33 * size, weight=0.7)
        room = width - left - 0.45 * size - 1
        sheet.fitted(x + left + 0.45 * size, base, room, choice, Style(size), least=4, field=_("选项"))


def _places(choices: tuple[str, ...], width: float, size: float) -> tuple[list[tuple[float, float]], float]:
    """Return (left, baseline) in mm of each choice inside a cell, and the height they take."""
    step, places, left, row = size * 0.59, [], 2.0, 0
    for choice in choices:
        needed = size * 0.75 + lines.width(lines.clean(choice), size, field=_("选项")) / page.POINTS_PER_MM
        if left > 2 and left + needed > width:
            left, row = 2.0, row + 1
        places.append((left, (row + 0.75) * step))
        left += needed
    return places, (row + 1) * step


def _rows(form: BlankForm) -> tuple[tuple[float, tuple[tuple[str, tuple[str, ...]], ...]], ...]:
    """Return the rows of F-50: (height in mm, cells as (label, choices to tick))."""
    kinds = tuple(word for code, word in labels.VISIT_KIND.items() if code not in _NOT_ON_PAPER)
    special = (*labels.SAFETY.values(), _("强制报告"), _("涉法涉诉"))
    levels = tuple(word for code, word in labels.LEVEL.items() if code not in _NOT_ON_PAPER)
    voter = tuple(labels.OWN_VOTER.values())
    sexes = (labels.SEX["1"], labels.SEX["2"])
    ages = tuple(word for code, word in labels.AGE_BAND.items() if code)
    return (
        (9, ((_("接待时间"), ()), (_("地点"), ()))),
        (9, ((_("来访人"), ()), (_("电话"), ()))),
        (9, ((_("性别 / 年龄段"), (*sexes, *ages)),)),
        (9, ((_("住址或网格"), ()), (_("同行人数"), ()))),
        (9, ((_("本选区选民"), voter), (_("初访或重访"), tuple(labels.FIRST_OR_REPEAT.values())))),
        (9, ((_("来访形式"), kinds),)),
        (9, ((_("接待代表"), ()), (_("登记人"), ()))),
        (11, ((_("事由"), ()),)),
        (35, ((_("反映问题\n（原话）"), ()),)),
        (22, ((_("诉求"), ()),)),
        (22, ((_("代表意见"), ()),)),
        (20, ((_("类别"), form.categories),)),
        (9, ((_("处理"), tuple(labels.OUTCOME.values())),)),
        (9, ((_("级别"), levels),)),
        (9, ((_("答复或去向"), ()),)),
        (9, ((_("特别情况"), special),)),
        (9, ((_("告知同意"), (_("已告知"), *form.consents)),)),
        (13, ((_("来访人签名"), ()), (_("代表签名"), ()))),
    )
