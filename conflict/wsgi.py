"""The door for an application server: ``granian --interface wsgi conflict.wsgi:application``."""

import os

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.wsgi import get_wsgi_application

from conflict.staticfiles import need_collected

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict.settings")
application = get_wsgi_application()
need_collected(staticfiles_storage)
