"""The platform's two databases on PostgreSQL, in place of the files, with the roles that an operator makes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from pytest_django import DjangoDbBlocker

from lerend_web.conf.databases import postgresql
from lerend_web.conf.env import database_server
from tests.lerend_web.postgresql import cluster as own
from tests.lerend_web.postgresql.cluster import Cluster, prepared, programs, running_cluster


@pytest.fixture(scope="session")
def empty_cluster() -> Iterator[Cluster]:
    if programs() is None:
        pytest.skip("no PostgreSQL here (on Debian: apt-get install postgresql)")
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def cluster(empty_cluster: Cluster) -> Cluster:
    return prepared(empty_cluster)


@contextmanager
def opened(cluster: Cluster, database: str, *, urn: str = own.URN) -> Iterator[None]:
    """Django's two connections, with the role of the urn that the test wants."""
    before = {alias: connections[alias] for alias in ("default", "urn")}
    for alias, role, schema in (("default", own.REGISTER, "register"), ("urn", urn, "urn")):
        server = database_server("url", cluster.url(role, database))
        assert server is not None
        settings = {**before[alias].settings_dict, **postgresql(server, schema)}
        connections[alias] = DatabaseWrapper(settings, alias)
    try:
        yield
    finally:
        for alias, connection in before.items():
            connections[alias].close()
            connections[alias] = connection


@pytest.fixture(scope="module")
def on_postgresql(
    request: pytest.FixtureRequest, cluster: Cluster, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """For tests that roll back what they do; gives the name of the database."""
    name = cluster.copy(request.module.__name__.rpartition(".")[2])
    with django_db_blocker.unblock(), opened(cluster, name):
        yield name
