# ruff: noqa: B018, F821 (the names come from the notebook; a cell shows its last line)
"""Worked answer in code for notebook 02; the block replaces the answer cell of its exercise."""

# %% claims_table
claims_table = pd.crosstab(claims["text_id"], claims["about"])
claims_table
