# ruff: noqa: F821 (the names come from the notebook)
"""Worked answers in code for notebook 04; each block replaces the answer cell of its exercise."""

# %% members_1954
members_1954 = sum(joined <= "1954-03-31")

# %% enlargement_chart
fig, ax = plt.subplots()
ax.plot(steps["date"], steps["members"], drawstyle="steps-post")
clock = "date on which the instrument of accession was deposited"
ax.set(title="NATO members, 1949 to 2024", xlabel=clock, ylabel="members")
plt.show()

# %% recollection_lag
print(kit.measures.dates.lag("2000-06", "2024-02-08").years)
recollection_lag = 23
