"""Gets an installation ready and serves the app: what ``make run`` does.

The first start makes the demo company and two users. Their passwords are generated, printed, and kept in
<home>/demo_logins.txt, which only its owner can read; whoever can read that file can read the warehouse beside it as
well. A password that was changed since is not printed any more.
"""

import contextlib
import gc
import os
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import bcrypt

from jobrec_ui import matching, models
from jobrec_ui.access import accounts
from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError, JobrecError
from jobrec_ui.jobs.clock import Clock
from jobrec_ui.models import background, lifecycle
from jobrec_ui.models.costs import trains_elsewhere
from jobrec_ui.settings import ROOT, Settings, local_url, settings
from jobrec_ui.warehouse import Warehouse, setup
from jobrec_ui.warehouse.progress import Progress

_WAIT_SECONDS = 60
# In the installation's folder while the first start is not done with the demo company.
_UNFINISHED = "first_start_unfinished"
# Among so many candidates a ranking is a fifteenth quicker on two cores than on one, and takes a sixth more of them: no
# gain where several people work at once.
_ONE_CORE_EACH = 25_000


def run(address: str, port: int, progress: Progress) -> None:
    """Prepares what is missing, serves the app until it is stopped, and prints where it is once it answers.

    Raises InputError if the port is taken, WarehouseError.
    """
    _refuse_taken_port(address, port)
    current = settings()
    current.make_home()
    wh = Warehouse(current.warehouse_url)
    try:
        prepare_data(wh, progress, demo=_demo_is_wanted(current))
        share_cores(wh)
        background.resume(wh, models.open_version(wh))
        clock = Clock(wh)
        logins = prepare_logins(current)
        url = f"http://{'localhost' if address in ('127.0.0.1', '0.0.0.0') else address}:{port}"
        announcement, stopped = _announcement(url, logins, current), threading.Event()
        announcing = threading.Thread(target=_announce, args=(address, port, announcement, wh, stopped), daemon=True)
        announcing.start()
        clock.start()
        try:
            _serve(address, port)
        finally:
            stopped.set()
            clock.stop()
            announcing.join(_WAIT_SECONDS)  # a thread that is in the warehouse when the process ends brings it down
            gc.unfreeze()  # so that the end of the process finds it
    finally:
        wh.close()


def prepare_data(wh: Warehouse, progress: Progress, *, demo: bool = True) -> None:
    """Makes the demo company in an empty warehouse, and trains on data that has no model yet.

    Without ``demo`` an empty warehouse stays empty: who brought a warehouse or users of their own wants data of their
    own. Features that are not those of the data are made anew, and what an interrupted first start left undone is done
    now. Raises WarehouseError.
    """
    unfinished = settings().home / _UNFINISHED
    setup.make_app_tables(wh)
    if data_version(wh) is None:
        if not demo:
            progress("There are no data yet: an admin loads them on the page Data")
            return
        from jobrec_ui.commands import first_start  # a later start need not wait for what it imports

        progress("First start: making the demo company")
        settings().make_home()
        unfinished.touch(mode=0o600)
        first_start.build(wh, until=date.today(), progress=progress)
    elif models.live_version(wh) is None and not _was_held_back(wh):
        progress("There is data but no model yet: training one")
        _train(wh, progress)
    else:
        models.ensure_features(wh, progress)
    if unfinished.exists():
        _begin_a_list(wh)
        unfinished.unlink()


def _train(wh: Warehouse, progress: Progress) -> None:
    """Trains the first model, or goes on with a training that a start before this one was at."""
    models.ensure_features(wh, progress)
    try:
        on_its_way = models.open_version(wh)
        if on_its_way is not None and not trains_elsewhere(wh):
            lifecycle.finish(wh, on_its_way.version, progress)
        if on_its_way is None or models.live_version(wh) is None:
            models.train(wh, requested_by="first start", progress=progress)
    except InputError as error:  # lists are sorted by likeness until there is one
        progress(f"No model: {error}")


def _was_held_back(wh: Warehouse) -> bool:
    """Whether a version was trained on just these data and is not good enough: another would be no better."""
    tried, loaded = models.list_versions(wh), data_version(wh)
    return (
        bool(tried) and loaded is not None and (tried[0].state, tried[0].data_version) == ("held back", loaded.version)
    )


def _begin_a_list(wh: Warehouse) -> None:
    from jobrec_ui.commands import first_start

    version = models.live_version(wh)
    if version is not None:
        first_start.begin_a_list(wh, version)


