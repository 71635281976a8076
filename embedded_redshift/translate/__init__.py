"""Translation of Amazon Redshift SQL to DuckDB's, keeping Redshift's meaning and refusing what Redshift refuses."""

from __future__ import annotations

from embedded_redshift.translate.interface import Catalog, Kind, RedshiftSyntaxError, Translation
from embedded_redshift.translate.macros import SETUP_STATEMENTS
from embedded_redshift.translate.metadata import TableInfo
from embedded_redshift.translate.session_statements import DEFAULTS, SETTINGS, transaction_command
from embedded_redshift.translate.statements import translate
from embedded_redshift.translate.translation_cache import TRANSLATIONS

__all__ = [
    "DEFAULTS",
    "SETTINGS",
    "SETUP_STATEMENTS",
    "TRANSLATIONS",
    "Catalog",
    "Kind",
    "RedshiftSyntaxError",
    "TableInfo",
    "Translation",
    "transaction_command",
    "translate",
]
