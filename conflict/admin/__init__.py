"""The curators' desks, one file a desk, on Django's own admin site."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conflict.admin import articles, events, findings, ledger, reports, sources, wars

__all__ = ["articles", "events", "findings", "ledger", "reports", "sources", "wars"]

admin.site.site_header = _("Conflict Ledger: the curators’ desks")
admin.site.site_title = _("Conflict Ledger desks")
admin.site.index_title = _("Desks")
admin.site.empty_value_display = "—"  # of a column; a figure that is missing says "not stated" itself
