"""The desk of findings: what the checks noticed, and a curator's answer to it."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conflict.admin.desks import Desk, ReadOnlyDesk, list_link
from conflict.ledger.findings import settle_finding
from conflict.ledger.sentences import reason, sentence
from conflict.models import Check, Finding, Point


class FindingForm(forms.ModelForm):
    """A finding is answered in words: what explains it, or why it is none."""

    class Meta:
        model = Finding
        fields = ["state", "words"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("state") != Finding.State.OPEN and not (values.get("words") or "").strip():
            raise ValidationError({"words": _("Say what explains it, or why it is dismissed.")})
        return values


@admin.register(Finding)
class FindingDesk(Desk):
    form = FindingForm
    list_display = ["date", "kind", "noticed", "severity", "state", "words", "decided_by", "still"]
    list_filter = ["state", "kind", "severity", ("passed", admin.EmptyFieldListFilter), "category", "source"]
    list_select_related = ["category", "document"]
    search_fields = ["date", "key", "words", "category__name", "document__slug", "decided_by"]
    date_hierarchy = "date"
    ordering = ["-date", "kind"]
    fixed_once_made = ()
    fieldsets = [
        (_("Your answer"), {"fields": ["state", "words", "decided_by", "decided"]}),
        (
            _("What was noticed"),
            {
                "fields": [
                    "in_words",
                    ("kind", "severity"),
                    ("date", "end_date"),
                    "category",
                    "source",
                    "party",
                    "document",
                ]
            },
        ),
        (_("What speaks for it"), {"fields": ["facts", "points", "found", "passed", "key"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        columns = [field.name for field in Finding._meta.fields if field.name not in {"id", "state", "words"}]
        return [*columns, "in_words", "facts", "points"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        answer = form.cleaned_data
        settle_finding(
            finding=obj, state=answer["state"], words=answer["words"] or "", by=request.user.get_username()
        )

    @admin.display(description=_("what was noticed"))
    def noticed(self, finding: Finding) -> str:
        return sentence(finding)

    @admin.display(description=_("in words"))
    def in_words(self, finding: Finding) -> str:
        return " ".join(filter(None, (sentence(finding), reason(finding))))

    @admin.display(description=_("still noticed"), boolean=True)
    def still(self, finding: Finding) -> bool:
        return finding.passed is None

    @admin.display(description=_("evidence"))
    def facts(self, finding: Finding) -> SafeString:
        return format_html("<pre>{}</pre>", json.dumps(finding.evidence, ensure_ascii=False, indent=2))

    @admin.display(description=_("points of these days"))
    def points(self, finding: Finding) -> SafeString:
        # The list of points is filtered by what its own filters know.
        where: dict[str, Any] = {"date__gte": finding.date, "date__lte": finding.end_date or finding.date}
        if finding.category_id is not None:
            where["category__id__exact"] = finding.category_id
        return list_link(Point, gettext("in the list of points"), **where)


@admin.register(Check)
class CheckDesk(ReadOnlyDesk):
    """Up to which version every rule has looked at the ledger."""

    list_display = ["version", "time", "reason"]
    list_select_related = ["version"]
    search_fields = ["=version__number", "version__reason"]
    date_hierarchy = "time"

    @admin.display(description=_("why"))
    def reason(self, check: Check) -> str:
        return check.version.reason
