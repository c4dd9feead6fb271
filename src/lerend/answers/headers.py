"""Finding a column by any of the names that it may go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from lerend.answers.conventions import Convention
from lerend.answers.names import plain, squeezed


class Headers:
    """The header of a file, with an index for each way of comparing names; an index is made when it is first needed."""

    def __init__(self, header: Sequence[str], convention: Convention) -> None:
        self.header = tuple(header)
        self._convention = convention
        self._indexes: dict[str, Mapping[str, list[int]]] = {}

    def called(self, names: Iterable[str], texts: Iterable[str] = ()) -> list[int]:
        """The columns that go by one of these names, by the strictest comparison that finds any.

        In this order: the whole header; the part of it that the survey program uses as a name; either of these,
        letters and digits only; last the wording of the question.
        """
        names = list(names)
        for way in ("whole", "part", "squeezed"):
            key = squeezed if way == "squeezed" else plain
            if found := self._find(way, map(key, names)):
                return found
        return self._find("text", map(squeezed, texts))

    def exactly(self, name: str) -> list[int]:
        """The columns with this header, capitals apart."""
        return self._find("whole", [plain(name)])

    def _find(self, way: str, keys: Iterable[str]) -> list[int]:
        index = self._index(way)
        return sorted({column for key in keys if key for column in index.get(key, ())})

    def _index(self, way: str) -> Mapping[str, list[int]]:
        if way not in self._indexes:
            index: dict[str, list[int]] = defaultdict(list)
            for column, name in enumerate(self.header):
                for key in set(self._keys(way, name)):
                    index[key].append(column)
            self._indexes[way] = index
        return self._indexes[way]

    def _keys(self, way: str, name: str) -> Iterable[str]:
        convention = self._convention
        if way == "whole":
            return [plain(name)]
        if way == "part":
            return map(plain, convention.names_in(name))
        if way == "squeezed":
            return map(squeezed, (name, *convention.names_in(name)))
        return map(squeezed, (name, *convention.texts_in(name)))
