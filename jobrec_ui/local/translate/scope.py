"""Names that an expression can see: the relations of its FROM clause and of the queries around it."""

from __future__ import annotations

from dataclasses import dataclass, field

from jobrec_ui.local.translate.model import RedshiftSyntaxError
from jobrec_ui.local.translate.types import Type
from jobrec_ui.local.translate.values import Value, identifier

# Name and type of a query's output columns, in order.
Columns = list[tuple[str, Type]]


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
    """

    parent: Scope | None = None
    relations: dict[str, Relation] = field(default_factory=dict)
    outputs: dict[str, Value] = field(default_factory=dict)
    group_keys: dict[str, Value] = field(default_factory=dict)
    merged: dict[str, Value] = field(default_factory=dict)
    sort_orders: set[str] = field(default_factory=set)

    def add(self, relation: Relation) -> None:
        if relation.alias in self.relations:
            raise RedshiftSyntaxError(f'table name "{relation.alias}" specified more than once')
        self.relations[relation.alias] = relation

    def relation(self, alias: str) -> Relation | None:
        scope: Scope | None = self
        while scope is not None:
            if alias in scope.relations:
                return scope.relations[alias]
            scope = scope.parent
        return None

    def column(self, name: str) -> Value | None:
        """The column of that name in the nearest scope that has it. Raises when it is ambiguous."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.merged:
                return scope.merged[name]
            found = [r for r in scope.relations.values() if name in r.columns]
            if len(found) > 1:
                raise RedshiftSyntaxError(f'column reference "{name}" is ambiguous')
            if found:
                return found[0].columns[name]
            scope = scope.parent
        return None


def relation_of(alias: str, types: dict[str, Type], schema: str | None = None) -> Relation:
    """A relation whose columns are read as "alias"."column"."""
    prefix = identifier(alias)
    return Relation(alias, {name: Value(f"{prefix}.{identifier(name)}", kind) for name, kind in types.items()}, schema)
