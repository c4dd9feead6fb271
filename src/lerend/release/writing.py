"""A release as a file: JSON, always the same bytes for the same value, with its own digest inside.

The digest is the SHA-256 of the file in which sixty-four zeros stand in the place of the digest: any program can check it
without knowing what the file means. `docs/release-format.md` says what the keys mean.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any, Final

from lerend.errors import Problem, ReleaseIsWrong
from lerend.release.plain import plain, read
from lerend.release.value import FORMAT, Release
from lerend.wording import Message, say

NAME: Final = "lerend/release"
_NO_DIGEST: Final = "0" * 64
_PLACE: Final = '"digest":"{}"'


def sealed(release: Release) -> Release:
    """The release with its digest filled in."""
    return replace(release, digest=_digest(_text(release)))


def to_json(release: Release) -> str:
    """The release as a file, its digest inside."""
    text = _text(release)
    return text.replace(_PLACE.format(_NO_DIGEST), _PLACE.format(_digest(text)), 1)


def read_release(text: str, *, name: str = "release") -> Release:
    """The release that `to_json` wrote.

    Args:
        text: content of the file.
        name: of the file, for when something is wrong.

    Raises:
        ReleaseIsWrong: this is no release, it is of a later format, or it was changed after it was made.
    """
    content = _content(text, name)
    digest = content.get("digest")
    if (
        not isinstance(digest, str)
        or _digest(text.replace(_PLACE.format(digest), _PLACE.format(_NO_DIGEST), 1)) != digest
    ):
        raise _wrong(name, say("The release was changed after it was made: its digest does not fit."))
    try:
        release = read(Release, {key: part for key, part in content.items() if key != "kind"})
    except (ValueError, KeyError, TypeError) as problem:
        raise _wrong(name, say("The release can't be read: {why}.", why=str(problem))) from problem
    assert isinstance(release, Release)  # noqa: S101 -- tells the type checker what was asked for
    return release


def _content(text: str, name: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except ValueError as problem:
        raise _wrong(name, say("This is no release: it is no JSON.")) from problem
    if not isinstance(content, dict) or content.get("kind") != NAME:
        raise _wrong(name, say("This is no release of lerend."))
    if content.get("format") != FORMAT:
        raise _wrong(
            name, say("The release has format {format}, which is not known here.", format=str(content.get("format")))
        )
    return content


def _text(release: Release) -> str:
    """The file with zeros in the place of its digest."""
    content = {"kind": NAME, "format": release.format, "digest": _NO_DIGEST, **plain(replace(release, digest=""))}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _wrong(name: str, what: Message) -> ReleaseIsWrong:
    return ReleaseIsWrong([Problem(name, what, say("Take the file as it was made, with this version or a later one."))])
