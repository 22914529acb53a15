"""Form fields that take what a curator types, and nothing that only looks like it.

Django's own number fields read ``١٢٣``, ``１２`` and ``1_000`` as numbers, and its date field reads 03/04/2024 in
the American order. A figure of the ledger is never guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any, NoReturn

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import (
    AdminDateWidget,
    AdminTextareaWidget,
    AdminTextInputWidget,
    AdminURLFieldWidget,
)
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from conflict.models import Category

_SPACES = "\u0020\u00a0\u2009\u202f"
_WHOLE = re.compile(rf"(?P<sign>[+\u2212-]?)(?P<digits>[0-9]+|[0-9]{{1,3}}(?:[,{_SPACES}][0-9]{{3}})+)")
_DECIMAL = re.compile(rf"(?P<whole>[0-9]+|[0-9]{{1,3}}(?:[,{_SPACES}][0-9]{{3}})+)(?P<part>\.[0-9]+)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class FigureField(forms.IntegerField):
    """A whole number: 9382, 9,382 or 9 382, with a sign where ``signed``. Empty is ``None``, "not stated"."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("“%(value)s” is not a whole number such as 9382 or 9,382.")}

    def __init__(self, *, signed: bool = False, **kwargs: Any) -> None:
        self.signed = signed
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "text" if signed else "numeric")
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: Any) -> int | None:
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        match = _WHOLE.fullmatch(text)
        if match is None or len(text) > 30:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": text[:40]})
        number = int(re.sub(r"[^0-9]", "", match["digits"]))
        return -number if match["sign"] in {"-", "\u2212"} else number

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            sign = "+" if self.signed and value > 0 else ""
            return sign + number_format(value, force_grouping=True)
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class DecimalFigureField(forms.DecimalField):
    """A number of an event: 10, 1,500 or 2.5. Shown without the zeros that the column pads it with."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("“%(value)s” is not a number such as 10, 1,500 or 2.5.")}

    def to_python(self, value: Any) -> Any:
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        match = _DECIMAL.fullmatch(text)
        if match is None or len(text) > 40:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": text[:40]})
        return Decimal(re.sub(r"[^0-9]", "", match["whole"]) + (match["part"] or ""))

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class WebAddressField(forms.URLField):
    """An address on the web: http or https, and nothing else that Django calls a URL."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})


