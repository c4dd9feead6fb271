"""Words for the parts of a trace page."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.telling.enums import Part

PART_NAMES: Final[dict[Part, Promise]] = {
    Part.HEARD: _("What we heard"),
    Part.CHOSEN: _("What was chosen"),
    Part.NOT_CHOSEN: _("What was not chosen, and why"),
    Part.DONE: _("What was done"),
    Part.CAME_OF_IT: _("What came of it"),
}
