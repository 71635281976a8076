"""jobrec_ui: ranks candidates for postings, and postings for candidates, with a model inside the warehouse."""

from sqlalchemy.dialects import registry

# So that create_engine("redshift+local:///…") and st.connection find the embedded warehouse.
registry.register("redshift.local", "jobrec_ui.local.dialect", "RedshiftLocalDialect")
