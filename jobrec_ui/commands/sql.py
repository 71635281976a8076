"""``python -m jobrec_ui sql …``: lists the statements, shows one whole, and runs a file of one's own."""

import argparse
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from jobrec_ui.errors import InputError

if TYPE_CHECKING:
    from jobrec_ui.warehouse import Warehouse


def add_options(sql: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """The actions and their options, with those of ``common`` for each."""
    actions = sql.add_subparsers(dest="action", metavar="ACTION", required=True)

    def add(name: str, about: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".", parents=[common])

    add("list", "list every statement with the question that it answers")
    show = add("show", "print a statement as it would run, with its parts marked and its values written out")
    show.add_argument("statement", metavar="NAME", help="as `sql list` has it, such as matching/rank_candidates")
    show.add_argument("--posting", metavar="ID", help="default: the newest one")
    show.add_argument("--candidate", metavar="ID", help="default: the one active last")
    show.add_argument("--version", type=int, metavar="N", help="model version; default: the live one")
    show.add_argument("--user", default="", metavar="NAME", help="for whom it is asked: whose lists count")
    show.add_argument("--blind", action="store_true", help="as in a blind review")
    show.add_argument(
        "--filters", nargs="+", default=[], metavar="NAME=VALUE", help='such as must_have="SQL; Excel" within_km=50'
    )
    show.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="another value that it binds")
    show.add_argument("--translated", action="store_true", help="as the embedded warehouse runs it")
    run_file = add("run", "run a file of statements, and show the rows that they give")
    run_file.add_argument("file", type=Path, metavar="FILE", help="in Redshift's dialect, with semicolons between them")
    run_file.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="what :NAME stands for; '5' is text",
    )
    run_file.add_argument("--limit", type=int, default=50, metavar="N", help="rows to show of each (default: 50)")


def run(wh: "Warehouse", options: argparse.Namespace) -> None:
    """Does one action and prints what came of it. Raises InputError, WarehouseError."""
    if options.action == "list":
        print(_listed())
        return
    if options.action == "run":
        from jobrec_ui.commands import sql_file

        sql_file.run(wh, options.file, dict(_setting(one) for one in options.param), options.limit)
        return
    from jobrec_ui.access.viewer import Viewer
    from jobrec_ui.commands import statements

    about = statements.About(
        posting_id=options.posting,
        candidate_id=options.candidate,
        filters=statements.filters_from(options.filters),
        viewer=Viewer(options.user, options.blind),
        version=options.version,
        others=dict(_setting(one) for one in options.set),
    )
    text = statements.shown(wh, options.statement, about)
    print(wh.translated(text) if options.translated else text, end="")


def _listed() -> str:
    from jobrec_ui.warehouse import sqlfiles

    width = max(map(len, sqlfiles.names()))
    lines = []
    for name in sqlfiles.names():
        first = sqlfiles.read(name).split("\n", 1)[0].removeprefix("-- ")
        part = " (a part)" if sqlfiles.used_in(name) else ""
        lines.append(f"{name:<{width}}  {textwrap.shorten(first, 110, placeholder=' …')}{part}")
    return "\n".join(lines)


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise InputError(f"A value is given as its name and what it is, such as limit=10, not {text!r}.")
    return name.strip(), value
