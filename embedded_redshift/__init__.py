"""The embedded warehouse: a stand-in for Amazon Redshift that runs inside this process, on DuckDB and XGBoost."""
