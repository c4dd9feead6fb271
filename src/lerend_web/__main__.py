"""Commands of whoever runs the platform: ``python -m lerend_web serve``, ``python -m lerend_web check``."""

from __future__ import annotations

import os
import sys
from typing import Final

from django.core.management import execute_from_command_line

_OF_DOOR_TWO: Final = {"sign_translation"}


def main() -> None:
    if _OF_DOOR_TWO & set(sys.argv[1:2]):
        os.environ["DJANGO_SETTINGS_MODULE"] = "lerend_web.conf.answering_settings"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
    execute_from_command_line(["python -m lerend_web", *sys.argv[1:]])


if __name__ == "__main__":
    main()
