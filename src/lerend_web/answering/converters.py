"""What a wave's public code looks like in an address."""

from __future__ import annotations


class WaveCode:
    regex = "[0-9A-Za-z]{26}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
