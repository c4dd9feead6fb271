"""An upload that is never written down: Django puts large ones in a temporary file, and this does not."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile


class InMemoryOnly(MemoryFileUploadHandler):
    """Holds the files of one request in memory, each up to a size; a larger one is let go while it comes in."""

    def __init__(self, request: Any, *, largest: int) -> None:
        super().__init__(request)
        self._largest = largest
        self._taken = 0
        self.let_go = False

    def handle_raw_input(self, *_arguments: Any, **_names: Any) -> None:
        """Whatever the size of the request: what is too large is found while it comes in."""
        self.activated = True

    def new_file(self, *arguments: Any, **names: Any) -> None:
        self._taken = 0
        super().new_file(*arguments, **names)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._taken += len(raw_data)
        if self._taken > self._largest:
            self.let_go = True
            raise SkipFile
        return super().receive_data_chunk(raw_data, start)
