"""The table of statements: every one has an entry that says who translates it, and what it does here.

Statements of which sqlglot has no tree, or none that tells them apart, are known by their first word and translated
from their text; all others by the kind of their tree.
"""

from __future__ import annotations

import re
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

_ONE_DATABASE = "there is one database, dev"
_ONE_USER = "one user, awsuser, owns everything; roles are kept: CREATE ROLE"
_NO_POLICIES = "one user owns everything and sees every row of it as it is"
_NOT_SHARED = "nothing is shared between warehouses"
_NO_FUNCTIONS = "there are no functions but Redshift's own and those of models: write the expression into the query"
_NO_PROCEDURES = "there are no stored procedures"
_NO_TEMPLATES = "they are for COPY, and SQL reaches no files"
_NO_FILES = "SQL reaches no files: rows come in bulk through `Connection.stage`"
_CURSORS = "a cursor is the driver's: `fetchmany`"
_PREPARED = "statements are prepared by themselves; parameters are the driver's"
_NO_GRANTS = "grants mean nothing and are not kept"
_POSTGRESQL = "it is PostgreSQL's alone"

# Statements that are refused by their first words, and why. The longest of these that fits counts.
REFUSED = {
    "copy": _NO_FILES,
    "unload": "SQL reaches no files: fetch the rows",
    **dict.fromkeys(
        ("create external schema", "create external table", "alter external schema", "show external table"), _NO_FILES
    ),
    **dict.fromkeys(("create external view", "alter external view", "drop external view"), _NO_FILES),
    **dict.fromkeys(("create template", "alter template", "drop template", "show template", "show templates"),
        _NO_TEMPLATES),
    **dict.fromkeys(("call", "create procedure", "alter procedure", "drop procedure", "show procedure",
        "show procedures", "show parameters"), _NO_PROCEDURES),
    **dict.fromkeys(("create function", "alter function", "drop function", "show functions",
        "create external function", "create library", "drop library"), _NO_FUNCTIONS),
    **dict.fromkeys(("declare", "fetch", "close"), _CURSORS),
    **dict.fromkeys(("prepare", "execute", "deallocate"), _PREPARED),
    "lock": "transactions that change the same rows fail with error 1023, as in Redshift",
    "drop schema external": _NO_FILES,
    "cancel": "a statement is cancelled from its program: `Connection.cancel`",
    **dict.fromkeys(("create database", "alter database", "drop database"), _ONE_DATABASE),
    **dict.fromkeys(("create user", "alter user", "drop user", "create group", "alter group", "drop group",
        "create identity provider", "alter identity provider", "drop identity provider", "desc identity provider"),
        _ONE_USER),
    **dict.fromkeys(("create rls policy", "alter rls policy", "drop rls policy", "attach rls policy",
        "detach rls policy", "create masking policy", "alter masking policy", "drop masking policy",
        "attach masking policy", "detach masking policy", "show rls policies", "show masking policies"), _NO_POLICIES),
    **dict.fromkeys(("create datashare", "alter datashare", "drop datashare", "desc datashare", "show datashares"),
        _NOT_SHARED),
    **dict.fromkeys(("show grants", "show column grants"), _NO_GRANTS),
    "show constraints": "keys are read and not kept, for Redshift does not enforce them either",
    "alter system": "there is no cluster to configure",
    "create external model": "it needs Amazon Redshift and Amazon Bedrock",
    **dict.fromkeys(("do", "import", "listen", "notify"), _POSTGRESQL),
}  # fmt: skip

# Words between the verb and what it is about that say nothing about the kind of statement.
_BETWEEN = re.compile(r"\b(?:or\s+replace|if\s+(?:not\s+)?exists|nonatomic)\s+", re.I)
_HEAD = re.compile(r"[a-z_]+(?:\s+[a-z_]+){0,3}", re.I)


def refusal(text: str) -> str | None:
    """Why the statement is refused, if its first words tell; ``text`` begins with the first of them."""
    head = _HEAD.match(_BETWEEN.sub("", text[:200]))
    words = head[0].lower().split() if head else []
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if name in REFUSED:
            return f"{name.upper()} is not supported in the embedded warehouse: {REFUSED[name].replace('`', '')}"
    return None


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
