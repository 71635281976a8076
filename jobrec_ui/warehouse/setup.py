"""Makes what the app needs in a warehouse: schemas, tables, roles and grants. Doing it twice changes nothing."""

import re
from collections.abc import Iterable, Iterator

from jobrec_ui.settings import Roles, settings
from jobrec_ui.warehouse import sqlfiles
from jobrec_ui.warehouse.progress import Progress, silent
from jobrec_ui.warehouse.purpose import at_least
from jobrec_ui.warehouse.sqlfiles import Names
from jobrec_ui.warehouse.warehouse import Transaction, Warehouse

# The files of what is worked out from the company's data, and can be again.
DERIVED: list[tuple[str, Names]] = [
    ("schema/features", {}),
    ("schema/snapshot", {"schema": "features"}),
    ("schema/snapshot", {"schema": "training"}),
    ("schema/training", {}),
]

_TABLE = re.compile(r"CREATE TABLE IF NOT EXISTS (\S+) \((.*?)\n\)", re.DOTALL)
_COLUMN = re.compile(r"^ {4}([a-z_0-9]+) [A-Z]", re.MULTILINE)
_MODEL = re.compile(r"match_v\d+")


def app_files() -> list[str]:
    """The files of the app's own tables."""
    return sorted(f"schema/{path.stem}" for path in (sqlfiles.SQL_ROOT / "schema").glob("app_*.sql"))


def files() -> list[tuple[str, Names]]:
    """The files of all tables, each with its slots, in the order in which they are made."""
    apps: list[tuple[str, Names]] = [(name, {}) for name in app_files()]
    return [("schema/hiring", {}), ("schema/posting_statuses", {}), *apps, *DERIVED]


def tables(name: str, names: Names | None = None) -> list[str]:
    """The tables that a file makes, with their schemas."""
    return list(columns(name, names))


def columns(name: str, names: Names | None = None) -> dict[str, list[str]]:
    """The columns of each table that a file makes, in order."""
    return {table: _COLUMN.findall(body) for table, body in _TABLE.findall(sqlfiles.render(name, names))}


def make_tables(wh: Warehouse | Transaction, wanted: Iterable[tuple[str, Names]]) -> dict[str, str]:
    """Runs those of the files of which a table is missing; gives what there was before, as :func:`known_tables`.

    What is there was asked for in one statement: a login that may make nothing can go on where nothing is missing, and
    a view in the place of a table stays, for the company's own tables may be behind it. Raises WarehouseError.
    """
    there = known_tables(wh)
    with at_least("batch"):
        for name, names in wanted:
            if not there.keys() >= set(tables(name, names)):
                wh.execute(name, names=names)
    return there


def make_app_tables(wh: Warehouse) -> None:
    """Makes those of the app's own tables that are missing. Raises WarehouseError."""
    make_tables(wh, [(name, {}) for name in app_files()])


def known_tables(wh: Warehouse | Transaction) -> dict[str, str]:
    """The tables and views of the app's schemas that this login may use, each with its kind. Raises WarehouseError."""
    found = wh.query("warehouse/setup/known_tables")
    return {f"{row.table_schema}.{row.table_name}": str(row.table_type) for row in found.itertuples()}


def known_columns(wh: Warehouse) -> dict[str, list[str]]:
    """The columns of the tables of features and trainings that this login may see, in order. Raises WarehouseError."""
    found = wh.query("warehouse/setup/known_columns")
    named = found.groupby(found["table_schema"] + "." + found["table_name"], sort=False)["column_name"]
    return {str(table): list(names) for table, names in named}


def known_roles(wh: Warehouse) -> set[str]:
    """The roles of the warehouse. Raises WarehouseError."""
    return {str(name).strip() for name in wh.query("warehouse/setup/known_roles")["role_name"]}


def set_up(wh: Warehouse, progress: Progress = silent) -> None:
    """Makes schemas, tables, roles and grants where they are missing. Raises WarehouseError."""
    roles = settings().roles
    progress("Schemas and tables")
    make_tables(wh, files())
    existing = known_roles(wh)
    for role in (roles.recruiter, roles.admin):
        if role not in existing:
            progress(f"Role {role}")
            wh.execute("warehouse/setup/create_role", names={"role": role})
    progress("Grants")
    wh.execute("warehouse/setup/grant_recruiter", names={"recruiter": roles.recruiter})
    wh.execute("warehouse/setup/grant_admin", names=_both(roles))
    for schema, model in wh.run("models/list_models").itertuples(index=False):
        if str(schema).strip() == "ml" and _MODEL.fullmatch(str(model).strip()):
            share_model(wh, str(model).strip())


def share_model(wh: Warehouse, name: str) -> None:
    """Lets the recruiters' role score with the model ml.<name>, if there is such a role. Raises WarehouseError."""
    recruiter = settings().roles.recruiter
    if recruiter in known_roles(wh):
        names = {"model": f"ml.{name}", "typical": f"ml.{name}_typical", "recruiter": recruiter}
        wh.execute("warehouse/setup/grant_model", names=names)


def statements() -> Iterator[str]:
    """What :func:`set_up` runs in a warehouse that has nothing yet, as SQL to read or to hand to a DBA."""
    roles = settings().roles
    steps = [
        *files(),
        ("warehouse/setup/create_role", {"role": roles.recruiter}),
        ("warehouse/setup/create_role", {"role": roles.admin}),
        ("warehouse/setup/grant_recruiter", {"recruiter": roles.recruiter}),
        ("warehouse/setup/grant_admin", _both(roles)),
    ]
    for name, names in steps:
        yield sqlfiles.render(name, names).strip()


def _both(roles: Roles) -> dict[str, str]:
    return {"recruiter": roles.recruiter, "admin": roles.admin}
