"""The machine learning statements of the embedded warehouse: CREATE, SHOW and DROP MODEL, and what they train."""