def _demo_is_wanted(current: Settings) -> bool:
    """Whether an empty warehouse is to get the demo company: the installation's own file, and nobody may log in yet.

    An interrupted first start goes on, whoever was added meanwhile.
    """
    is_own_file = current.warehouse_url == local_url(current.home / "warehouse.duckdb")
    return is_own_file and (not accounts.list_users(current.users_file) or (current.home / _UNFINISHED).exists())


def share_cores(wh: Warehouse) -> None:
    """Where there are few candidates, has an embedded warehouse run a statement on one core. Raises WarehouseError."""
    loaded = data_version(wh)
    if loaded is not None and loaded.candidates <= _ONE_CORE_EACH:
        wh.one_core_each()


def refuse_if_loaded(wh: Warehouse) -> None:
    """Raises InputError if the warehouse holds data: the demo company must not mix with a real one."""
    setup.make_app_tables(wh)
    loaded = data_version(wh)
    if loaded is not None and (loaded.candidates or loaded.postings):
        raise InputError(
            f"This warehouse already holds data ({loaded.candidates:,} candidates, {loaded.postings:,} postings). Name "
            "another one with --warehouse, or write the demo files only, with --out."
        )


def prepare_logins(current: Settings) -> dict[str, str]:
    """The demo users' passwords, made now or kept from the first start; without those that were changed since."""
    kept = current.home / "demo_logins.txt"
    made = accounts.ensure_demo_users(current.users_file)
    if made:
        _write_private(kept, "".join(f"{name} {password}\n" for name, password in made.items()))
        return made
    try:
        lines = kept.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    logins = dict(line.split(" ", 1) for line in lines if " " in line)
    users = accounts.read_users(current.users_file)
    return {
        name: password
        for name, password in logins.items()
        if name in users and bcrypt.checkpw(password.encode(), users[name].password_hash.encode())
    }


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)


def _refuse_taken_port(address: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, OverflowError) as error:
            raise InputError(
                f"The app cannot listen on {address}, port {port} ({getattr(error, 'strerror', None) or error}). "
                "Choose another port, such as: make run PORT=8600."
            ) from error


def _announcement(url: str, logins: Mapping[str, str], current: Settings) -> str:
    lines = ["", f"  Jobrec is ready: {url}", ""]
    if logins:
        lines += [f"  {name:<10} {password}" for name, password in logins.items()]
        lines += ["", f"  These logins are kept in {current.home / 'demo_logins.txt'}, readable by you only."]
    else:
        lines += ["  Log in with your own users: python -m jobrec_ui user list"]
    lines += ["  New password: python -m jobrec_ui user passwd NAME. Stop: Ctrl-C.", ""]
    return "\n".join(lines)


def _announce(address: str, port: int, announcement: str, wh: Warehouse, stopped: threading.Event) -> None:
    """Prints where the app is, once it answers there; then does what the first visitor would wait for."""
    host = "127.0.0.1" if address == "0.0.0.0" else address
    deadline = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://{host}:{port}/_stcore/health", timeout=2):
                break
        except OSError:
            if stopped.wait(0.05):
                return
    print(announcement, flush=True)
    import altair  # noqa: F401 - takes a while: imported now rather than at the first visit

    if not stopped.is_set():
        with contextlib.suppress(JobrecError):  # no data, no model: the pages say so
            _warm_up(wh)
    # What was made so far stays for good. Looking through it whenever Python collects garbage took a fifth of a second,
    # in which nobody else gets on.
    gc.collect()
    gc.freeze()


def _warm_up(wh: Warehouse) -> None:
    """Ranks and explains once: the long statements are translated and the model is read at their first use."""
    if data_version(wh) is None:
        return
    version, newest = models.live_version(wh) or models.LIKENESS, matching.find_postings(wh, "", limit=1)
    if newest.empty:
        return
    posting_id = str(newest["posting_id"].iloc[0])
    ranked = matching.rank_candidates(wh, posting_id, version, limit=1)
    for candidate_id in ranked["candidate_id"]:
        matching.explain(wh, posting_id, candidate_id, version)


def _serve(address: str, port: int) -> None:
    """Streamlit in this process, which has opened the warehouse and imported what the pages need."""
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.web import cli

    # st.navigation says so too, but only once a first page has run: until then a deep link would not find its page,
    # because of a folder called pages/.
    PagesManager.uses_pages_directory = False
    sys.argv = [
        "streamlit",
        "run",
        str(ROOT / "streamlit_app.py"),
        f"--server.address={address}",
        f"--server.port={port}",
        "--server.headless=true",
        "--logger.hideWelcomeMessage=true",
    ]
    cli.main(standalone_mode=False)
