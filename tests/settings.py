"""The platform's settings for tests: the same, with a folder and a key of their own, and nothing left behind."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="lerend-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["LEREND_VAR"] = _folder
os.environ["LEREND_SECRET_KEY"] = "for tests only"  # noqa: S105 -- it guards nothing

from lerend_web.conf.settings import *  # noqa: E402, F403 -- the settings read the environment while being imported

# A test client that asks for anything else than a known name is a mistake of the test.
ALLOWED_HOSTS = ["testserver", "127.0.0.1"]

# Django would make the register's test database before the urn's; they know nothing of each other.
DATABASES["urn"]["TEST"] = {"DEPENDENCIES": []}  # noqa: F405 -- it comes with the star

INSTALLED_APPS = ["tests.databases", *INSTALLED_APPS]  # noqa: F405 -- likewise

# Tests of the demo switch it on; for all others every page is as in a real programme.
DEMO = False

# Slow on purpose outside of tests; people/test_attacks.py sees to it that the platform does not use this one.
PASSWORD_HASHERS = ["tests.hashing.QuickArgon2"]

# Every test client starts the middleware anew; a look through all static files each time took a fifth of all tests' time.
WHITENOISE_AUTOREFRESH = True
