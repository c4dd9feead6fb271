"""Pages of the demo are nowhere else than in a demo."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern
from pytest_django import Settings

from lerend_web.demo.urls import urlpatterns
from lerend_web.programmes.models import Programme

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

ROUTES = [f"/{pattern.pattern}".replace("<slug:name>", "marloes") for pattern in urlpatterns]


def test_every_page_of_the_demo_was_thought_of_here() -> None:
    assert all(isinstance(pattern, URLPattern) for pattern in urlpatterns)
    assert len(ROUTES) == 21


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("is_allowed", [True, False])
def test_page_is_not_there_where_people_are_real(
    client: Client, settings: Settings, route: str, is_allowed: bool
) -> None:
    settings.DEMO = is_allowed
    Programme.objects.create(name="Echt")
    for method in ("get", "post"):
        answer = getattr(client, method)(route)
        assert answer.status_code in {302, 404, 405}
        assert answer.status_code != 302 or answer["Location"].startswith("/account/")


def test_front_page_has_no_doors_where_people_are_real(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    Programme.objects.create(name="Echt")
    text = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert "demo" not in text.lower()


def test_front_page_of_a_real_installation_asks_no_database_and_sets_no_cookie(client: Client) -> None:
    assert not client.get("/").cookies
