"""Dates and numbers in English: 19 November 2024, 724,050."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
DATETIME_FORMAT = "j F Y, H:i"
# The next six are the site's own: Django knows none so short. Charts and narrow columns use them.
SHORT_YEAR_MONTH_FORMAT = "M Y"
SHORT_MONTH_DAY_FORMAT = "j M"
FULL_DATE_FORMAT = "l, j F Y"
MONTH_FORMAT = "F"
WEEKDAY_FORMAT = "l"
SHORT_MONTH_FORMAT = "M"
THOUSAND_SEPARATOR = ","
DECIMAL_SEPARATOR = "."
NUMBER_GROUPING = 3
# Only the one form that cannot be mistaken: 03/04/2024 is two days.
DATE_INPUT_FORMATS = ["%Y-%m-%d"]
# The order of names: see conflict/web/alphabet.py.
ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
