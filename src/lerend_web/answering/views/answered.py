"""Every view goes through here: refusals become pages, and an error leaves its kind and place behind, nothing more."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeAlias

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse

from lerend_web.answering.views import problems
from lerend_web.urn.domain.boxes import NoSuchWave, NotTaking

P = ParamSpec("P")
View: TypeAlias = Callable[Concatenate[HttpRequest, P], HttpResponse]

log = logging.getLogger("lerend.answering")


def answered(view: View[P]) -> View[P]:
    """Decorator: nothing that a view raises reaches Django's own error report, which shows what somebody sent."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (NoSuchWave, Http404):
            return problems.not_found(request)
        except NotTaking:
            return problems.closed(request)
        except RequestDataTooBig:
            return problems.too_large(request)
        except (SuspiciousOperation, BadRequest):
            return problems.bad_request(request)
        except DatabaseError as error:
            _note(error)
            return problems.unavailable(request)
        except Exception as error:  # whatever it is, its text and its locals must not come further
            _note(error)
            return problems.failed(request)

    return answer


def _note(error: Exception) -> None:
    """Kind and place in the code: an error's own text may hold what somebody sent."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error("%s at %s:%s", type(error).__name__, place.filename.rpartition("/")[2], place.lineno)
