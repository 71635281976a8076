"""What the app needs inside the warehouse. Privileges are tried, by statements that change nothing, not looked up."""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from jobrec_ui import models
from jobrec_ui.commands.doctor.finding import Finding
from jobrec_ui.data.tables import TABLES, Kind
from jobrec_ui.errors import JobrecError, WarehouseError
from jobrec_ui.features import statuses
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Transaction, Warehouse, setup
from jobrec_ui.warehouse.sqlfiles import Clause

_NO_SCHEMA = re.compile(r"schema .* does not exist", re.IGNORECASE)
CLOCK = 60  # seconds that clocks may differ
_TEXT = ("varchar", "char", "bpchar", "text", "character")
_NUMBER = ("smallint", "integer", "bigint", "real", "double precision", "numeric", "decimal")
_FITTING = {
    Kind.ID: _TEXT,
    Kind.TEXT: _TEXT,
    Kind.LIST: _TEXT,
    Kind.STAGE: _TEXT,
    Kind.NUMBER: _NUMBER,
    Kind.BOOLEAN: ("boolean",),
    Kind.DATE: ("date", "timestamp"),
    Kind.TIMESTAMP: ("timestamp", "timestamptz"),
}


def look(wh: Warehouse) -> Iterator[Finding]:
    """Everything in order; stops where nothing more can be asked."""
    try:
        session = wh.query("commands/doctor/session").iloc[0]
    except WarehouseError as error:
        yield Finding("wrong", "Connection", str(error), "See docs/redshift.md, the ways in." if wh.in_aws else "")
        yield Finding("skipped", "Everything inside", "There is no connection to ask through.")
        return
    version = re.search(r"Redshift \d[\w.]*", str(session["version"]))
    what = f"Amazon {version[0]}" if version else str(session["version"])
    yield Finding("ok", "Connection", f"{what}, database {session['database_name']}, user {session['user_name']}")
    role, user = f"ROLE {settings().roles.recruiter}", str(session["user_name"])
    by_schema: dict[str, list[str]] = {}
    for name, names in setup.files():
        for table in setup.tables(name, names):
            by_schema.setdefault(table.split(".")[0], []).append(table)
    looks: list[tuple[str, Callable[[], Iterator[Finding]]]] = [
        ("Clock", lambda: _clock(wh)),
        ("Tables", lambda: _all_tables(wh, by_schema, role)),
        ("The company's tables", lambda: _own_tables(wh)),
        ("Statuses", lambda: _statuses(wh)),
        ("Appending to app", lambda: _appending(wh, by_schema["app"], role)),
        ("Loading and training", lambda: _making(wh, user)),
        ("Roles", lambda: _roles(wh, user)),
        ("CREATE MODEL", lambda: _create_model(wh, user)),
        ("Features", lambda: _features(wh)),
        ("Model", lambda: _model(wh, role)),
    ]
    for subject, look_at in looks:
        try:
            yield from look_at()
        except WarehouseError as error:  # what one thing is like is no reason not to look at the next
            yield Finding("skipped", subject, f"It could not be asked: {error}")


def _all_tables(wh: Warehouse, by_schema: dict[str, list[str]], role: str) -> Iterator[Finding]:
    for schema, tables in by_schema.items():
        yield from _tables(wh, schema, tables, role)


def _clock(wh: Warehouse) -> Iterator[Finding]:
    at = wh.query("commands/doctor/clock")["at"].iloc[0]
    apart = abs((datetime.now(UTC).replace(tzinfo=None) - at.to_pydatetime()).total_seconds())
    if apart <= CLOCK:
        yield Finding("ok", "Clock", "The warehouse and this machine have the same time.")
    else:
        detail = f"This machine and the warehouse are {apart:,.0f} seconds apart."
        yield Finding("note", "Clock", detail, "timedatectl set-ntp true")


