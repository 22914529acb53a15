"""The read-only API: every figure, report, event and finding of the site, in forms that programs read."""
