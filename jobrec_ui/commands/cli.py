"""The command line: ``python -m jobrec_ui …``. Reads options, calls the services, prints what they report.

Results go to stdout, progress to stderr. What a command needs is imported when it runs, so that help is quick.
"""

import argparse
import contextlib
import os
import select
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from jobrec_ui.commands import exit_codes
from jobrec_ui.commands.exit_codes import ERROR, INTERRUPTED
from jobrec_ui.errors import JobrecError, WarehouseError

if TYPE_CHECKING:
    from jobrec_ui.warehouse import Warehouse
    from jobrec_ui.warehouse.progress import Progress


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code (exit_codes.py has the table).

    What nobody foresaw is a sentence too, with the number under which the log has its lines.
    """
    options = _parser().parse_args(arguments)
    if "warehouse" in options:
        os.environ["JOBREC_WAREHOUSE"] = options.warehouse
    from jobrec_ui import logs
    from jobrec_ui.settings import settings
    from jobrec_ui.warehouse.purpose import used_for

    settings.cache_clear()
    try:
        logs.set_up(settings().home, to_stderr=options.command is _run)
        with used_for("batch", f"command {options.name}"):
            code = options.command(options) or exit_codes.DONE
        sys.stdout.flush()
        return int(code)
    except WarehouseError as error:
        print(error.in_full(), file=sys.stderr)
        return ERROR
    except JobrecError as error:
        print(error, file=sys.stderr)
        return ERROR
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        reference = logs.unforeseen(f"command {options.name}", error)
        print(f"Something went wrong that should not. jobrec.log has it under the number {reference}.", file=sys.stderr)
        return ERROR
    return 0


# ---- commands --------------------------------------------------------------------------------------------------------


def _load(options: argparse.Namespace) -> int:
    from jobrec_ui.commands import load

    with _warehouse() as wh:
        return load.run(wh, options, _progress())


def _demo(options: argparse.Namespace) -> None:
    sizes = {name: getattr(options, name) for name in ("candidates", "postings", "interactions", "seed", "until")}
    if options.out:
        from jobrec_ui.data.demo import make_demo, write_demo

        progress = _progress()
        tables = make_demo(**sizes, progress=lambda share, what: progress(f"{what} ({share:.0%})"))
        for path in write_demo(tables, options.out, options.format):
            print(path)
        return
    from jobrec_ui.commands import first_start, serve
    from jobrec_ui.models import report

    with _warehouse() as wh:
        serve.refuse_if_loaded(wh)
        print(report.describe(wh, first_start.build(wh, **sizes, progress=_progress())))


def _day(text: str) -> date:
    """A day for `demo --until`. Raises argparse.ArgumentTypeError for what is no day, or long ago."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not 1970 <= day.year <= 2200:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day between 1970 and 2200, such as 2026-06-30")
    return day


def _train(options: argparse.Namespace) -> int:
    from jobrec_ui.commands import models

    with _fresh_warehouse() as wh:
        return models.train_and_wait(wh, options.requested_by, _progress())


def _models(options: argparse.Namespace) -> int:
    from jobrec_ui.commands import models

    with _fresh_warehouse() as wh:
        return models.run(wh, options, _progress())


def _sql(options: argparse.Namespace) -> None:
    from jobrec_ui.commands import sql

    with _warehouse() as wh:
        sql.run(wh, options)


def _rank(options: argparse.Namespace) -> None:
    from jobrec_ui.matching import batches

    with _fresh_warehouse() as wh:
        if options.postings is None:
            print(batches.rank_open(wh, options.out, options.top, _progress()).text())
        else:
            print(batches.rank(wh, options.postings, options.out, options.top, _progress()).text())


def _score(options: argparse.Namespace) -> None:
    from jobrec_ui.matching import batches

    with _fresh_warehouse() as wh:
        print(batches.score(wh, options.pairs, options.out, _progress()).text())


def _check(options: argparse.Namespace) -> None:
    from jobrec_ui.commands import doctor

    with _warehouse() as wh:
        findings = doctor.examine(wh, lambda text: print(text, flush=True), thoroughly=options.deep)
        print(doctor.conclude(findings))


def _refresh(options: argparse.Namespace) -> None:
    from jobrec_ui.models.refresh import refresh

    with _warehouse() as wh:
        print(refresh(wh, _progress(), anyway=options.anyway).text())


def _setup(options: argparse.Namespace) -> None:
    from jobrec_ui.warehouse import setup

    if options.print:
        print("\n\n".join(setup.statements()))
        return
    with _warehouse() as wh:
        setup.set_up(wh, _progress())
        print("The warehouse has everything. `python -m jobrec_ui check` looks whether this login may use it.")


def _run(options: argparse.Namespace) -> None:
    from jobrec_ui.commands import serve

    serve.run(options.address, options.port, _progress())


def _user(options: argparse.Namespace) -> None:
    from jobrec_ui.access import accounts
    from jobrec_ui.commands.users import new_password
    from jobrec_ui.settings import settings

    file = settings().users_file
    match options.action:
        case "add":
            password = new_password(options.generate)
            user = accounts.add_user(file, options.username, password, options.role, options.name)
            print(f"{user.username} may log in as {user.role}.")
            if options.generate:
                print(f"Password: {password}")
        case "passwd":
            password = new_password(options.generate)
            accounts.set_password(file, options.username, password)
            print(f"{options.username} has a new password; what was open with the old one is closed.")
            if options.generate:
                print(f"Password: {password}")
        case "remove":
            accounts.remove_user(file, options.username)
            print(f"{options.username} may not log in any more.")
        case "list":
            users = accounts.list_users(file)
            for user in users:
                print(f"{user.username}\t{user.role}\t{user.name}")
            if not users:
                print("Nobody may log in yet. Add somebody: python -m jobrec_ui user add NAME", file=sys.stderr)


