site <- "https://ledger.example.org"
losses <- read.csv(
  paste0(site, "/api/v1/losses.csv?category=tanks&from=2024-11-01&to=2024-11-30"),
  na.strings = "", colClasses = c(date = "Date")
)
# A change may cover several days: the rate is honest only over the days that it spans.
losses$a_day <- losses$computed_change / losses$days_since_previous
print(tail(losses[, c("date", "total", "a_day")]))