def _tables(wh: Warehouse, schema: str, tables: list[str], role: str) -> Iterator[Finding]:
    missing: list[str] = []
    refused: list[str] = []
    for table in tables:
        try:
            wh.query("commands/doctor/read_nothing", names={"stored": table, "columns": Clause("*")})
        except WarehouseError as error:
            (refused if "permi" in str(error) else missing).append(table)
    subject = f"Tables of {schema}"
    if missing:
        yield Finding("wrong", subject, f"Missing: {', '.join(missing)}.", "python -m jobrec_ui setup")
    if refused == ["hiring.demographics"]:
        yield Finding("note", subject, "hiring.demographics is closed to this login: right for recruiters.")
    elif refused and schema in ("training", "staging"):
        yield Finding("note", subject, "Closed to this login: right for an app that only recruiters use.")
    elif refused:
        remedy = f"GRANT USAGE ON SCHEMA {schema} TO {role};\nGRANT SELECT ON {', '.join(refused)} TO {role};"
        yield Finding("wrong", subject, f"Not to be read by this login: {', '.join(refused)}.", remedy)
    if not missing and not refused:
        yield Finding("ok", subject, f"All {len(tables)} can be read.")


def _own_tables(wh: Warehouse) -> Iterator[Finding]:
    """The company's tables, which may be views on tables of its own: columns, types, keys."""
    there = setup.known_tables(wh)
    for spec in TABLES.values():
        stored = f"hiring.{spec.name}"
        try:
            types = wh.column_types("commands/doctor/read_nothing", {"stored": stored, "columns": spec.names})
        except WarehouseError as error:
            missing = stored not in there and "does not exist" in str(error)
            if not missing and "permi" not in str(error):  # those were told above
                remedy = f"Compare with docs/bring-your-tables.md: {stored}."
                yield Finding("wrong", f"Columns of {stored}", str(error), remedy)
            continue
        unfit = [
            f"{name} is {types[name]}, expected {column.redshift_type}"
            for name, column in spec.by_name.items()
            if not types[name].startswith(_FITTING[column.kind])
        ]
        if unfit:
            casts = ", ".join(
                f"CAST({line.split()[0]} AS {spec.by_name[line.split()[0]].redshift_type})" for line in unfit
            )
            yield Finding("wrong", f"Columns of {stored}", "; ".join(unfit) + ".", f"In the view: {casts}")
            continue
        counts = wh.query(
            "commands/doctor/repeated_keys", names={"stored": stored, "key": spec.key, "id": spec.key[0]}
        ).iloc[0]
        if int(counts["repeated_rows"]) or int(counts["rows_without_id"]):
            yield Finding(
                "wrong",
                f"Keys of {stored}",
                f"{int(counts['repeated_rows']):,} rows repeat the key of another, {int(counts['rows_without_id']):,} "
                "have none. Such rows would count twice, or not at all.",
                f"In the view: one row for each {', '.join(spec.key)}, none of it NULL.",
            )
        else:
            yield Finding("ok", f"Columns of {stored}", "Names, types and keys are as expected.")
    try:
        unknown = wh.query("commands/doctor/unknown_stages")
    except WarehouseError:  # no such tables, which was told above
        return
    if not unknown.empty:
        stages = ", ".join(f"{row.stage} ({int(row.times):,})" for row in unknown.itertuples())
        yield Finding(
            "wrong",
            "Stages",
            f"Not known: {stages}.",
            "INSERT INTO hiring.stages (stage, stage_order, target) VALUES ('<stage>', <order>, <0 to 1>);",
        )


def _statuses(wh: Warehouse) -> Iterator[Finding]:
    if not {"hiring.postings", "hiring.posting_statuses"} <= setup.known_tables(wh).keys():
        return
    unknown = statuses.unknown(wh)
    if unknown.empty:
        yield Finding("ok", "Statuses", "What the statuses of postings say is known.")
        return
    shown = ", ".join(f"{row.status} ({int(row.postings):,})" for row in unknown.head(10).itertuples())
    more = f" and {len(unknown) - 10:,} more" if len(unknown) > 10 else ""
    yield Finding(
        "note",
        "Statuses",
        f"Not known whether these mean an open posting: {shown}{more}. The closing day decides there.",
        "INSERT INTO hiring.posting_statuses (status, is_open) VALUES ('<status>', <TRUE or FALSE>);\n"
        "python -m jobrec_ui refresh",
    )


def _appending(wh: Warehouse, tables: list[str], role: str) -> Iterator[Finding]:
    there = setup.known_tables(wh)
    refused, found = [], [table for table in tables if table in there]
    if not found:
        yield Finding("skipped", "Appending to app", "There are no tables of the app's own yet.")
        return
    for table in found:
        try:
            wh.execute("commands/doctor/append_nothing", names={"stored": table})
        except WarehouseError:
            refused.append(table)
    if not refused:
        yield Finding("ok", "Appending to app", "This login may append to the app's own tables.")
        return
    remedy = f"GRANT SELECT, INSERT ON {', '.join(refused)} TO {role};"
    yield Finding("wrong", "Appending to app", f"Not possible: {', '.join(refused)}.", remedy)


