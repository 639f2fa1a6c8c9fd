"""What may go wrong and be told to a person.

    Problem                 a sentence for the user and the way out
    ├── InputProblem        something typed or imported cannot be used; names the field
    ├── AccessProblem       not allowed, wrong password, locked out
    ├── StoreProblem        the local file: damaged, newer, wrong key, disk full, network share
    ├── KeyringProblem      the system keyring is missing, locked or changed
    ├── PaperProblem        a paper cannot be drawn or printed (missing glyph, printer gone)
    ├── ClockProblem        the computer's clock is implausible and must be confirmed
    └── HubProblem          the county's hub gave no answer, or refuses this PC; `field` says which

Everything else is a bug and is allowed to fly.
"""


class Problem(Exception):
    """A failure with a sentence a clerk understands and, if there is one, the way out."""

    def __init__(self, sentence: str, *, way_out: str = "", field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.way_out = way_out
        self.field = field


class InputProblem(Problem):
    """Something typed or imported cannot be used; `field` names where."""


class AccessProblem(Problem):
    """Not allowed, wrong password, or locked out; `wait_s` seconds must pass before the next try."""

    def __init__(self, sentence: str, *, way_out: str = "", field: str = "", wait_s: int = 0) -> None:
        super().__init__(sentence, way_out=way_out, field=field)
        self.wait_s = wait_s


class StoreProblem(Problem):
    """The local file cannot be opened or written."""


class KeyringProblem(Problem):
    """The system keyring is missing, locked or holds another secret."""


class PaperProblem(Problem):
    """A paper cannot be drawn or printed."""


class ClockProblem(Problem):
    """The computer's clock is implausible and must be confirmed before a number or deadline is made."""


class HubProblem(Problem):
    """The county's hub gave no answer that could be used, or refuses this PC.

    `field` is a stable word for it (`no_line`, or the hub's own); `wait_s` seconds must pass at least before
    the next try.
    """

    def __init__(self, sentence: str, *, way_out: str = "", field: str = "", wait_s: int = 0) -> None:
        super().__init__(sentence, way_out=way_out, field=field)
        self.wait_s = wait_s
