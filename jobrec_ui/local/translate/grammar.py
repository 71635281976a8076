"""Redshift's grammar as sqlglot reads it, with what its own Redshift dialect leaves out."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.redshift import Redshift
from sqlglot.parsers.redshift import RedshiftParser


class PhysicalColumnAttribute(exp.Expression, exp.ColumnConstraintKind):
    """DISTKEY or SORTKEY written behind a column."""

    arg_types: ClassVar[dict[str, bool]] = {"this": True}


class StrictRedshiftParser(RedshiftParser):
    """sqlglot's parser plus column-level DISTKEY and SORTKEY."""

    CONSTRAINT_PARSERS: ClassVar[dict[str, Any]] = {
        **RedshiftParser.CONSTRAINT_PARSERS,
        "DISTKEY": lambda self: self.expression(PhysicalColumnAttribute(this="DISTKEY")),
        "SORTKEY": lambda self: self.expression(PhysicalColumnAttribute(this="SORTKEY")),
    }


class StrictRedshift(Redshift):
    """The dialect that the translation parses with."""

    Parser = StrictRedshiftParser
