"""The company's data: what the tables look like, loading them from files, and making a demo company."""
