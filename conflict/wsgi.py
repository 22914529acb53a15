"""The door for an application server: ``granian --interface wsgi conflict.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict.settings")
application = get_wsgi_application()
