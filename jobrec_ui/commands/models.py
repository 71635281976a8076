"""``python -m jobrec_ui models …``: versions on the command line, for admins and cron."""

import argparse
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from jobrec_ui.errors import InputError

if TYPE_CHECKING:
    from jobrec_ui.warehouse import Warehouse
    from jobrec_ui.warehouse.progress import Progress

_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def add_options(models: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """The actions and their options, with those of ``common`` for each."""
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)

    def add(name: str, about: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".", parents=[common])

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


def run(wh: "Warehouse", options: argparse.Namespace, progress: "Progress") -> None:
    """Does one action and prints what came of it. Raises InputError, WarehouseError."""
    from jobrec_ui import models
    from jobrec_ui.models import admin, report

    who = admin.COMMAND_LINE
    models.create_schema(wh)
    match options.action:
        case "list":
            print(report.table(wh))
        case "train":
            _train(wh, options, progress)
        case "advance":
            record = models.advance(wh, progress)
            print("No training is on its way." if record is None else report.state(record))
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


def _train(wh: "Warehouse", options: argparse.Namespace, progress: "Progress") -> None:
    from jobrec_ui import models
    from jobrec_ui.models import admin, costs, lifecycle, need, report

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
        return
    number = admin.request_training(wh, admin.COMMAND_LINE, choices)
    record: models.VersionRecord | None
    if options.wait or not costs.trains_elsewhere(wh):
        record = lifecycle.finish(wh, number, progress)
    else:
        record = models.advance(wh, progress) or models.version_record(wh, number)
    trained = models.get_version(wh, number)
    if record is None or record.is_open or record.state == "failed" or trained is None:
        print(f"Version {number} is on its way." if record is None else report.state(record))
        return
    print(report.describe(wh, trained))


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