class _Undo(Exception):  # noqa: N818 - ends a transaction without keeping anything
    pass


def _making(wh: Warehouse, user: str) -> Iterator[Finding]:
    """Whether this login may load and train: right for admins, and right to be missing for the app's recruiters."""
    refused: list[str] = []
    missing: list[str] = []
    for schema in ("hiring", "staging", "features", "training", "ml"):
        names = {"stored": f"{schema}.check_{uuid.uuid4().hex}"}

        def attempt(tx: Transaction, names: dict[str, str] = names) -> None:
            tx.execute("commands/doctor/create_nothing", names=names)
            raise _Undo

        try:
            wh.atomically(attempt)
        except _Undo:
            pass
        except JobrecError as error:
            (missing if _NO_SCHEMA.search(str(error)) else refused).append(schema)
    if missing:
        yield Finding("wrong", "Schemas", f"Not there: {', '.join(missing)}.", "python -m jobrec_ui setup")
    if not refused and not missing:
        yield Finding("ok", "Loading and training", "This login may make tables where loads and trainings need them.")
    if not refused:
        return
    yield Finding(
        "note",
        "Loading and training",
        f"This login may make no tables in {', '.join(refused)}: right for an app that only recruiters use, not for "
        "whoever loads and trains.",
        f'GRANT ROLE {settings().roles.admin} TO "{user}";',
    )


def _roles(wh: Warehouse, user: str) -> Iterator[Finding]:
    roles = settings().roles
    missing = {roles.recruiter, roles.admin} - setup.known_roles(wh)
    if missing:
        yield Finding("note", "Roles", f"Not there: {', '.join(sorted(missing))}.", "python -m jobrec_ui setup")
    else:
        yield Finding("ok", "Roles", f"{roles.recruiter} and {roles.admin} are there.")


def _create_model(wh: Warehouse, user: str) -> Iterator[Finding]:
    if not wh.in_aws:
        return
    roles = settings().roles
    granted = wh.query("commands/doctor/system_privileges")
    if any(str(name).strip() == "CREATE MODEL" for name in granted["system_privilege"]):
        yield Finding(
            "ok", "CREATE MODEL", "Granted to " + ", ".join(sorted({str(n).strip() for n in granted["identity_name"]}))
        )
    else:
        yield Finding(
            "note",
            "CREATE MODEL",
            "This login sees nobody to whom it is granted; superusers need no grant.",
            f'GRANT CREATE MODEL TO ROLE {roles.admin};\nGRANT ROLE {roles.admin} TO "{user}";',
        )


def _features(wh: Warehouse) -> Iterator[Finding]:
    if not {"app.feature_builds", "app.data_loads"} <= set(setup.known_tables(wh)):
        yield Finding("skipped", "Features", "There are no tables of the app's own yet.")
        return
    if (why := models.why_stale(wh)) is not None:
        yield Finding("wrong", "Features", f"{why}. Who was loaded since is on no list.", "python -m jobrec_ui refresh")
    else:
        yield Finding("ok", "Features", "Made for the latest data, by this version of the app.")


def _model(wh: Warehouse, role: str) -> Iterator[Finding]:
    if "app.deployments" not in setup.known_tables(wh):
        yield Finding("skipped", "Model", "There are no tables of the app's own yet.")
        return
    live = models.live_version(wh)
    if live is None:
        if "app.feature_builds" not in setup.known_tables(wh) or models.why_stale(wh) is not None:
            yield Finding("note", "Model", "None is live yet.", "python -m jobrec_ui train --wait")
            return
        ready = models.readiness(wh, models.TrainingChoices())
        remedy = "python -m jobrec_ui train --wait" if ready.is_enough else ""
        yield Finding("note", "Model", f"None is live yet: lists are sorted by likeness. {ready.sentence}", remedy)
        return
    try:
        wh.query("commands/doctor/score_nothing", names=live.slots(), scores=True)
    except WarehouseError as error:
        remedy = f"GRANT EXECUTE ON MODEL ml.{live.name} TO {role};\nGRANT SELECT ON {live.typical_table} TO {role};"
        yield Finding("wrong", "Model", f"Version {live.version} cannot score: {error}", remedy)
    else:
        yield Finding("ok", "Model", f"Version {live.version} can be executed.")
