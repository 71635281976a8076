"""The embedded warehouse: a stand-in for Amazon Redshift that runs inside this process, on DuckDB and XGBoost.

Importing it makes ``redshift+local:///path.duckdb`` an address for SQLAlchemy. ``embedded_redshift.dbapi`` is the
PEP 249 module.
"""

from sqlalchemy.dialects import registry

registry.register("redshift.local", "embedded_redshift.dialect", "RedshiftLocalDialect")
