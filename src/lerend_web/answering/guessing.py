"""Who is refused too often is told to wait. Who holds a good pass never is.

Three hundred colleagues behind one address take part within minutes, so only refusals count, and only who is refused
can be told to wait: a neighbour who guesses must not keep a building out. Guessing is hopeless without any limit (a
card's code has 64 bits); the limit makes it show, and keeps it cheap. Counted in memory, by a hash of the address.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from lerend_web.core.limits import AMinute

FROM_ONE: Final = AMinute(60)
"""From one address: a whole building mistypes less often."""
FROM_ALL: Final = AMinute(600)
"""From everybody together, for guesses that come from many addresses."""
_EVERYBODY: Final = ""


def must_wait(request: HttpRequest) -> bool:
    """Whether this refusal is one too many; if not, it is counted."""
    source = source_of(request)
    if FROM_ONE.is_over(source) or FROM_ALL.is_over(_EVERYBODY):
        return True
    FROM_ONE.count(source)
    FROM_ALL.count(_EVERYBODY)
    return False


def source_of(request: HttpRequest) -> str:
    """Where a request comes from; all addresses of one IPv6 line are one, for whoever has the line has them all."""
    text = _address(request)
    try:
        address = ip_address(text)
    except ValueError:
        return text[:64]
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or f"{int(address) >> 64:x}/64")


def _address(request: HttpRequest) -> str:
    """What our own proxy says when a setting names its header, and of a list the last: the others anybody can write."""
    header = getattr(settings, "ADDRESS_HEADER", "")  # a setting of door 2 alone
    said = request.headers.get(header, "") if header else ""
    return said.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
