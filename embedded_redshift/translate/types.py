"""Redshift's data types as the translation tracks them, and how DuckDB spells them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import Literal

from embedded_redshift.translate.interface import RedshiftSyntaxError

SuperForm = Literal["json", "list", "text"]

MAX_VARCHAR = 65535
INTEGERS = {"smallint": 5, "integer": 10, "bigint": 19}  # decimal digits each holds
_STRINGS = frozenset({"varchar", "char"})
_FLOATS = frozenset({"real", "double"})
_TIMESTAMPS = frozenset({"timestamp", "timestamptz"})


@dataclass(frozen=True, slots=True)
class Type:
    """A Redshift type.

    name: lower-case canonical name; "unknown" for a bound parameter or a bare NULL.
    size: VARCHAR/CHAR length in bytes, or DECIMAL precision. scale: DECIMAL scale.
    trimmed: a string that surely does not end in a blank.
    quoted: of a string literal, which takes the type of what it is put together with.
    form: how a SUPER is held in DuckDB: JSON, a VARCHAR[] or the VARCHAR of a SUPER string.
    """

    name: str
    size: int | None = None
    scale: int | None = None
    trimmed: bool = False
    form: SuperForm = "json"
    quoted: bool = False

    @property
    def is_string(self) -> bool:
        return self.name in _STRINGS

    @property
    def is_integer(self) -> bool:
        return self.name in INTEGERS

    @property
    def is_float(self) -> bool:
        return self.name in _FLOATS

    @property
    def is_decimal(self) -> bool:
        return self.name == "decimal"

    @property
    def is_number(self) -> bool:
        return self.is_integer or self.is_float or self.is_decimal

    @property
    def is_timestamp(self) -> bool:
        return self.name in _TIMESTAMPS

    @property
    def is_temporal(self) -> bool:
        return self.is_timestamp or self.name in ("date", "time", "timetz")

    @property
    def is_super(self) -> bool:
        return self.name == "super"

    @property
    def is_unknown(self) -> bool:
        return self.name == "unknown"

    @property
    def family(self) -> str:
        """Types of one family can stand side by side in a CASE, a COALESCE or a UNION."""
        if self.is_string:
            return "string"
        if self.is_number:
            return "number"
        return "temporal" if self.is_temporal else self.name

    @property
    def is_untrimmed_string(self) -> bool:
        """A string whose trailing blanks have to be taken off before it is compared."""
        return self.is_string and not self.trimmed

    def as_trimmed(self, trimmed: bool = True) -> Type:
        return self if self.trimmed == trimmed else replace(self, trimmed=trimmed)

    @property
    def digits(self) -> tuple[int, int]:
        """(precision, scale) of an exact number."""
        if self.is_decimal:
            return self.size or 18, self.scale or 0
        return INTEGERS[self.name], 0

    @property
    def text(self) -> str:
        """The type as one would declare it, in its shortest form."""
        if self.is_string:
            return f"{self.name}({self.size or 256})"
        if self.is_decimal:
            return f"numeric({self.size},{self.scale})"
        return "double precision" if self.name == "double" else self.name

    def __str__(self) -> str:
        """Redshift's own name for the type, as in its error messages."""
        if self.name == "varchar":
            return f"character varying({self.size})" if self.size else "character varying"
        if self.name == "char":
            return f"character({self.size or 1})"
        if self.name == "decimal":
            return f"numeric({self.size},{self.scale})"
        return _DISPLAY.get(self.name, self.name)


_DISPLAY = {
    "double": "double precision",
    "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
    "time": "time without time zone",
    "timetz": "time with time zone",
    "varbyte": "binary varying",
}

SMALLINT = Type("smallint")
INTEGER = Type("integer")
BIGINT = Type("bigint")
REAL = Type("real")
DOUBLE = Type("double")
BOOLEAN = Type("boolean")
VARCHAR = Type("varchar")
TRIMMED = Type("varchar", trimmed=True)
DATE = Type("date")
TIME = Type("time")
TIMETZ = Type("timetz")
TIMESTAMP = Type("timestamp")
TIMESTAMPTZ = Type("timestamptz")
INTERVAL = Type("interval")
SUPER = Type("super")
SUPER_LIST = Type("super", form="list")
VARBYTE = Type("varbyte")
UNKNOWN = Type("unknown")
NULL = Type("unknown", size=0)  # of a bare NULL

_BY_NAME = {
    "smallint": SMALLINT,
    "int2": SMALLINT,
    "integer": INTEGER,
    "int": INTEGER,
    "int4": INTEGER,
    "bigint": BIGINT,
    "int8": BIGINT,
    "real": REAL,
    "float4": REAL,
    "double precision": DOUBLE,
    "double": DOUBLE,
    "float8": DOUBLE,
    "boolean": BOOLEAN,
    "bool": BOOLEAN,
    "date": DATE,
    "time": TIME,
    "time without time zone": TIME,
    "timetz": TIMETZ,
    "time with time zone": TIMETZ,
    "timestamp": TIMESTAMP,
    "timestamp without time zone": TIMESTAMP,
    "timestamptz": TIMESTAMPTZ,
    "timestamp with time zone": TIMESTAMPTZ,
    "super": SUPER,
    "text": Type("varchar", 256),
    "bpchar": Type("char", 256, trimmed=True),
    "hllsketch": Type("hllsketch"),
    "geometry": Type("geometry"),
    "geography": Type("geography"),
    "interval": INTERVAL,
    "unknown": UNKNOWN,
}
_DECIMALS = frozenset({"decimal", "numeric"})
_VARCHARS = frozenset({"varchar", "nvarchar", "character varying"})
_CHARS = frozenset({"char", "character", "nchar"})
_VARBYTES = frozenset({"varbyte", "varbinary", "binary varying"})
_TYPE_TEXT = re.compile(r"([a-z][a-z0-9 ]*?)\s*(?:\(\s*(\w+)\s*(?:,\s*(\d+)\s*)?\))?", re.I)

