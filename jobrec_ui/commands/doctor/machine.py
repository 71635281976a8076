"""What can be seen from this machine alone: versions, the settings file, the address and its TLS."""

import importlib.metadata
import re
import sys
from collections.abc import Iterator

import sqlalchemy as sa

from jobrec_ui.commands.doctor.finding import Finding
from jobrec_ui.settings import ROOT, file_path
from jobrec_ui.warehouse import Warehouse

_PINNED = re.compile(r"^([\w-]+)(?:\[\w+\])?==(\S+)", re.MULTILINE)


def look(wh: Warehouse) -> Iterator[Finding]:
    """Versions, settings, address."""
    yield _versions()
    path = file_path()
    if path.exists():
        if path.stat().st_mode & 0o077:
            yield Finding("wrong", "Settings file", f"Others on this machine may read {path}.", f"chmod 600 {path}")
        else:
            yield Finding("ok", "Settings file", str(path))
    yield _tls(wh)


def _versions() -> Finding:
    pinned = dict(_PINNED.findall((ROOT / "requirements.txt").read_text(encoding="utf-8")))
    others = []
    for name, version in pinned.items():
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found = "missing"
        if found != version:
            others.append(f"{name} {found} instead of {version}")
    if others:
        return Finding("note", "Versions", "; ".join(others), "pip install -r requirements.txt")
    driver = f"redshift-connector {pinned['redshift-connector']}, sqlalchemy-redshift {pinned['sqlalchemy-redshift']}"
    return Finding("ok", "Versions", f"Python {sys.version.split()[0]}, {driver}: as tested.")


def _tls(wh: Warehouse) -> Finding:
    if not wh.in_aws:
        return Finding("ok", "TLS", "Not needed: the warehouse is in this process.")
    _, arguments = wh.engine.dialect.create_connect_args(sa.make_url(wh.url))
    if not arguments["ssl"]:
        return Finding(
            "note",
            "TLS",
            "Off: everything, passwords too, goes unencrypted unless a tunnel encrypts it.",
            "Remove ssl=false from the address.",
        )
    if arguments["sslmode"] != "verify-full":
        return Finding("note", "TLS", "On; who signed the certificate is checked, the host's name in it is not.")
    return Finding("ok", "TLS", "On; certificate and host name are checked.")


def address(wh: Warehouse) -> str:
    """The warehouse's address without anything secret."""
    url = sa.make_url(wh.url)
    return url.database or "" if not wh.in_aws else f"{url.host}:{url.port or 5439}/{url.database}"
