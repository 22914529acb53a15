let
    Source = Csv.Document(
        Web.Contents("https://ledger.example.org/api/v1/losses.csv", [Query = [category = "tanks", from = "2024-11-01", to = "2024-11-30"]]),
        [Delimiter = ",", Encoding = 65001]
    ),
    Losses = Table.PromoteHeaders(Source)
in
    Table.TransformColumnTypes(Losses, {{"date", type date}, {"total", Int64.Type}}, "en-US")
