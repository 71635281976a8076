"""What many tests share: one small demo company with a trained model, built once, and copies of it to work on."""

import fcntl
import functools
import gc
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import bcrypt
import duckdb
import hypothesis
import pytest
from redshift_wire import Access, Certificate, RedshiftServer
from redshift_wire.grammar import wrong_with

from embedded_redshift import database
from jobrec_ui.access import accounts
from jobrec_ui.commands import first_start
from jobrec_ui.settings import local_url, settings
from jobrec_ui.warehouse import Warehouse, setup, sqlfiles

ROOT = Path(__file__).resolve().parents[1]

# How long an example takes is up to the machine and to what else it does; pytest-timeout stops what hangs.
hypothesis.settings.register_profile("any machine", deadline=None, max_examples=50)
hypothesis.settings.register_profile("quick", hypothesis.settings.get_profile("any machine"), max_examples=10)
hypothesis.settings.load_profile("any machine")

# Nearly all that a test makes is gone without the garbage collector; looking for garbage less often saves a tenth.
gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _new_files_are_copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A new file of the embedded warehouse is a copy of one that was new before: to fill it takes as long as a test."""
    new = tmp_path_factory.mktemp("new file") / "warehouse.duckdb"
    database.Database.open(str(new)).release()
    connect = database._connect

    def connect_to_copy(path: str, options: Mapping[str, str]) -> duckdb.DuckDBPyConnection:
        if os.access(Path(path).parent, os.W_OK) and not Path(path).exists():
            shutil.copyfile(new, path)
        return connect(path, options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_connect", connect_to_copy)
        yield


@dataclass(frozen=True)
class Installation:
    """A home folder with a warehouse and users, as `make run` leaves one. ``passwords`` by user name."""

    home: Path
    passwords: dict[str, str]
    warehouse_url: str

    @property
    def users_file(self) -> Path:
        return self.home / "users.yaml"


# Tests of these, and those marked over_the_wire, run a second time against a server that stands for Redshift.
TWICE = {"desk", "matching"}

# Why tests are slow that take these. Other reasons are marked at the tests, and for the folder in browser/.
SLOW = {
    "certificate": "wire",
    "moto": "wire",
    "demo_warehouse": "company",
    "one_version_file": "training",
    "run_alone": "process",
}

Reach = Callable[[Path], str]
BuildOnce = Callable[..., Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leaves out what runs a second time and is marked embedded_only; marks why tests are slow."""

    def over_the_wire(item: pytest.Item) -> bool:
        return getattr(getattr(item, "callspec", None), "params", {}).get("reach") == "redshift"

    items[:] = [item for item in items if not (over_the_wire(item) and item.get_closest_marker("embedded_only"))]
    for item in items:
        if over_the_wire(item):
            item.add_marker("wire")
        for fixture in SLOW.keys() & getattr(item, "fixturenames", ()):
            item.add_marker(SLOW[fixture])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Both ways to a warehouse for the tests that run twice. Tests with hypothesis, or marked embedded_only, do not."""
    if "reach" in metafunc.fixturenames:
        node = metafunc.definition
        chosen = node.path.parent.name in TWICE or node.get_closest_marker("over_the_wire")
        spared = node.get_closest_marker("embedded_only") or hasattr(metafunc.function, "hypothesis")
        ways = ["embedded", "redshift"] if chosen and not spared else ["embedded"]
        metafunc.parametrize("reach", ways, indirect=True, scope="session")


@pytest.fixture(scope="session")
def reach(request: pytest.FixtureRequest, run_folder: Path) -> Iterator[Reach]:
    """Gives the address of the warehouse in a file: the embedded one's, or that of a server in front of it."""
    if request.param == "embedded":
        yield local_url
        return
    certificate: Certificate = request.getfixturevalue("certificate")
    servers: list[RedshiftServer] = []

    def serve(path: Path) -> str:
        access = Access(users={"recruiting": secrets.token_urlsafe(12)}, tls=certificate.context)
        servers.append(RedshiftServer(path, access))
        servers[-1].start()
        return servers[-1].url()

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(certificate.path))
        yield serve
        for server in servers:
            server.stop()
    # Everything that was asked over the wire, by all tests of this process that went over it.
    sent = (sql for server in servers for sql in server.statements)
    assert wrong_with(sent, looked_at=run_folder / "statements looked at") == []


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """The certificate of the servers that stand for Redshift. To trust it: name its path in SSL_CERT_FILE."""
    return Certificate.make(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """The address of a server that plays AWS."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a run share."""
    root = tmp_path_factory.getbasetemp()
    return root.parent if "PYTEST_XDIST_WORKER" in os.environ else root


@pytest.fixture(scope="session")
def build_once(run_folder: Path) -> BuildOnce:
    """build_once(name, build): the file of a warehouse that ``build`` filled, once for all processes of a run.

    It begins with an empty one, or with a copy of the file ``onto``. To copy, not to open: a file is for one process.
    """

    def built(name: str, build: Callable[[Warehouse], object], onto: Path | None = None) -> Path:
        finished = run_folder / "built" / name / "warehouse.duckdb"
        finished.parent.mkdir(parents=True, exist_ok=True)
        with open(finished.parent / "lock", "w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not finished.exists():
                building = finished.with_name("building.duckdb")
                building.unlink(missing_ok=True)  # of a build that failed
                if onto is not None:
                    shutil.copyfile(onto, building)
                warehouse = Warehouse(local_url(building))
                try:
                    build(warehouse)
                finally:
                    warehouse.close()
                assert not Path(f"{building}.wal").exists(), "somebody has the file open still"
                building.rename(finished)
        return finished

    return built


@pytest.fixture(scope="session")
def set_up_file(build_once: BuildOnce) -> Path:
    """The file of a warehouse after `setup`, without a row. To copy."""
    return build_once("set up", setup.set_up)


@pytest.fixture(scope="session")
def demo_warehouse(build_once: BuildOnce) -> Path:
    """The file of a demo company with a trained model. To copy.

    JOBREC_TEST_DEMO names one that was built before, for those who run single tests again and again.
    """
    if built := os.environ.get("JOBREC_TEST_DEMO"):
        return Path(built)
    return build_once("demo", lambda wh: first_start.build(wh, candidates=600, postings=60, interactions=6000))


@pytest.fixture(scope="session", autouse=True)
def slow_bcrypt() -> Iterator[tuple[Callable[[int], bytes], str]]:
    """What production hashes with: its salts and the hash of nobody. Tests take the fewest rounds instead."""
    gensalt, nobody = bcrypt.gensalt, accounts._NOBODY
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts.bcrypt, "gensalt", lambda rounds: gensalt(4))
        patch.setattr(accounts, "_NOBODY", bcrypt.hashpw(b"nobody", gensalt(4)).decode())
        yield gensalt, nobody


@pytest.fixture(scope="session")
def make_installation(demo_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Installation]:
    """Makes a new home folder with its own copy of the demo warehouse and the two demo users."""

    def make(reach: Reach = local_url) -> Installation:
        home = tmp_path_factory.mktemp("home")
        shutil.copyfile(demo_warehouse, home / "warehouse.duckdb")
        passwords = accounts.ensure_demo_users(home / "users.yaml")
        return Installation(home, passwords, reach(home / "warehouse.duckdb"))

    return make


@pytest.fixture(scope="session")
def shared_installation(make_installation: Callable[..., Installation], reach: Reach) -> Installation:
    """One installation for all tests of this process that do not change its data."""
    return make_installation(reach)


@pytest.fixture
def installation(shared_installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """The shared installation, with the settings of this process pointing to it."""
    monkeypatch.setenv("JOBREC_HOME", str(shared_installation.home))
    monkeypatch.setenv("JOBREC_WAREHOUSE", shared_installation.warehouse_url)
    monkeypatch.delenv("JOBREC_USERS", raising=False)
    settings.cache_clear()
    yield shared_installation
    settings.cache_clear()


@pytest.fixture(scope="session")
def quick_app_tests() -> Iterator[None]:
    """Each AppTest looks through all that is installed for components, as a server does once: a sixth of its time."""
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as patch:
        scan = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture
def sql_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Writes SQL files into a directory of the test's own; the named statements come from there until it ends."""
    root = tmp_path / "sql"
    # What every use of a connection needs.
    shutil.copytree(sqlfiles.SQL_ROOT / "warehouse" / "session", root / "warehouse" / "session")
    monkeypatch.setattr(sqlfiles, "SQL_ROOT", root)
    sqlfiles.read.cache_clear()

    def write(name: str, text: str) -> None:
        path = root / f"{name}.sql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    yield write
    sqlfiles.read.cache_clear()
