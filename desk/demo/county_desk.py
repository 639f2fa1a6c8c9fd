"""The end of the second half: a PC of the county, which follows its stations and looks at their visits."""

from functools import partial
from pathlib import Path
from typing import Final

from desk.demo import eyes, setting_up
from desk.demo.county import County
from desk.demo.play import Play, Step, Until
from desk.demo.stage import Stage
from desk.services.login import FirstStart, Login

OFFICE: Final = "示例县人大代表工作机构"
OFFICER: Final = "吴某"
_PULL_S: Final = 120.0


def set_up(data: Path) -> None:
    """Answer the wizard for the county's PC; its pages were shown at the station's."""
    setup = FirstStart(
        station_name=OFFICE,
        station_code="",
        level="county",
        area="示例县",
        phone="0571-80009900",
        user_name=OFFICER,
        password=setting_up.PASSWORD,
        pin="",
        notice_text="本机构登记您的姓名和电话，用于办理和回复。",
        backup_folder="",
    )
    login = Login(data)
    opened = login.first_start(setup)
    opened.store.close()
    login.box.recovery_kept()


class CountyDesk:
    """Steps at the county's PC."""

    def __init__(self, stage: Stage, county: County) -> None:
        self._stage = stage
        self._hands = stage.hands
        self._shoot = stage.shoot
        self._county = county

    def steps(self) -> list[Step]:
        """Return the steps in order."""
        return [Step("县里的电脑登记", self.enrol), Step("县里看各站来访", self.look)]

    def enrol(self) -> Play[None]:
        """Enrol with the code of one of the county's people: from now on it follows all stations."""
        hands = self._hands
        code = yield from self._county.code_of_user(OFFICER)
        yield from self._sign_on()
        yield from hands.click("设置")
        yield from hands.go_to_line("设置的项目", "县级平台")
        yield from hands.fill("登记码", code)
        yield from hands.fill("县级平台的地址", self._county.address)
        yield from hands.click("登记本机")
        yield Until("已同步", lambda: eyes.reads("待同步 0 条") and eyes.reads("已同步"), _PULL_S)
        yield from self._shoot("县里的电脑-已登记")

    def look(self) -> Play[None]:
        """Sign on once more, as a desk of the county, and see a visit of the morning with its station."""
        hands, visits = self._hands, self._stage.record.visits
        yield from hands.press("Ctrl+L")
        yield from hands.click("换人开站")
        yield from self._sign_on()
        yield from hands.click("各站来访")
        for number in [visit.number for visit in visits[:1]]:
            yield hands.until(f"看到 {number}", partial(eyes.lists, "来访列表", number))
        yield from self._shoot("县里的电脑-各站来访")

    def _sign_on(self) -> Play[None]:
        hands = self._hands
        yield from hands.click(f"{OFFICER} 站长")
        yield from hands.type(setting_up.PASSWORD)
        yield from hands.press("Return")
        yield from hands.see("设置", eyes.BUTTONS)
