"""The table of statements: every one has an entry that says who translates it, and what it does here.

Statements of which sqlglot has no tree, or none that tells them apart, are known by their first word and translated
from their text; all others by the kind of their tree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from sqlglot import exp

from embedded_redshift.translate.context import Context
from embedded_redshift.translate.interface import Catalog, Translation

Group = Literal["Queries", "Rows", "Tables, views, schemas", "Models", "Roles and grants", "Session", "Maintenance"]
# Given the first word in lower case and the whole text; None for a statement that is another's to translate.
TextTranslator = Callable[[str, str, Catalog], Translation | None]
TreeTranslator = Callable[[Context, exp.Expr], Translation]

TEXT_TRANSLATORS: dict[str, list[TextTranslator]] = {}
TREE_TRANSLATORS: dict[type[exp.Expr], TreeTranslator] = {}

# For the documentation: by group the forms of statements, each with what is particular about it here.
FORMS: dict[Group, dict[str, str]] = {}

# Statements that are refused by their first word, and why.
REFUSED = {
    "copy": "SQL reaches no files: rows come in bulk through `Connection.stage`",
    "unload": "SQL reaches no files: fetch the rows",
    "call": "there are no stored procedures",
    "declare": "a cursor is the driver's: `fetchmany`",
    "fetch": "a cursor is the driver's: `fetchmany`",
    "close": "a cursor is the driver's: `fetchmany`",
    "prepare": "statements are prepared by themselves; parameters are the driver's",
    "execute": "statements are prepared by themselves; parameters are the driver's",
    "deallocate": "statements are prepared by themselves; parameters are the driver's",
    "lock": "transactions that change the same rows fail with error 1023, as in Redshift",
    "refresh": "there are no materialized views",
    "do": "it is PostgreSQL's alone",
    "import": "it is PostgreSQL's alone",
    "listen": "it is PostgreSQL's alone",
    "notify": "it is PostgreSQL's alone",
}


def text_statement(*words: str, group: Group, forms: Mapping[str, str]) -> Callable[[TextTranslator], TextTranslator]:
    """Register the translator of statements that begin with one of the words, under the names of its forms."""

    def register(translator: TextTranslator) -> TextTranslator:
        for word in words:
            TEXT_TRANSLATORS.setdefault(word, []).append(translator)
        FORMS.setdefault(group, {}).update(forms)
        return translator

    return register


def tree_statement(
    kind: type[exp.Expr], group: Group, forms: Mapping[str, str]
) -> Callable[[TreeTranslator], TreeTranslator]:
    """Register the translator of statements of this kind of tree, under the names of its forms."""

    def register(translator: TreeTranslator) -> TreeTranslator:
        TREE_TRANSLATORS[kind] = translator
        FORMS.setdefault(group, {}).update(forms)
        return translator

    return register
