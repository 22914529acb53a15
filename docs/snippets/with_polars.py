import io
import urllib.request

import polars as pl

site = "https://ledger.example.org"
query = "category=tanks&category=personnel&from=2024-11-01&to=2024-11-30"
with urllib.request.urlopen(f"{site}/api/v1/losses.csv?{query}") as answer:  # Polars itself reads no streams
    losses = pl.read_csv(io.BytesIO(answer.read()), try_parse_dates=True, infer_schema_length=None)
table = (
    losses.with_columns((pl.col("computed_change") / pl.col("days_since_previous")).alias("a_day"))
    .pivot(on="category", index="date", values="a_day")
    .sort("date")
)
print(table.tail())
