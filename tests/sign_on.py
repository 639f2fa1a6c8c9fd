"""What tests about signing on share: a device secret kept in memory, and the cheapest cost of a guess."""

from desk import errors
from desk.rules.passwords import LockStep
from desk.services import keys

CHEAP = keys.FLOOR
STEPS = (LockStep(5, 300), LockStep(6, 600), LockStep(8, 1800))
PASSWORD = "柳树下的晚风88"


class MemorySecrets:
    """A keyring of memory. `works` False: there is no usable keyring in this session."""

    def __init__(self, *, works: bool = True) -> None:
        self.works = works
        self.kept: dict[str, bytes] = {}

    def read(self, store_id: str) -> bytes | None:
        """Return the secret, or None."""
        self._refuse_if_broken()
        return self.kept.get(store_id)

    def write(self, store_id: str, secret: bytes) -> None:
        """Keep the secret."""
        self._refuse_if_broken()
        self.kept[store_id] = secret

    def forget(self, store_id: str) -> None:
        """Remove the secret."""
        self._refuse_if_broken()
        self.kept.pop(store_id, None)

    def _refuse_if_broken(self) -> None:
        if not self.works:
            raise errors.KeyringProblem("系统密钥环不可用")
