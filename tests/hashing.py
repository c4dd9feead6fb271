"""Hashing of passwords, in tests: the same kind as in the platform, without the time and memory that it should cost."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 at its smallest."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
