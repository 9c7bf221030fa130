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

# %% claims_chart
fig, ax = plt.subplots(figsize=(9, 5))
ax.plot(steps["date"], steps["members"], drawstyle="steps-post", color="grey")
ax.hlines(claims["members"], claims["first"], claims["last"], linewidth=8)
sure = claims[claims["first"] == claims["last"]]
ax.plot(sure["first"], sure["members"], "o", color="black")
for height, rows in claims.groupby("members"):
    place = (rows["last"].max(), height)
    names = ", ".join(rows["lane"].unique())
    ax.annotate(names, place, xytext=(6, -14), textcoords="offset points")
ax.margins(x=0.12)
ax.set(title="13 claims about an approach to NATO", ylabel="members")
ax.set_xlabel("date on which the instrument of accession was deposited")
plt.show()

# %% recollection_lag
print(kit.measures.dates.lag("2000-06", "2024-02-08").years)
recollection_lag = 23

# %% lag_chart
fig, ax = plt.subplots()
ax.plot(accounts["told"], accounts["told"], color="grey")
ax.plot(accounts["first"], accounts["first"], color="grey")
ax.scatter(accounts["first"], accounts["told"])
words = {"xlabel": "first day the event can have had", "ylabel": "day of the telling"}
ax.set(title="12 accounts: above the line, the story waited", **words)
plt.show()
