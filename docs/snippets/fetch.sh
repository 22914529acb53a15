# The accepted figures of any categories and days, as CSV.
curl --fail --silent --show-error --output tanks.csv \
  "https://ledger.example.org/api/v1/losses.csv?category=tanks&from=2024-11-01&to=2024-11-30"

# One category as one compact JSON.
curl --fail --silent --show-error --output tanks.json "https://ledger.example.org/api/v1/series/tanks.json"

# The whole ledger, and from the second time on only if something changed.
touch ledger.etag
curl --fail --silent --show-error --etag-compare ledger.etag --etag-save ledger.etag \
  --output ledger.zip "https://ledger.example.org/data/conflict-ledger-v1.zip"
