"""Commands of whoever runs the platform: ``python -m lerend_web serve``, ``python -m lerend_web check``."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
    execute_from_command_line(["python -m lerend_web", *sys.argv[1:]])


if __name__ == "__main__":
    main()
