"""Names that an expression can see: the relations of its FROM clause and of the queries around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from embedded_redshift.translate.interface import RedshiftSyntaxError
from embedded_redshift.translate.types import Type
from embedded_redshift.translate.values import Value, identifier

Found = TypeVar("Found")

# Page r_correlated_subqueries.
UNSUPPORTED_CORRELATION = "This type of correlated subquery pattern is not supported"


@dataclass(slots=True)
class Relation:
    """One item of a FROM clause: Value by column name.

    hidden: columns that `*` leaves out. element: the item is the element of an unnested SUPER.
    """

    alias: str
    columns: dict[str, Value]
    schema: str | None = None
    element: Value | None = None
    hidden: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Scope:
    """What one SELECT sees.

    relations: in the order of the FROM clause. outputs: names given in the select list so far. group_keys: what
    stands for an expression that is grouped by. merged: columns of USING. sort_orders: of its LISTAGG and the like.
    correlated: it refers to the query around; has_correlated: a subquery of it does. windowed: it has window functions.
    """

    parent: Scope | None = None
    relations: dict[str, Relation] = field(default_factory=dict)
    outputs: dict[str, Value] = field(default_factory=dict)
    group_keys: dict[str, Value] = field(default_factory=dict)
    merged: dict[str, Value] = field(default_factory=dict)
    sort_orders: set[str] = field(default_factory=set)
    correlated: bool = False
    has_correlated: bool = False
    windowed: bool = False

    def add(self, relation: Relation) -> None:
        if relation.alias in self.relations:
            raise RedshiftSyntaxError(f'table name "{relation.alias}" specified more than once')
        self.relations[relation.alias] = relation

    def put_in_order(self, aliases: Iterable[str]) -> None:
        """Brings the relations into the order of their aliases."""
        self.relations = {alias: self.relations[alias] for alias in aliases if alias in self.relations} | self.relations

    def relation(self, alias: str) -> Relation | None:
        """The relation of that name here or in a query around."""
        return self._search(lambda scope: scope.relations.get(alias))

    def column(self, name: str) -> Value | None:
        """The column of that name in the nearest scope that has it. Raises when it is ambiguous."""
        return self._search(lambda scope: scope._own_column(name))

    def _own_column(self, name: str) -> Value | None:
        if name in self.merged:
            return self.merged[name]
        found = [r for r in self.relations.values() if name in r.columns]
        if len(found) > 1:
            raise RedshiftSyntaxError(f'column reference "{name}" is ambiguous')
        return found[0].columns[name] if found else None

    def _search(self, look: Callable[[Scope], Found | None]) -> Found | None:
        """What look finds in the nearest scope. A subquery may refer to the query right around it only."""
        scope: Scope | None = self
        depth = 0
        while scope is not None:
            if (found := look(scope)) is not None:
                if depth > 1:
                    raise RedshiftSyntaxError(
                        f"{UNSUPPORTED_CORRELATION}: it refers to a query that is not right around it"
                    )
                if depth == 1:
                    self.correlated = scope.has_correlated = True
                return found
            scope = scope.parent
            depth += 1
        return None

    def grouped(self, value: Value) -> Value:
        """The value as GROUP BY made it."""
        return self.group_keys.get(value.sql, value)


def named_columns(names: Iterable[str], types: Iterable[Type]) -> dict[str, Type]:
    """Column types by name; a repeated name keeps its place under a name nobody writes."""
    columns: dict[str, Type] = {}
    for name, kind in zip(names, types, strict=True):
        unique, n = name, 1
        while unique in columns:
            n += 1
            unique = f"{name}:{n}"
        columns[unique] = kind
    return columns


def relation_of(alias: str, types: dict[str, Type], schema: str | None = None) -> Relation:
    """A relation whose columns are read as "alias"."column"."""
    prefix = identifier(alias)
    return Relation(alias, {name: Value(f"{prefix}.{identifier(name)}", kind) for name, kind in types.items()}, schema)
