"""Whoever looks at a page first after a start does not wait for what all pages share."""

from __future__ import annotations

import subprocess
import sys

ASKED = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "lerend_web.conf.settings"
import django
django.setup()
before = [name for name in NAMES if name in sys.modules]
from lerend_web.workbench.domain.ahead import load_ahead
load_ahead().join()
print(before, [name for name in NAMES if name not in sys.modules])
"""
NAMES = ("scipy.special", "scipy.optimize", "lerend_web.workbench.views.evidence.entries")


def test_what_pages_share_is_loaded_beside_the_first_requests(environment: dict[str, str]) -> None:
    program = f"NAMES = {NAMES!r}\n{ASKED}"
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.split("\n")[0] == "[] []", done.stderr
