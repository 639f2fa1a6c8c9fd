"""Every paper of the desk: gathers values by rights, masked, and has them drawn.

What goes to the printer or into a file is written down by `print_jobs`; a number is made by its visit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.errors import InputProblem
from desk.models.device import Device
from desk.models.own import own
from desk.models.station import Station
from desk.models.store import Store
from desk.models.visit import Visit
from desk.rules import local_rules
from desk.rules.board_code import board_code
from desk.rules.numbers import show_spoken
from desk.rules.numerals import plain_date
from desk.services import audit, deputy_cards, ledger_rows, ledger_xlsx, receipt_paper
from desk.services.outcome import Done
from desk.services.pads import Pads
from desk.services.pdf import (
    blank_form,
    decode,
    deputy_wall,
    operation_card,
    receipt,
    receipt_roll,
    recovery_sheet,
    render,
    station_board,
    thermal,
    visits_ledger,
)
from desk.services.pdf.receipt_values import ReceiptPaper
from desk.services.print_jobs import Paper as Kind
from desk.services.print_jobs import PrintJobs
from desk.services.profiles import Profiles
from desk.services.receipts import Receipts
from desk.services.session import Session
from desk.text import _


@dataclass(frozen=True)
class Paper:
    """A finished paper. `images` are one-bit PNGs for a thermal printer; `codes` what its squares say.

    `record_id`, `number`, `reprint` and `parts` (see PrintJobs.queue) are for the print ledger; `note` is a
    word on what it holds; `copies` are as many as are needed of it (MED-12).
    """

    kind: Kind
    title: str
    pdf: bytes
    pages: int
    record_id: str = ""
    number: str = ""
    reprint: int = 0
    images: tuple[bytes, ...] = ()
    codes: tuple[str, ...] = ()
    note: str = ""
    parts: tuple[str, ...] = ()
    copies: int = 1


@dataclass(frozen=True)
class BoardRules:
    """What the profile says of boards: from how far a code is to be read, in cm, and what stands below it.

    `phones_open` tells whether there is a page that a phone finds by the code; without one nobody is invited
    to scan.
    """

    wall_cm: int
    station_cm: int
    phones_open: bool
    invite: str
    note: str


class Papers:
    """Makes papers for whoever is signed on."""

    def __init__(
        self,
        store: Store,
        session: Session,
        *,
        profiles: Profiles,
        receipts: Receipts,
        print_jobs: PrintJobs,
        pads: Pads,
    ) -> None:
        """Use the open store and the services whose records the papers show."""
        self._store = store
        self._session = session
        self._profiles = profiles
        self._receipts = receipts
        self._print_jobs = print_jobs
        self._pads = pads

    def receipt(self, visit_id: str, paper: str = "A5") -> Done[Paper]:
        """Return the receipt of a visit with its stub, on "A5", or as strips for an "80" or "58" mm roll.

        A safe visit's is plain whoever asks. Raises AccessProblem without the right, InputProblem for a visit
        without a number, PaperProblem when a character has no glyph.
        """
        self._session.require("print", "receipt")
        with self._store.write(self._session.user.id) as rows:
            visit = rows.get_one(Visit, visit_id)
            if not visit.number:
                raise InputProblem(_("还没有编号，先登记姓名和事由。"), field="subject")
            issued = self._receipts.issue(rows, visit)
        reprint = self._print_jobs.reprints(visit_id)
        with self._store.read() as rows:
            values = receipt_paper.gather(rows, issued, self._profiles.current(), reprint=reprint)
        pdf, images = _draw_receipt(values, paper)
        made = Paper(
            kind="receipt",
            title=values.title,
            pdf=pdf,
            pages=_pages(pdf),
            record_id=visit_id,
            number=issued.number,
            reprint=reprint,
            images=images,
            codes=(issued.code,),
        )
        return Done(made, frozenset({"receipt", "visit"} if issued.fresh else ()))

    def board_rules(self) -> BoardRules:
        """Return what the profile says of boards today."""
        profile, today = self._profiles.current(), clock.today()
        tail = "" if self._host() else "_offline"
        return BoardRules(
            wall_cm=profile.number("board.distance.wall", today),
            station_cm=profile.number("board.distance.station", today),
            phones_open=not tail,
            invite=profile.text(f"board.invite{tail}", today),
            note=profile.text(f"board.note{tail}", today),
        )

    def station_board(self, code_side: float = station_board.CODE_SIDE) -> Paper:
        """Return the station's board; its code of `code_side` mm was read back from the finished page."""
        self._session.require("print", "board")
        rules = self.board_rules()
        with self._store.read() as rows:
            station = _station(rows)
        code = board_code(station.code, host=self._host())
        pdf = station_board.draw(
            station_board.StationBoard(
                station=station.name,
                phone=station.phone,
                address=station.address,
                hours=station.open_hours,
                code=code,
                invite=rules.invite,
                note=rules.note,
                code_side=code_side,
            )
        )
        return Paper("station_board", _("站点二维码牌"), pdf, 1, station.record_id, codes=(code,))

    def deputy_wall(
        self,
        deputy_ids: Sequence[str],
        layout: str = "A3",
        *,
        code_side: float = 0,
        told: decode.Told | None = None,
    ) -> Paper:
        """Return the wall of these deputies in their order: "A3" six to a sheet, "A4" one.

        `code_side` is one of the layout's in mm, 0 for the usual one. `told(done, of)` hears how far it is
        and may call the work off by raising.
        Raises InputProblem when none was picked, PaperProblem when a code does not read back.
        """
        self._session.require("print", "board")
        if not deputy_ids:
            raise InputProblem(_("请先选要上墙的代表。"), field="deputies")
        host = self._host()
        with self._store.read() as rows:
            station = _station(rows)
            cards = tuple(deputy_cards.card(rows, station, deputy_id, host) for deputy_id in deputy_ids)
        wall = deputy_wall.DeputyWall(
            title=deputy_cards.wall_title(station.name),
            phone=station.phone,
            hours=_("接待 {hours}").format(hours=station.open_hours) if station.open_hours else "",
            cards=cards,
            invite=self.board_rules().invite,
        )
        pdf = deputy_wall.draw(wall, deputy_wall.LAYOUTS[layout].with_code(code_side), told=told)
        codes = tuple(card.code for card in cards)
        return Paper("deputy_wall", _("代表公示墙"), pdf, _pages(pdf), station.record_id, codes=codes)

    def visits_ledger(self, day_from: date, day_to: date) -> Paper:
        """Return 接待选民登记簿 of these days as A4 landscape. Raises as `ledger_rows.gather`."""
        self._session.require("print", "ledger")
        with self._store.read() as rows:
            ledger = ledger_rows.gather(
                rows, self._session, self._profiles.current(), day_from=day_from, day_to=day_to
            )
        pdf = visits_ledger.draw(ledger)
        counts = _("{batches} 批次 · {people} 人次").format(batches=ledger.batches, people=ledger.people)
        return Paper("visits_ledger", ledger.title, pdf, _pages(pdf), f"{day_from}/{day_to}", note=counts)

    def visits_ledger_xlsx(self, day_from: date, day_to: date) -> bytes:
        """Return the same ledger as a workbook; the export is written down (SEC-05)."""
        self._session.require("export", "ledger")
        user_id = self._session.user.id
        with self._store.write(user_id) as rows:
            ledger = ledger_rows.gather(
                rows, self._session, self._profiles.current(), day_from=day_from, day_to=day_to
            )
            audit.append(rows, "export", user_id=user_id, noun="ledger", target_id=f"{day_from}/{day_to}")
        return ledger_xlsx.write(ledger)

    def blank_forms(self, count: int) -> Done[Paper]:
        """Reserve `count` numbers and return as many blank F-50 forms. Raises InputProblem unless 1…200."""
        self._session.require("print", "visit")
        reserved = self._pads.reserve(count)
        profile, today = self._profiles.current(), clock.today()
        with self._store.read() as rows:
            station = _station(rows)
        form = blank_form.BlankForm(
            station=station.name,
            phone=station.phone,
            numbers=tuple((pad.number, show_spoken(pad.spoken)) for pad in reserved.value),
            categories=tuple(topic.label for topic in local_rules.categories(profile, today)),
            notice=profile.text("notice.short", today),
            consents=(profile.text("consent.phone", today), profile.text("consent.contact", today)),
        )
        pdf = blank_form.draw(form)
        first, last = reserved.value[0].number, reserved.value[-1].number
        number = first if first == last else f"{first}–{last}"
        return Done(Paper("blank_form", _("空白登记表"), pdf, count, number=number), reserved.changed)

    def recovery_sheet(self, code: str) -> Paper:
        """Return the sheet with a recovery code just made; it is not kept anywhere."""
        with self._store.read() as rows:
            station = _station(rows)
            device = rows.get(Device, self._store.device_id)
        now = clock.now()
        made = f"{plain_date(now)} {now:%H:%M}"
        sheet = recovery_sheet.RecoverySheet(
            station=station.name,
            device_letter=device.letter if device else "",
            code=code,
            made_by=self._session.user.name,
            made_text=made,
        )
        return Paper("recovery_sheet", _("恢复单"), recovery_sheet.draw(sheet), 1)

    def operation_card(self) -> Paper:
        """Return the one-page 操作卡 with the keys of this version."""
        with self._store.read() as rows:
            station = _station(rows)
        pdf = operation_card.draw(station.name, operation_card.standard())
        return Paper("operation_card", _("操作卡"), pdf, _pages(pdf))

    def _host(self) -> str:
        return self._profiles.current().text("receipt.host", clock.today())


def _station(rows: Rows) -> Station:
    return rows.scalars(own(rows, Station).limit(1)).one()


def _draw_receipt(values: ReceiptPaper, paper: str) -> tuple[bytes, tuple[bytes, ...]]:
    """Return the PDF and, for a roll, the pictures of the visitor's strip and of the stub."""
    if paper not in thermal.DOTS:
        return receipt.draw(values), ()
    dots = thermal.DOTS[paper]
    strips = (receipt_roll.draw(values, dots), receipt_roll.draw_stub(values, dots))
    return strips[0], tuple(thermal.picture(strip, dots) for strip in strips)


def _pages(pdf: bytes) -> int:
    return render.page_count(pdf)
