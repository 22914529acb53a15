"""Dates and numbers in Ukrainian: 19 листопада 2024, 724 050.

After a day the month stands in the genitive (E); its short form is small (b).
"""

DATE_FORMAT = "j E Y"
SHORT_DATE_FORMAT = "j b Y"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j E"
DATETIME_FORMAT = "j E Y, H:i"
SHORT_YEAR_MONTH_FORMAT = "b Y"
SHORT_MONTH_DAY_FORMAT = "j b"
FULL_DATE_FORMAT = "l, j E Y"
MONTH_FORMAT = "F"
WEEKDAY_FORMAT = "l"
SHORT_MONTH_FORMAT = "b"
THOUSAND_SEPARATOR = "\u00a0"
DECIMAL_SEPARATOR = ","
NUMBER_GROUPING = 3
DATE_INPUT_FORMATS = ["%Y-%m-%d"]
# The order of names: see conflict/web/alphabet.py.
ALPHABET = "0123456789абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
