"""The site's own settings, made fit for tests: no HTTPS, no manifest of static files, a fast hasher."""

import os

os.environ.setdefault("SECRET_KEY", "only-the-tests-use-this-key-and-it-guards-nothing-at-all")
os.environ.setdefault("HTTPS", "false")

from conflict.settings import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
API_REQUESTS_PER_MINUTE = 0  # the tests of the limit set one
