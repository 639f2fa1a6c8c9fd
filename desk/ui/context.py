"""What every page receives: the services and the four ways to speak to the rest of the house."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.notices import Notices
from desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from desk.services.kit import Services


@dataclass(frozen=True)
class Context:
    """The bundle handed to each page; a page knows nothing else of the house."""

    services: "Services"
    tasks: Tasks
    notices: Notices
    navigator: Navigator
    live: Live
