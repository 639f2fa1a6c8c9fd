"""A certificate authority of the county's own, and the hub's certificate from it, for a county that has none.

The authority is made once; the hub's certificate is made anew whenever it runs out or the hub is called by
another name. Desks believe the authority by what their sheet says of it (`pin`).
"""

import hashlib
import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desk import clock
from desk.errors import InputProblem, StoreProblem
from desk.text import _
from desk.wire import codes

FOLDER: Final = "tls"
"""The folder of all four files below the data folder."""

DAYS: Final = 730
"""How long the hub's certificate lives unless the operator says otherwise."""

_AUTHORITY_DAYS = 7300
_BEFORE = timedelta(days=2)  # for desks whose clock is a little slow
_Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Files:
    """Where everything lies."""

    folder: Path

    @property
    def authority(self) -> Path:
        """The authority's certificate."""
        return self.folder / "county-ca.pem"

    @property
    def authority_key(self) -> Path:
        """The authority's key: whoever has it can pass for the hub. Keep it away from the hub."""
        return self.folder / "county-ca.key"

    @property
    def certificate(self) -> Path:
        """The hub's certificate with the authority's behind it, as a server shows them."""
        return self.folder / "hub.pem"

    @property
    def key(self) -> Path:
        """The hub's key."""
        return self.folder / "hub.key"

    @property
    def are_there(self) -> bool:
        """Whether a hub can serve by them."""
        return self.certificate.exists() and self.key.exists()


def make(files: Files, county: str, hosts: Sequence[str], days: int = DAYS) -> str:
    """Make the hub's certificate for these names and addresses, the authority too if there is none.

    Returns:
        The pin of the authority.

    Raises:
        InputProblem: no host, a host that is none, or the days are not between 1 and 3650.
        StoreProblem: the authority's key is not where it was.
    """
    if not 1 <= days <= 3650:
        raise InputProblem(_("有效期要在 1 和 3650 天之间"), field="days")
    names = [_name_of(each) for each in hosts]
    if not names:
        raise InputProblem(_("请写电脑用来连接的网址名或 IP"), field="host")
    files.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority, authority_key = _authority(files, county)
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        _builder(hosts[0], authority.subject, key, days)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )
    _keep(files.key, _secret(key))
    _keep(files.certificate, _public(made) + _public(authority))
    return pin_of(files)


def pin_of(files: Files) -> str:
    """Return what sheets say of the authority; "" where there is none of our own."""
    if not files.authority.exists():
        return ""
    made = x509.load_pem_x509_certificate(files.authority.read_bytes())
    der = made.public_bytes(serialization.Encoding.DER)
    return codes.of_bytes(hashlib.sha256(der).digest(), codes.PIN)


def _authority(files: Files, county: str) -> tuple[x509.Certificate, _Key]:
    if files.authority.exists():
        if not files.authority_key.exists():
            raise StoreProblem(
                _("县级证书的私钥不在这里：{path}").format(path=files.authority_key),
                way_out=_("请把保存在别处的私钥放回来再做；做完再拿走。"),
            )
        found = serialization.load_pem_private_key(files.authority_key.read_bytes(), password=None)
        if not isinstance(found, _Key):
            raise StoreProblem(_("县级证书的私钥读不出来"))
        return x509.load_pem_x509_certificate(files.authority.read_bytes()), found
    key = ec.generate_private_key(ec.SECP256R1())
    name = _("{county}接待台证书").format(county=county)
    made = (
        _builder(name, _called(name), key, _AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    _keep(files.authority_key, _secret(key))
    _keep(files.authority, _public(made))
    return made, key


def _builder(name: str, issuer: x509.Name, key: _Key, days: int) -> x509.CertificateBuilder:
    now: datetime = clock.now()
    return (
        x509.CertificateBuilder()
        .subject_name(_called(name))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _name_of(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        plain = host.encode("idna").decode()
    except UnicodeError as error:
        raise InputProblem(_("这不像一个网址名：{host}").format(host=host), field="host") from error
    if not plain or not plain.replace("-", "").replace(".", "").isalnum():
        raise InputProblem(_("这不像一个网址名：{host}").format(host=host), field="host")
    return x509.DNSName(plain)


def _keep(path: Path, text: bytes) -> None:
    # Written beside and moved: a hub that starts meanwhile finds the old or the new.
    beside = path.with_suffix(f"{path.suffix}.new")
    file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "wb") as out:
        out.write(text)
    beside.replace(path)


def _secret(key: _Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _public(made: x509.Certificate) -> bytes:
    return made.public_bytes(serialization.Encoding.PEM)
