import pandas as pd

site = "https://ledger.example.org"
losses = pd.read_csv(
    f"{site}/api/v1/losses.csv?category=tanks&category=personnel&from=2024-11-01&to=2024-11-30",
    parse_dates=["date"],
    dtype={"total": "Int64", "printed_change": "Int64", "computed_change": "Int64"},  # not stated stays <NA>
)
# A change may cover several days: the rate is honest only over the days that it spans.
losses["a_day"] = losses["computed_change"] / losses["days_since_previous"]
table = losses.pivot(index="date", columns="category", values="a_day")
print(table.tail())
