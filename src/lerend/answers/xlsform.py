"""Exports of forms made with XLSForm: KoboToolbox, ODK Central and their kin, as CSV or XLSX.

Headers are question names, with the names of their groups before them (``scan/work/pfr1``, in ODK Central
``scan-work-pfr1``), or labels in one of the languages. Answers are the names of the choices (``strongly_agree``) or
their labels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lerend.answers.conventions import Convention, last_in_brackets, no_place
from lerend.answers.names import plain

_SEPARATORS: Final = re.compile(r"[/:\-]")
_GIVEAWAYS: Final = frozenset(
    [
        *("_uuid", "_submission_time", "_validation_status", "__version__", "_xform_id_string", "formhub/uuid"),
        *("instanceid", "meta/instanceid", "meta-instanceid", "submissiondate"),
    ]
)
_OTHERS: Final = frozenset(
    [
        *("start", "end", "today", "deviceid", "username", "simserial", "subscriberid", "phonenumber"),
        *("_id", "_notes", "_status", "_submitted_by", "_tags", "_index", "_attachments", "_geolocation"),
        *("_parent_index", "_parent_table_name", "key", "submitterid", "submittername", "attachmentspresent"),
        *("attachmentsexpected", "reviewstate", "edits", "devicename", "formversion"),
    ]
)


def recognises(header: Sequence[str]) -> bool:
    """A column that only these programs add; they stand first or last."""
    return any(plain(name) in _GIVEAWAYS for name in (*header[:40], *header[-40:]))


def names_in(header: str) -> tuple[str, ...]:
    """The question's own name, without its groups: ``pfr1`` in ``scan/work/pfr1``."""
    after_slash = header.rpartition("/")[2].strip()
    last = _SEPARATORS.split(header)[-1].strip()
    names = dict.fromkeys(name for name in (after_slash, last, last_in_brackets(header)) if name)
    return tuple(name for name in names if name != header)


def texts_in(header: str) -> tuple[str, ...]:
    """A label, without the labels of its groups."""
    return tuple(text for text in (header.rpartition("/")[2].strip(), last_in_brackets(header)) if text)


XLSFORM: Final = Convention(
    name="xlsform",
    names_in=names_in,
    texts_in=texts_in,
    place_of=no_place,
    own_columns=_GIVEAWAYS | _OTHERS,
)
