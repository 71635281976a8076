"""Translation of Amazon Redshift SQL to DuckDB's, keeping Redshift's meaning and refusing what Redshift refuses."""

from __future__ import annotations

from jobrec_ui.local.translate.macros import SETUP_STATEMENTS
from jobrec_ui.local.translate.memory import MEMORY
from jobrec_ui.local.translate.metadata import TableInfo
from jobrec_ui.local.translate.model import Catalog, Kind, RedshiftSyntaxError, Translation
from jobrec_ui.local.translate.session import transaction_command
from jobrec_ui.local.translate.statements import translate

__all__ = [
    "MEMORY",
    "SETUP_STATEMENTS",
    "Catalog",
    "Kind",
    "RedshiftSyntaxError",
    "TableInfo",
    "Translation",
    "transaction_command",
    "translate",
]
