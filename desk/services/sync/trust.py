"""Whose certificates are believed: the county's own authority if its sheet named one, else the system's.

No data ever goes over a connection that was not checked in full. Two things do: the look at a chain, which
sends nothing, and the question for the time, which is a random number and whose answer is signed.
"""

import hashlib
import ssl
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from desk import clock
from desk.errors import HubProblem
from desk.text import _
from desk.wire import codes

# What OpenSSL says of a certificate that is not valid yet, and of one that is not any more.
_OF_TIME: Final = frozenset({9, 10})
_WRONG_S: Final = 3600
_DAY_S: Final = 86_400


def context(authority: str) -> ssl.SSLContext:
    """Return what checks a server's certificate in full, its name too."""
    if not authority:
        return ssl.create_default_context()
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.load_verify_locations(cadata=authority)
    return made


def unchecked() -> ssl.SSLContext:
    """Return what checks nothing: for a look at the chain, and for the time."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


def chain_of(connection: ssl.SSLSocket) -> tuple[bytes, ...]:
    """Return the certificates a server showed, as DER."""
    if sys.version_info >= (3, 13):
        return tuple(connection.get_unverified_chain())
    # WORKAROUND https://docs.python.org/3.13/library/ssl.html: public from 3.13 on only.
    shown = connection._sslobj.get_unverified_chain()  # type: ignore[attr-defined]  # noqa: SLF001
    return tuple(ssl.PEM_cert_to_DER_cert(each.public_bytes()) for each in shown or ())


def pin_of(certificate: bytes) -> str:
    """Return what a sheet says of a certificate authority: its SHA-256 as far as a person may type it."""
    return codes.of_bytes(hashlib.sha256(certificate).digest(), codes.PIN)


def authority_in(chain: Iterable[bytes], pin: str) -> str:
    """Return the certificate of a chain that the sheet names, as PEM.

    Raises:
        HubProblem: none is.
    """
    for each in chain:
        if pin_of(each).replace("-", "") == pin.replace("-", ""):
            return ssl.DER_cert_to_PEM_cert(each)
    raise HubProblem(
        _("县级平台的证书与登记单上的核对码不符，没有发送任何数据"),
        way_out=_("请对照登记单再输一遍核对码和地址；还不行就联系县里。"),
        field="pin",
    )


def cause_of(error: BaseException) -> ssl.SSLCertVerificationError | None:
    """Return what was wrong with the certificate, None if that was not it."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause
        cause = cause.__cause__ or cause.__context__
    return None


def is_of_time(error: ssl.SSLCertVerificationError) -> bool:
    """Tell whether the dates of the certificate were what was wrong."""
    return getattr(error, "verify_code", 0) in _OF_TIME


def refusal(error: ssl.SSLCertVerificationError, theirs: datetime | None) -> HubProblem:
    """Say what a certificate that was not believed means; theirs: the hub's signed time, if it told it."""
    if not is_of_time(error):
        return HubProblem(
            _("县级平台的证书核对不上，没有发送任何数据"),
            way_out=_("请先核对县级平台的地址和登记单上的核对码；都对的话请联系县里。"),
            field="certificate",
        )
    if theirs is None:
        return HubProblem(
            _("县级平台的证书日期核对不上，没有发送任何数据"),
            way_out=_("请先看本机的日期时间对不对；对的话请联系县里。"),
            field="certificate",
        )
    ahead_s = (clock.now() - theirs).total_seconds()
    if abs(ahead_s) < _WRONG_S:
        return HubProblem(
            _("县级平台的证书过期了或还没生效，没有发送任何数据"),
            way_out=_("本机的时间是对的，请联系县里换证书。"),
            field="certificate",
        )
    return HubProblem(
        _("本机的日期时间{how}，没有发送任何数据").format(how=_how_wrong(ahead_s)),
        way_out=_("请把本机的日期时间改对，再试一次。"),
        field="clock",
    )


def _how_wrong(ahead_s: float) -> str:
    days = round(abs(ahead_s) / _DAY_S)
    words = _("快了 {much}") if ahead_s > 0 else _("慢了 {much}")
    hours = round(abs(ahead_s) / _WRONG_S)
    return words.format(much=_("{n} 天").format(n=days) if days else _("{n} 小时").format(n=hours))
