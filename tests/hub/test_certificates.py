"""The county's own authority and the hub's certificate."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store

from desk import clock
from desk.errors import InputProblem, StoreProblem
from desk.hub import certificates
from desk.hub.certificates import Files


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "tls")


def chain(files: Files) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(files.certificate.read_bytes())


def test_it_is_valid_for_the_names_it_was_made_for(files: Files) -> None:
    assert not files.are_there
    pin = certificates.make(files, "示例县", ["hub.example", "10.0.0.5"])
    assert files.are_there
    assert certificates.pin_of(files) == pin
    leaf, authority = chain(files)
    assert x509.load_pem_x509_certificate(files.authority.read_bytes()) == authority
    policy = PolicyBuilder().store(Store([authority])).time(clock.now())
    assert policy.build_server_verifier(x509.DNSName("hub.example")).verify(leaf, []) == [leaf, authority]
    with pytest.raises(Exception, match="subjectAltName"):
        policy.build_server_verifier(x509.DNSName("other.example")).verify(leaf, [])
    assert leaf.not_valid_after_utc - clock.now() > timedelta(days=700)
    for path in (files.authority_key, files.key):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_authority_stays_when_the_hubs_is_made_anew(files: Files) -> None:
    pin = certificates.make(files, "示例县", ["hub.example"])
    before = chain(files)
    assert certificates.make(files, "示例县", ["hub.example"], days=30) == pin
    after = chain(files)
    assert (before[1] == after[1], before[0] == after[0]) == (True, False)
    files.authority_key.rename(files.folder / "away")
    with pytest.raises(StoreProblem):
        certificates.make(files, "示例县", ["hub.example"])
    assert chain(files) == after


@pytest.mark.parametrize(("hosts", "days"), [([], 1), (["a b"], 1), (["hub_x/"], 1), ([""], 1), (["h"], 0)])
def test_what_is_no_host_is_refused(files: Files, hosts: list[str], days: int) -> None:
    with pytest.raises(InputProblem):
        certificates.make(files, "示例县", hosts, days)
    assert not files.are_there


def test_where_there_is_none_there_is_no_pin(files: Files) -> None:
    assert certificates.pin_of(files) == ""
