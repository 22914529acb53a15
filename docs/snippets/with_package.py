import io
import urllib.request
import zipfile

import pandas as pd

site, version = "https://ledger.example.org", 1
with urllib.request.urlopen(f"{site}/data/conflict-ledger-v{version}.zip") as answer:
    package = zipfile.ZipFile(io.BytesIO(answer.read()))
points = pd.read_csv(package.open(f"conflict-ledger-v{version}/points.csv"), parse_dates=["date"])

# What the ledger showed at version 1: points that began by then and had not ended.
then = points[(points["from_version"] <= 1) & ~(points["to_version"] <= 1)]
print(then.groupby("category")["total"].max())