class _Refused(ValueError):
    """What Python's reader of JSON would have taken."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        keys = [key for key, _value in pairs]
        raise _Refused(_("“%s” is given twice.") % next(key for key in keys if keys.count(key) > 1))
    return values


def _constant(name: str) -> NoReturn:
    raise _Refused(_("%s is not a value of JSON.") % name)


class WordsField(forms.CharField):
    """An object of JSON that holds words for each language; subclasses say what stands inside."""

    widget: type[forms.Widget] = AdminTextareaWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        super().__init__(**kwargs)
        self.widget.attrs.update({"rows": 8, "cols": 60, "spellcheck": "false", "class": "vLargeTextField code"})

    def to_python(self, value: Any) -> Any:
        text = value if isinstance(value, str) else json.dumps(value or {})
        if not text.strip():
            return {}
        try:
            read = json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant)
        except _Refused as error:
            raise ValidationError(str(error)) from None
        except RecursionError:
            raise ValidationError(_("This is nested too deeply.")) from None
        except json.JSONDecodeError as error:
            raise ValidationError(
                _("Line %(line)s, column %(column)s: this is not JSON (%(reason)s)."),
                params={"line": error.lineno, "column": error.colno, "reason": error.msg},
            ) from None
        if not isinstance(read, dict):
            raise ValidationError(_('An object is due: {"uk": …}.'))
        for language, words in read.items():
            if not _LANGUAGE.fullmatch(language):
                raise ValidationError(
                    _("“%(language)s” is not a language code such as uk."), params={"language": language}
                )
            self.check_words(language, words)
        return read

    def check_words(self, language: str, words: Any) -> None:
        """Raise ValidationError where ``words`` has not the shape that belongs to a language."""
        raise NotImplementedError

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return json.dumps(value, ensure_ascii=False, indent=2) if value else ""
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool((initial or {}) != self.to_python(data))
        except ValidationError:
            return True


class OtherTranslationsField(WordsField):
    """``{"de": {"name": "Panzer"}}``: words in languages that the site does not show, kept as they are."""

    widget = forms.HiddenInput

    def __init__(self, *, words: Collection[str], **kwargs: Any) -> None:
        self.words = tuple(words)
        super().__init__(**kwargs)

    def check_words(self, language: str, words: Any) -> None:
        if not isinstance(words, dict):
            raise ValidationError(_("“%(language)s”: an object of words is due."), params={"language": language})
        for word, text in words.items():
            place = {"language": language, "word": word, "words": ", ".join(self.words)}
            if word not in self.words:
                raise ValidationError(_("“%(language)s”: “%(word)s” is not one of %(words)s."), params=place)
            if not isinstance(text, str) or not text.strip():
                raise ValidationError(_("“%(language)s”, “%(word)s”: a text is due."), params=place)


class TranslationsWidget(forms.MultiWidget):
    """A box for each word in each language of the site but English, and out of sight the words in others."""

    template_name = "admin/conflict/translations.html"

    def __init__(self, words: Sequence[models.Field], attrs: dict[str, Any] | None = None) -> None:
        self.places = [(code, field.name) for code, _name in _other_languages() for field in words]
        self.labels = [
            f"{str(field.verbose_name).capitalize()}, {name}"
            for _code, name in _other_languages()
            for field in words
        ]
        boxes: dict[str, forms.Widget] = {
            f"{code}-{field.name}": AdminTextareaWidget({"lang": code, "rows": 5})
            if isinstance(field, models.TextField)
            else AdminTextInputWidget({"lang": code})
            for code, _name in _other_languages()
            for field in words
        }
        super().__init__({**boxes, "rest": forms.HiddenInput()}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        held = value if isinstance(value, dict) else {}
        shown = {code for code, _word in self.places}
        rest = {code: words for code, words in held.items() if code not in shown}
        boxes = [held.get(code, {}).get(word, "") for code, word in self.places]
        return [*boxes, json.dumps(rest, ensure_ascii=False) if rest else ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for label, box in zip(self.labels, context["widget"]["subwidgets"], strict=False):
            box["label"] = label
        return context


class TranslationsField(forms.MultiValueField):
    """``{"uk": {"name": "Танки"}}``: the words of ``words``, fields of a model, in the site's other languages."""

    def __init__(self, *, words: Sequence[models.Field], **kwargs: Any) -> None:
        for unused in ("encoder", "decoder", "max_length", "empty_value"):
            kwargs.pop(unused, None)
        self.places = [(code, field.name) for code, _name in _other_languages() for field in words]
        rest = OtherTranslationsField(words=[field.name for field in words], required=False)
        boxes = [forms.CharField(required=False) for _place in self.places]
        super().__init__(
            fields=[*boxes, rest],
            require_all_fields=False,
            widget=TranslationsWidget(words),
            **{**kwargs, "required": False},
        )
        self.help_text = _("Where a box is empty, readers of that language see the English words, marked as such.")

    def compress(self, data_list: list[Any]) -> dict[str, dict[str, str]]:
        *boxes, rest = data_list or [None]
        words: dict[str, dict[str, str]] = dict(rest or {})
        for (code, word), text in zip(self.places, boxes, strict=False):
            if text:
                words.setdefault(code, {})[word] = text
        return words


def _other_languages() -> list[tuple[str, str]]:
    return [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


class LabelsField(WordsField):
    """``{"en": ["tanks"], "uk": ["танки", "танків"]}``: for each language, the labels as printed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.help_text = _('The labels as bulletins print them, for each language: {"uk": ["танки", "танків"]}.')

    def check_words(self, language: str, words: Any) -> None:
        if not isinstance(words, list) or not all(isinstance(label, str) and label.strip() for label in words):
            raise ValidationError(_("“%(language)s”: a list of texts is due."), params={"language": language})


def translatable(model: type[models.Model]) -> list[models.Field]:
    """Return the fields of a row with ``translations`` whose words may be given in another language."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.SlugField | models.URLField)
        and not field.choices
        and field.name not in {"publisher", "language", "sha256", "licence"}
    ]


class FieldsOfTheDesks:
    """For ModelAdmin and inlines: every column gets the form field of this module that fits it."""

    def formfield_for_dbfield(self, db_field: models.Field, request: Any, **kwargs: Any) -> Any:
        if db_field.choices:
            pass
        elif isinstance(db_field, models.JSONField) and db_field.name == "translations":
            kwargs.update(form_class=TranslationsField, words=translatable(db_field.model))
        elif isinstance(db_field, models.JSONField) and db_field.model is Category:
            kwargs.update(form_class=LabelsField)
        elif isinstance(db_field, models.BigIntegerField) and not isinstance(db_field, models.BigAutoField):
            kwargs.update(form_class=FigureField, min_value=0)  # what is counted is never below 0
            kwargs.update(widget=forms.TextInput(attrs={"class": "vFigureField"}))
        elif isinstance(db_field, models.DecimalField):
            kwargs.update(form_class=DecimalFigureField, widget=forms.TextInput(attrs={"class": "vFigureField"}))
        elif isinstance(db_field, models.URLField):
            kwargs.update(form_class=WebAddressField, widget=AdminURLFieldWidget())
        elif isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
            kwargs.update(widget=AdminDateWidget(format="%Y-%m-%d"), input_formats=["%Y-%m-%d"])
        elif isinstance(db_field, models.TextField):
            kwargs.update(widget=AdminTextareaWidget(attrs={"rows": 5}))
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