# ---- helpers ---------------------------------------------------------------------------------------------------------


def _progress() -> "Progress":
    """Prints each step to stderr with the seconds since the start; no step waits for somebody to read it."""
    started = time.monotonic()

    def tell(step: str) -> None:
        with contextlib.suppress(OSError):  # nobody reads any more
            if _takes_a_line(sys.stderr):
                print(f"{time.monotonic() - started:6.1f} s  {step}", file=sys.stderr, flush=True)

    return tell


def _takes_a_line(stream: IO[str]) -> bool:
    """Whether writing to ``stream`` would not wait for whoever reads it."""
    try:
        return bool(select.select([], [stream], [], 0)[1])
    except (OSError, ValueError):  # it is no file of the system
        return True


@contextmanager
def _warehouse() -> Iterator["Warehouse"]:
    from jobrec_ui.settings import settings
    from jobrec_ui.warehouse import Warehouse

    settings().make_home()
    wh = Warehouse(settings().warehouse_url)
    try:
        yield wh
    finally:
        wh.close()


@contextmanager
def _fresh_warehouse() -> Iterator["Warehouse"]:
    """The warehouse with the features of its latest data: a load that died before it made them is finished first."""
    from jobrec_ui import models

    with _warehouse() as wh:
        models.ensure_features(wh, _progress())
        yield wh


# ---- options ---------------------------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    from jobrec_ui.commands import load, models, sql

    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--warehouse",
        metavar="URL",
        default=argparse.SUPPRESS,  # so that an action without it leaves alone what its command was given
        help="the warehouse to use; else JOBREC_WAREHOUSE, else a file in JOBREC_HOME",
    )
    parser = argparse.ArgumentParser(
        prog="python -m jobrec_ui",
        description="Ranks candidates for job postings inside the data warehouse.",
        epilog=exit_codes.help_text(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int | None], about: str) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name,
            help=about,
            description=about[0].upper() + about[1:] + ".",
            parents=[common],
            epilog=exit_codes.help_text() if name in ("load", "train", "models") else None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.set_defaults(command=run, name=name)
        return made

    load.add_options(command("load", _load, "load postings, candidates, interactions and demographics from files"))

    demo = command("demo", _demo, "make the demo company, load it and train the first model")
    for name, default in (("candidates", 5_000), ("postings", 300), ("interactions", 60_000), ("seed", 20)):
        demo.add_argument(f"--{name}", type=int, default=default, metavar="N", help=f"default: {default:,}")
    demo.add_argument(
        "--until",
        type=_day,
        default=date.today(),
        metavar="YYYY-MM-DD",
        help="day after the last of its two years (default: today); the same sizes, seed and day make the same company",
    )
    demo.add_argument("--out", type=Path, metavar="DIR", help="only write the files there, load nothing")
    demo.add_argument("--format", choices=("parquet", "csv"), default="parquet", help="of the files (with --out)")

    train = command("train", _train, "train a new model version, judge it and make it live if it is better")
    train.add_argument("--wait", action="store_true", help="wait until it is trained and judged (it always does)")
    train.add_argument("--requested-by", default="command line", metavar="WHO", help="who is written down for it")

    models.add_options(command("models", _models, "manage model versions: train, promote, roll back"), common)

    check = command("check", _check, "look whether everything that the app needs is there, and say what mends it")
    check.add_argument("--deep", action="store_true", help="also try what only a real cluster confirms; trains a model")

    setup = command("setup", _setup, "make schemas, tables, roles and grants where they are missing")
    setup.add_argument("--print", action="store_true", help="print the SQL instead of running it")

    refresh = command("refresh", _refresh, "read the company's tables anew, where they are views on tables of its own")
    refresh.add_argument("--anyway", action="store_true", help="even if a table has lost more rows than usual, or all")

    rank = command("rank", _rank, "list the best candidates for each open posting, or each of a file")
    rank.add_argument(
        "--postings", type=Path, metavar="FILE", help="CSV file with a posting_id column (default: what is open today)"
    )
    rank.add_argument("--top", type=int, default=100, metavar="K", help="candidates per posting (default: 100)")
    rank.add_argument("--out", type=Path, required=True, metavar="FILE", help="CSV file to write")

    score = command("score", _score, "score each pair of a file")
    score.add_argument("--pairs", type=Path, required=True, metavar="FILE", help="CSV file: posting_id, candidate_id")
    score.add_argument("--out", type=Path, required=True, metavar="FILE", help="CSV file to write")

    sql.add_options(command("sql", _sql, "list the app's statements, show one whole, or run a file"), common)

    _add_user_options(command("user", _user, "manage who may log in"), common)

    run = command("run", _run, "serve the app; on first start with the demo company")
    run.add_argument("--port", type=int, default=8501, help="default: 8501")
    run.add_argument("--address", default="127.0.0.1", help="who may connect: 127.0.0.1 (default) is this machine only")
    return parser


def _add_user_options(user: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    actions = user.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, about in (
        ("add", "add a user"),
        ("passwd", "give a user a new password"),
        ("remove", "remove a user"),
        ("list", "list users, their roles and names"),
    ):
        action = actions.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".", parents=[common])
        if name != "list":
            action.add_argument("username")
        if name == "add":
            action.add_argument("--role", choices=("recruiter", "admin"), default="recruiter")
            action.add_argument("--name", default="", help="full name, as the app shows it")
        if name in ("add", "passwd"):
            action.add_argument("--generate", action="store_true", help="make a password and print it, do not ask")
