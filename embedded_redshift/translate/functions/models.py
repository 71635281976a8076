"""EXPLAIN_MODEL where a value stands: in subqueries, common table expressions and tables made from queries."""

from __future__ import annotations

from embedded_redshift.translate.function_table import Call, function
from embedded_redshift.translate.interface import DATABASE
from embedded_redshift.translate.macros import SCHEMA, failure
from embedded_redshift.translate.types import SUPER
from embedded_redshift.translate.values import Value, string


@function("explain_model", args=1)
def _explain_model(call: Call) -> Value:
    """The explanation as it is when the statement runs: SUPER (page r_explain_model_function)."""
    text = call.args[0].literal
    parts = [part.strip().strip('"').lower() for part in (text or "").split(".")]
    if text is None or not all(parts) or len(parts) > 3 or (len(parts) == 3 and parts[0] != DATABASE):
        return call.reject("takes the model as 'schema.model'")
    name, schema = string(parts[-1]), parts[-2] if len(parts) > 1 else None
    # Of a bare name the first one on the search path.
    where = f"schema_name = {string(schema)}" if schema else "list_contains(current_schemas(true), schema_name)"
    order = "list_position(current_schemas(true), schema_name)"
    found = f"SELECT * FROM {SCHEMA}.explanations WHERE model_name = {name} AND {where} ORDER BY {order} LIMIT 1"
    missing = failure(string(f'Model "{parts[-1]}" does not exist'))
    return Value(f"(SELECT CASE count(*) WHEN 0 THEN {missing} ELSE any_value(explanation) END FROM ({found}))", SUPER)
