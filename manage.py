#!/usr/bin/env python3
"""Run a command of the ledger: ``python manage.py help`` lists them."""

import os
import sys


def main() -> None:
    """Run the command line; a setting that cannot be right is a sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018 - read now: Django would go on without settings, knowing no command
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
