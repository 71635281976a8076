"""jobrec_ui: ranks candidates for postings, and postings for candidates, with a model inside the warehouse."""

import os

from sqlalchemy.dialects import registry

# Threads that wait shall sleep, not spin: where the machine has other work to do, training is four times as fast.
# OpenMP reads this when XGBoost or scikit-learn is first imported.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

# So that create_engine("redshift+local:///…") and st.connection find the embedded warehouse.
registry.register("redshift.local", "embedded_redshift.dialect", "RedshiftLocalDialect")
# The same addresses as sqlalchemy-redshift's, through its dialect as this app mends it.
registry.register("redshift.redshift_connector", "jobrec_ui.warehouse.dialect", "RedshiftDialect")
