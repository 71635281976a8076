"""What there is to know of a filter, whatever its kind: how it is asked for, said, kept and put into SQL."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

# The kind of choices that are a user's shortlists: ids with the names under which they are shown.
LISTS = "list"


class Form(Enum):
    """The forms that widgets have. Each is drawn in one place (jobrec_ui/web/match/filter_widgets.py)."""

    SEARCH = "a line of text"
    SKILLS = "several words, chosen or typed"
    ONE_OF = "one of the choices"
    SOME_OF = "several of the choices"
    DISTANCE = "a distance in km around the place"
    RANGE = "two whole numbers, 0 to `most`"
    AMOUNT = "a number"
    PERIOD = "so many days back"
    DAY = "a day"
    SWITCH = "on or off"


@dataclass(frozen=True)
class Widget:
    """What holds a filter, or a part of one.

    key       its name in the session, the address and saved searches
    empty     its value without a filter
    choices   the kind of values to choose from, as matching.filter_values gives them, or LISTS
    nothing   what it says while nothing is chosen
    most      the largest number it takes
    """

    key: str
    form: Form
    label: str
    empty: Any = None
    choices: str = ""
    nothing: str = "Any"
    help: str | None = None
    most: float = 0


@dataclass(frozen=True)
class Choices:
    """What there is to choose from: values by kind, the most used first, and the user's shortlists, id: name."""

    values: Mapping[str, Sequence[str]]
    lists: Mapping[str, str]

    def of(self, kind: str) -> Sequence[str]:
        """The values of a kind, or the ids of the lists."""
        return list(self.lists) if kind == LISTS else self.values.get(kind, ())


@dataclass(frozen=True)
class Asked:
    """For whom widgets are read: what they may choose, in which currency the posting pays, and which day it is."""

    choices: Choices
    currency: str | None
    today: date


@dataclass(frozen=True)
class Chip:
    """A filter that is on, or one skill of it.

    kind, value   what it is called in matching.filter_counts; value for skills only
    words         the filter in words
    widgets       the keys of what holds it, which is emptied when it goes; with a value, only that leaves the widget
    leaves_out    whether it leaves anybody out, rather than ranking them
    """

    kind: str
    words: str
    widgets: tuple[str, ...]
    value: str | None = None
    leaves_out: bool = True


@dataclass(frozen=True)
class Filter:
    """A filter. Kinds of filters (kinds.py) say what it takes to ask for it; ``values`` are those of its ``fields``.

    name      what filter_counts calls it
    fields    the fields of CandidateFilters that it is about
    widgets   what holds it, in the order of the page
    sql       its file in sql/matching/filters/
    needs     what has to come before that file, by name
    """

    name: str
    fields: tuple[str, ...]
    widgets: tuple[Widget, ...]
    sql: str
    needs: tuple[str, ...] = ()

    def is_on(self, values: Mapping[str, Any]) -> bool:
        """Whether it leaves anybody out."""
        raise NotImplementedError

    def read(self, held: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        """The values of its fields from those of its widgets, which can be anything: an address holds them."""
        raise NotImplementedError

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What its SQL binds. Raises InputError for what nobody can meet."""
        raise NotImplementedError

    def chips(self, values: Mapping[str, Any], lists: Mapping[str, str]) -> Iterable[Chip]:
        """A chip, or one for each skill, while it is on. ``lists``: the names of shortlists by id."""
        raise NotImplementedError

    def trial(self) -> dict[str, Any]:
        """Values of its fields that turn it on and that nobody meets, to try whether a warehouse takes its SQL."""
        raise NotImplementedError

    def files(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        """Its file and, before it, what that needs. ``{blind}`` in a name is for a blind review's own file."""
        return (*self.needs, f"matching/filters/{self.sql}")

    @property
    def cells(self) -> tuple[tuple[Widget, ...], ...]:
        """Its widgets, those together that stand side by side."""
        return (self.widgets,)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its widgets."""
        return tuple(widget.key for widget in self.widgets)
