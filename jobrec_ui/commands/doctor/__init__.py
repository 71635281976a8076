"""`python -m jobrec_ui check`: goes through everything the app needs and says what is wrong and what mends it."""

from collections.abc import Callable

from jobrec_ui.commands.doctor import aws, database, deep, machine
from jobrec_ui.commands.doctor.finding import Finding, text
from jobrec_ui.errors import WarehouseError
from jobrec_ui.warehouse import Warehouse


def examine(wh: Warehouse, tell: Callable[[str], None], thoroughly: bool = False) -> list[Finding]:
    """Looks at everything and tells each finding as it is made. Nothing is changed.

    ``thoroughly``: makes the trials of what only a real cluster can confirm as well, and cleans up after them.
    """
    tell(f"Warehouse: {machine.address(wh)}")
    found: list[Finding] = []
    looks = [machine.look, database.look, aws.look, *([deep.look] if thoroughly else [])]
    for look in looks:
        for one in look(wh):
            found.append(one)
            tell(text([one]))
    return found


def conclude(findings: list[Finding]) -> str:
    """The last line. Raises WarehouseError if something is wrong, so that a script notices."""
    wrong = sum(one.state == "wrong" for one in findings)
    if wrong:
        raise WarehouseError(f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong; see above what mends it.")
    return "Nothing is wrong."
