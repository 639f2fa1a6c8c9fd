"""空白文书: the forms of a mediation to be filled in by hand, at a power cut or in the village.

They carry no case number: one is given when the case is accepted at the desk (CL-5), and written on then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desk import clock
from desk.errors import InputProblem
from desk.models.base import alive
from desk.models.committee import Committee
from desk.rules.dossier import ATTACHED, PAPER
from desk.rules.local_fields import local_fields
from desk.rules.mediation_labels import REMEDY
from desk.services.mediation.case_desk import CaseDesk
from desk.services.mediation.closing_values import ways
from desk.services.papers import Paper
from desk.services.pdf import binding, faces, render
from desk.services.pdf.binding import Sheets
from desk.services.pdf.forms import form
from desk.services.pdf.forms.empty import EmptyPaper
from desk.services.pdf.forms.form import Extras
from desk.text import _

_PARTS: Final[Mapping[str, str]] = {
    **ATTACHED,
    "f13_contents": "卷内目录",
    "f13_note": "卷宗情况说明（备考表）",
    "f13_back": "封底",
}
USUAL: Final = ("f01", "f02", "f03", "f06", "f07", "f09")
"""What is taken along to mediate on the spot, with one notice of rights for each side."""


@dataclass(frozen=True)
class BlankCaseForm:
    """A form that can be printed without a case: its layout, its number (F-01) and its name."""

    code: str
    form: str
    label: str


class BlankCaseForms:
    """Makes them for whoever may print the papers of a committee."""

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk

    def offered(self) -> tuple[BlankCaseForm, ...]:
        """Return every form in the order of the dossier's papers."""
        named = [BlankCaseForm(number.replace("F-", "f"), number, name) for number, name in PAPER.items()]
        parts = [BlankCaseForm(code, f"F-{code[1:3]}", _(name)) for code, name in _PARTS.items()]
        return (*named, *parts)

    def make(self, codes: Sequence[str]) -> Paper:
        """Return these forms in one PDF, each side's notice of rights (F-03) when several are asked for.

        Raises AccessProblem without the right to print papers of the committee, InputProblem when none is
        chosen, PaperProblem when a character has no glyph.
        """
        self._desk.session.require("print", "committee")
        offered = {each.code: each for each in self.offered()}
        if not codes:
            raise InputProblem(_("请先选要打印的空白文书。"), field="forms")
        committee = self._committee()
        drawn = {code: self._draw(code, committee) for code in codes}
        parts = [
            Sheets(offered[code].label, drawn[code], numbered=False)
            for code in codes
            for _copy in range(2 if code == "f03" and len(codes) > 1 else 1)
        ]
        pdf = binding.bind(parts) if len(parts) > 1 else parts[0].content
        title = _("空白文书") if len(codes) > 1 else _("空白{name}").format(name=offered[codes[0]].label)
        return Paper("blank_case_form", title, pdf, render.page_count(pdf), " ".join(codes))

    def _draw(self, code: str, committee: str) -> bytes:
        profile, today = self._desk.profiles.current(), clock.today()
        added = tuple((each, "") for each in local_fields(profile, today, code.partition("_")[0]))
        extras = Extras(faces.of_profile(profile, today), added, by_hand=True)
        return form.draw(code, EmptyPaper({"committee": committee, **_known(code)}), extras)

    def _committee(self) -> str:
        """Return the only committee's name; with several it is left to the hand."""
        with self._desk.store.read() as rows:
            names = [row.name for row in rows.scalars(alive(Committee))]
        return names[0] if len(names) == 1 else _("____________人民调解委员会")


def _known(code: str) -> Mapping[str, object]:
    """Return what stands on a blank form beforehand: whose place is where, how many lines a list has."""
    both = _sides("申请人", "被申请人")
    found: dict[str, object] = {
        "parties": both,
        "parties_present": both,
        "party_names": ("", ""),
        "mediators": ("", ""),
        "investigators": ("", ""),
    }
    for key, sides in _SIDES.get(code, {}).items():
        found[key] = _sides(*sides)
    found.update(_REST.get(code, {}))
    return found


def _sides(*names: str) -> tuple[EmptyPaper, ...]:
    return tuple(EmptyPaper({"kind": "person", "kind_note": " ", "side": _(name)}) for name in names)


_SIDES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "f01": {"applicants": ("申请人",), "respondents": ("被申请人",)},
    "f04": {"principals": ("委托人",)},
    "f05": {"respondents": ("被调查人",)},
    "f10": {"parties": ("申请人甲", "申请人乙")},
}
"""Layout → the parties it has other places for than one a side."""

_REST: Final[Mapping[str, Mapping[str, object]]] = {
    "f01": {"is_oral": False},
    "f11": {"parties": (EmptyPaper(),) * 3},
    "f10_proof": {"parties": "________与________"},
    "f12": {"parties": "", "ways": ways(REMEDY), "remedies": False},
    "f12_referral": {"parties": "________与________"},
    "f13_contents": {"entries": tuple(EmptyPaper({"n": number}) for number in range(1, 17))},
}
"""Layout → what else it wants: sentences that do not belong there, numbers of rows."""
