#!/usr/bin/env python3
"""Run a command of the ledger: ``python manage.py help`` lists them."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
