"""What is proposed for a sheet."""

from dataclasses import dataclass, field

from jobrec_ui.data.mapping.fit import Fit
from jobrec_ui.data.mapping.profile import Profile
from jobrec_ui.data.mapping.record import SheetMapping
from jobrec_ui.data.reading.sheet import Sheet


@dataclass(frozen=True)
class Proposal:
    """What is proposed for a sheet.

    `why` it holds what it holds, as a clause; `fits`: why each column has its uses, or would have them; `doubt`: what
    had better be looked at before it is loaded ("" = everything that is required was recognised).
    """

    sheet: Sheet
    mapping: SheetMapping
    why: str
    fits: tuple[Fit, ...] = ()
    doubt: str = ""
    profiles: dict[str, Profile] = field(default_factory=dict)
