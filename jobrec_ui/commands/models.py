"""``python -m jobrec_ui models …``: versions on the command line, for admins and cron."""

import argparse
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from jobrec_ui.commands import exit_codes
from jobrec_ui.errors import InputError

if TYPE_CHECKING:
    from jobrec_ui.models import VersionRecord
    from jobrec_ui.warehouse import Warehouse
    from jobrec_ui.warehouse.progress import Progress

_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def add_options(models: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """The actions and their options, with those of ``common`` for each."""
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)

    def add(name: str, about: str) -> argparse.ArgumentParser:
        return actions.add_parser(
            name,
            help=about,
            description=about[0].upper() + about[1:] + ".",
            parents=[common],
            epilog=exit_codes.help_text() if name in ("train", "advance") else None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    add("list", "list versions, what became of them, and which is live")
    _add_training_options(add("train", "train a new version; live if it is better"))
    add("advance", "take the next steps of a training that is on its way")
    for name, about in (
        ("promote", "make a version live, whatever the holdout says"),
        ("drop", "remove a version's model from the warehouse; its record stays"),
        ("stop", "end a training that is on its way"),
    ):
        action = add(name, about)
        action.add_argument("version", type=int, help="its number, as `models list` shows it")
        action.add_argument("--reason", required=True, help="kept with the change")
    card = add("card", "write the model card of a version, an HTML file, with its charts inside")
    card.add_argument("version", type=int, help="its number, as `models list` shows it")
    card.add_argument("--out", type=Path, required=True, metavar="FILE")
    rollback = add("rollback", "make the version live again that was live before")
    rollback.add_argument("version", type=int, nargs="?", help="another earlier one")
    rollback.add_argument("--reason", required=True, help="kept with the change")
    share = add("share", "let a version serve a share of the postings beside the live one")
    share.add_argument("version", type=int, help="its number, as `models list` shows it")
    share.add_argument("share", type=float, help="0 to 1; 0 ends it")
    share.add_argument("--reason", required=True, help="kept with the change")


def _add_training_options(train: argparse.ArgumentParser) -> None:
    train.add_argument("--wait", action="store_true", help="until it is judged; the embedded warehouse always waits")
    train.add_argument("--if-drifted", action="store_true", help="only if today's data are no longer like those learnt")
    train.add_argument("--if-older-than", type=_age, metavar="30d", help="only if the last training is so old")
    train.add_argument("--type", default="xgboost", dest="model_type", help="xgboost, linear_learner, mlp or auto")
    train.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a hyperparameter, as eta=0.2")
    train.add_argument("--cutoffs", type=int, default=5, help="dates to look back from, a quarter apart (default: 5)")
    train.add_argument("--negatives", type=int, default=0, metavar="N", help="for each positive; default: 60 a posting")
    train.add_argument("--leave-out", default="", metavar="FEATURE,…", help="features that the model does not see")
    train.add_argument("--note", default="", help="what the training is for")


def run(wh: "Warehouse", options: argparse.Namespace, progress: "Progress") -> int:
    """Does one action, prints what came of it, and returns the exit code. Raises InputError, WarehouseError."""
    from jobrec_ui import models
    from jobrec_ui.models import admin, report

    who = admin.COMMAND_LINE
    models.create_schema(wh)
    match options.action:
        case "list":
            print(report.table(wh))
        case "train":
            return _train(wh, options, progress)
        case "advance":
            return _advance(wh, progress)
        case "card":
            _card(wh, options.version, options.out)
        case "promote":
            admin.promote(wh, who, options.version, options.reason)
            print(f"Version {options.version} is live.")
        case "rollback":
            print(f"Version {admin.rollback(wh, who, options.reason, options.version)} is live again.")
        case "drop":
            admin.drop(wh, who, options.version, options.reason)
            print(f"The model of version {options.version} is gone; its record stays.")
        case "stop":
            admin.stop_training(wh, who, options.version, options.reason)
            print(f"The training of version {options.version} has ended.")
        case "share":
            admin.set_share(wh, who, options.version, options.share, options.reason)
            print(f"Version {options.version} serves {options.share:.0%} of the postings.")
    return exit_codes.DONE


def train_and_wait(wh: "Warehouse", requested_by: str, progress: "Progress") -> int:
    """Trains a version with the usual choices until it is judged. Returns the exit code. Raises as :func:`run`."""
    from jobrec_ui import models
    from jobrec_ui.models import lifecycle

    number = lifecycle.request(wh, models.TrainingChoices(), requested_by)
    return _outcome(wh, lifecycle.finish(wh, number, progress))


def _advance(wh: "Warehouse", progress: "Progress") -> int:
    """The next steps; to the end where the warehouse trains in this process, for the training would end with it."""
    from jobrec_ui import models
    from jobrec_ui.models import costs, lifecycle, records

    running = records.open_version(wh)
    if running is None:
        print("No training is on its way.")
        return exit_codes.DONE
    if costs.trains_elsewhere(wh):
        record = models.advance(wh, progress) or models.version_record(wh, running.version)
    else:
        record = lifecycle.finish(wh, running.version, progress)
    return _outcome(wh, record)


def _outcome(wh: "Warehouse", record: "VersionRecord | None") -> int:
    """Says what a version came to, and gives the exit code. What somebody should look at is said on stderr."""
    from jobrec_ui import models
    from jobrec_ui.models import report

    if record is None:
        print("The training is on its way.")
        return exit_codes.DONE
    code = exit_codes.OF_STATE.get(record.state, exit_codes.DONE)
    if code != exit_codes.DONE:
        print(report.state(record), file=sys.stderr)
    trained = None if record.is_open or record.state == "failed" else models.get_version(wh, record.version)
    if trained is not None:
        print(report.describe(wh, trained))
    elif code == exit_codes.DONE:
        print(report.state(record))
    return code


def _train(wh: "Warehouse", options: argparse.Namespace, progress: "Progress") -> int:
    from jobrec_ui import models
    from jobrec_ui.models import admin, costs, lifecycle, need

    given = dict(_setting(one) for one in options.set)
    tree_method = given.pop("tree_method", models.TrainingChoices.tree_method)
    choices = models.TrainingChoices(
        model_type=options.model_type,
        hyperparameters={name: _number(name, value) for name, value in given.items()},
        tree_method=tree_method,
        cutoffs=options.cutoffs,
        negatives_per_positive=options.negatives,
        left_out=tuple(name.strip() for name in options.leave_out.split(",") if name.strip()),
        note=options.note,
    )
    conditions = {"if_drifted": options.if_drifted, "if_older_than": options.if_older_than}
    if any(conditions.values()) and (reason := need.why_not(wh, **conditions)):
        print(reason)
        return exit_codes.DONE
    number = admin.request_training(wh, admin.COMMAND_LINE, choices)
    if options.wait or not costs.trains_elsewhere(wh):
        return _outcome(wh, lifecycle.finish(wh, number, progress))
    return _outcome(wh, models.advance(wh, progress) or models.version_record(wh, number))


def _card(wh: "Warehouse", version: int, out: Path) -> None:
    from jobrec_ui.access import audit
    from jobrec_ui.models import admin, card

    made = card.render(wh, version)
    try:
        out.write_bytes(made)
    except OSError as error:
        raise InputError(f"{out} cannot be written ({error.strerror}). Name another file, or make room.") from error
    audit.record(wh, admin.COMMAND_LINE.username, "export of model card", f"match_v{version}", "html")
    print(f"The model card of version {version} is in {out}.")


def _age(text: str) -> timedelta:
    match = re.fullmatch(r"(\d{1,4})([hdw])", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not an age such as 30d, 12h or 4w")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise InputError(f"--set takes a name and a value, such as eta=0.2, not {text!r}.")
    return name.strip().lower(), value.strip()


def _number(name: str, value: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise InputError(f"{name} must be a number, not {value!r}.") from error