_NOT_IN_REDSHIFT = "type {0} does not exist in Amazon Redshift"
_HINTS = {
    "json": "use SUPER",
    "jsonb": "use SUPER",
    "uuid": "use VARCHAR(36)",
    "bytea": "use VARBYTE",
    "serial": "use IDENTITY",
}


@functools.lru_cache(maxsize=1000)
def parse_type(text: str) -> Type:
    """The type of Redshift type text such as "varchar(64)" or "NUMERIC(10, 2)". Raises RedshiftSyntaxError."""
    match = _TYPE_TEXT.fullmatch(without_identity(text).strip())
    name = " ".join(match[1].lower().split()) if match else text.lower()
    if match is None or text.rstrip().endswith("]"):
        raise RedshiftSyntaxError(f"{_NOT_IN_REDSHIFT.format(text)}; arrays are values of type SUPER")
    size, scale = match[2], int(match[3]) if match[3] else None
    if size is not None and not (size.isdigit() or (size.lower() == "max" and name in _VARCHARS | _CHARS)):
        raise RedshiftSyntaxError(f"the length of a type must be a whole number: {text}")
    if name in _VARCHARS:
        return Type("varchar", _length(size, 256, MAX_VARCHAR))
    if name in _CHARS:
        return Type("char", _length(size, 1, 4096), trimmed=True)
    if name in _DECIMALS:
        return _decimal(int(size) if size else 18, scale or 0)
    if name in _VARBYTES:
        return VARBYTE
    if name == "float":
        return REAL if size and int(size) <= 24 else DOUBLE
    if name not in _BY_NAME:
        hint = _HINTS.get(name)
        raise RedshiftSyntaxError(_NOT_IN_REDSHIFT.format(f'"{name}"') + (f"; {hint}" if hint else ""))
    return _BY_NAME[name]


def is_identity(text: str) -> bool:
    """Whether a column's type text, as kept in TableInfo, says that the column numbers itself."""
    return " identity(" in text.lower()


def takes_no_value(text: str) -> bool:
    """Whether it numbers itself whatever an INSERT says, unlike GENERATED BY DEFAULT AS IDENTITY."""
    return is_identity(text) and " default identity(" not in text.lower()


def without_identity(text: str) -> str:
    """The type alone."""
    return text.partition(" identity(")[0].removesuffix(" default")


def _length(size: str | None, default: int, maximum: int) -> int:
    if size is None:
        return default
    length = maximum if size.lower() == "max" else int(size)
    if not 1 <= length <= maximum:
        raise RedshiftSyntaxError(f"length for a character type must be from 1 to {maximum}, not {length}")
    return length


def _decimal(precision: int, scale: int) -> Type:
    if not 1 <= precision <= 38:
        raise RedshiftSyntaxError(f"DECIMAL precision {precision} must be between 1 and 38")
    if not 0 <= scale <= min(precision, 37):
        raise RedshiftSyntaxError(f"DECIMAL scale {scale} must be between 0 and precision {precision}")
    return Type("decimal", precision, scale)


_DUCKDB = {
    "varchar": "VARCHAR",
    "char": "VARCHAR",
    "double": "DOUBLE",
    "real": "REAL",
    "timestamptz": "TIMESTAMP WITH TIME ZONE",
    "timetz": "TIME WITH TIME ZONE",
    "super": "JSON",
    "varbyte": "BLOB",
}


def duckdb_type(kind: Type) -> str:
    """How a column of this type is declared in DuckDB."""
    if kind.is_decimal:
        precision, scale = kind.digits
        return f"DECIMAL({precision},{scale})"
    if kind.name in ("hllsketch", "geometry", "geography"):
        raise RedshiftSyntaxError(f"type {kind.name.upper()} is not supported in the embedded warehouse")
    return _DUCKDB.get(kind.name, kind.name.upper())


def common_type(kinds: list[Type]) -> Type:
    """The type of CASE, COALESCE, UNION … over these (unknowns take the others' type)."""
    known = [k for k in kinds if not k.is_unknown]
    if not known:
        return UNKNOWN
    if any(k.is_super for k in known):
        forms = {k.form for k in known if k.is_super}
        return Type("super", form=forms.pop()) if len(forms) == 1 and len(known) == len(kinds) else SUPER
    if all(k.is_string for k in known):
        size = max((k.size or MAX_VARCHAR) for k in known)
        return Type("varchar", size, trimmed=all(k.trimmed for k in known) and len(known) == len(kinds))
    if all(k.is_number for k in known):
        return _common_number(known)
    if all(k.is_temporal for k in known):
        order = ["time", "timetz", "date", "timestamp", "timestamptz"]
        return Type(max((k.name for k in known), key=order.index))
    others = [k for k in known if not k.is_string]
    return others[0] if others else known[0]


def _common_number(kinds: list[Type]) -> Type:
    if any(k.is_float for k in kinds):
        return DOUBLE if any(k.name != "real" for k in kinds) else REAL
    if any(k.is_decimal for k in kinds):
        digits = [k.digits for k in kinds]
        scale = max(s for _, s in digits)
        return Type("decimal", min(38, max(p - s for p, s in digits) + scale), scale)
    return Type(max((k.name for k in kinds), key=lambda n: INTEGERS[n]))
