"""Settings: everything that differs between two machines comes from the environment.

The table in docs/operations.md lists each variable. A value that cannot be right stops the start with a sentence.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()


def _boolean(name: str, default: bool) -> bool:
    """Read a switch. Only the usual words count, so that DEBUG=flase cannot mean "on" or "off" by accident."""
    text = env.str(name, default=str(default)).strip().lower()
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {text!r}: say true or false.")


def _number(name: str, default: int, of: str = "seconds") -> int:
    text = env.str(name, default=str(default)).strip()
    if not (text.isascii() and text.isdigit()):
        raise ImproperlyConfigured(f"{name} is {text!r}: a whole number of {of}, 0 or more, is wanted.")
    return int(text)


def _date(name: str, default: str) -> dt.date:
    text = env.str(name, default=default)
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {text!r}: a date such as {default} is wanted.") from None


def _time_zone(name: str, default: str) -> str:
    text = env.str(name, default=default)
    try:
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ImproperlyConfigured(
            f"{name} is {text!r}: no such time zone; {default} is of the form wanted."
        ) from None
    return text


def _database(name: str, default: str) -> dict[str, Any]:
    """Read the database's address. SQLite gets the options under which eight writers never meet a lock."""
    url = env.str(name, default=default)
    if urlsplit(url).scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{name} begins with {urlsplit(url).scheme!r}: sqlite:///path/to/file or "
            "postgres://user:password@host:port/name is wanted."
        )
    database: dict[str, Any] = env.db_url_config(url)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        if database["NAME"] != ":memory:":
            Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        # IMMEDIATE takes the write lock at BEGIN, so a transaction never finds half-way that it cannot write.
        # recursive_triggers lets INSERT OR REPLACE meet the triggers that guard points and versions.
        database["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA recursive_triggers=ON;",
        }
    # Opening a connection costs several times what a page that is kept does: SQLite reads the whole schema anew.
    database["CONN_MAX_AGE"] = 600
    database["CONN_HEALTH_CHECKS"] = True
    return database


def _cache(name: str) -> dict[str, Any]:
    url = env.str(name, default="locmemcache://")
    if urlsplit(url).scheme not in {"locmemcache", "dummycache", "redis", "rediss", "filecache"}:
        raise ImproperlyConfigured(
            f"{name} begins with {urlsplit(url).scheme!r}: redis://host:port/0, filecache:///path, "
            "locmemcache:// or dummycache:// is wanted."
        )
    cache: dict[str, Any] = env.cache_url_config(url)
    return cache


def _secret_key() -> str:
    key = env.str("SECRET_KEY", default="")
    if key:
        return key
    if DEBUG:
        return "for-development-only-never-for-a-site-that-others-can-reach"
    raise ImproperlyConfigured("SECRET_KEY is not set: give 50 random characters, or DEBUG=true at your own desk.")


# -- The machine --------------------------------------------------------------------------------------------

DEBUG = _boolean("DEBUG", default=False)
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATABASES = {"default": _database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'ledger.sqlite3'}")}
CACHES = {"default": _cache("CACHE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Where the packages of data that /data/ gives are kept as zips; made again where they are missing.
PACKAGE_DIR = Path(env.str("PACKAGE_DIR", default=str(VAR_DIR / "packages")))

# Hosts that a curator's download may reach although they are private, "host" or "host:port": for intranets.
FETCH_ALLOW_HOSTS = frozenset(env.list("FETCH_ALLOW_HOSTS", default=[]))

# The small plotly.js that `manage.py fetch_plotly` puts here. Empty, or no such file: the Python package's.
PLOTLY_BUNDLE = env.str("PLOTLY_BUNDLE", default=str(VAR_DIR / "plotly" / "plotly-basic-4.1.1.min.js"))
# How often one client may ask the API; 0 sets no limit. Counted in the cache.
API_REQUESTS_PER_MINUTE = _number("API_REQUESTS_PER_MINUTE", default=120, of="requests")

# -- The conflict -------------------------------------------------------------------------------------------

CONFLICT_NAME = env.str("CONFLICT_NAME", default="Russia’s full-scale invasion of Ukraine")
CONFLICT_START = _date("CONFLICT_START", default="2022-02-24")
CONFLICT_TIME_ZONE = _time_zone("CONFLICT_TIME_ZONE", default="Europe/Kyiv")
if dt.datetime.now(zoneinfo.ZoneInfo(CONFLICT_TIME_ZONE)).date() < CONFLICT_START:
    raise ImproperlyConfigured(f"CONFLICT_START is {CONFLICT_START}: day 1 must not lie in the future.")

# Where two datasets state different figures and nothing else speaks, the first one named here is taken.
DATASET_ORDER = ("petroivaniuk", "orc-losses")

# -- Django -------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "conflict",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
    "django_htmx",
    "simple_history",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "conflict.web.compression.CompressionMiddleware",
    "conflict.web.streams.StreamCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "conflict.urls"
WSGI_APPLICATION = "conflict.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "conflict.web.context.conflict",
            ],
            "builtins": ["conflict.templatetags.ledger"],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets may have templates of the site's own

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# English needs no prefix in the address; every other language has its code there. A further language is a line
# here, a folder in locale/ and one in conflict/formats/.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("uk", "Українська")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = CONFLICT_TIME_ZONE
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["conflict.formats"]

FIXTURE_DIRS = [BASE_DIR / "fixtures"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "conflict.staticfiles.PlotlyFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# -- Security -----------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# HTTPS is the rule. HTTPS=false is for a site that is served on the loopback alone, as `make demo` does.
HTTPS = _boolean("HTTPS", default=not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = _number("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = _boolean("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    # Only with a proxy that sets this header itself: otherwise any visitor could claim to come by HTTPS.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
