"""The choice of language, kept in the only cookie that a visitor gets."""

from __future__ import annotations

from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from lerend_web.core.access import EVERYBODY, open_to

# A forged request could at most change the language of a page; a token would cost every visitor a second cookie.
choose_language = open_to(EVERYBODY)(csrf_exempt(set_language))
