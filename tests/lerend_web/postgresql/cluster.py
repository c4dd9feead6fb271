"""A PostgreSQL of the tests' own: made in a temporary folder, reached through a socket in it, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

SOURCE = Path(__file__).parents[3] / "src"
OWNER, REGISTER, URN, ANSWERING = "lerend_owner", "lerend_register", "lerend_urn", "lerend_answering"
PREPARED = "prepared"
"""The database that the others are copied from: prepared and migrated by the commands of an operator."""


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; on Debian it is not on the path."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@dataclass(frozen=True)
class Cluster:
    folder: Path

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.folder), safe='')}"

    def as_superuser(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(host=str(self.folder), user="super", dbname=database, autocommit=True)

    def environment(self, database: str) -> dict[str, str]:
        """What an operator sets for the platform."""
        return {
            "LEREND_DATABASE_URL": self.url(REGISTER, database),
            "LEREND_URN_DATABASE_URL": self.url(URN, database),
            "LEREND_ANSWERING_DATABASE_URL": self.url(ANSWERING, database),
            "LEREND_DATABASE_OWNER": f"{OWNER}:",
        }

    def command(self, database: str, *arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
        """``python -m lerend_web …`` as an operator runs it."""
        own = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE), "LEREND_VAR": tempfile.mkdtemp(dir=self.folder)}
        return subprocess.run(
            [sys.executable, "-m", "lerend_web", *arguments],
            env=own | self.environment(database) | changed,
            capture_output=True,
            text=True,
            check=False,
        )

    def prepare(self, database: str) -> None:
        """Roles and schemas, as the superuser; safe to repeat."""
        printed = self.command(database, "databases")
        assert printed.returncode == 0, printed.stderr
        with self.as_superuser(database) as connection:
            connection.execute(printed.stdout.encode())

    def program(self, name: str, *arguments: str) -> None:
        """One of PostgreSQL's own programs, as somebody without rights: it refuses to run as root."""
        found = programs()
        assert found is not None
        # Into a file: the server would keep a pipe open for as long as it lives.
        with (self.folder / "made").open("ab") as made:
            command = [str(found / name), *arguments]
            subprocess.run(command, user=_unprivileged(), check=True, cwd=self.folder, stdout=made, stderr=made)

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses='' -c log_connections=on -c log_disconnections=on"
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self.program("pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", options)

    def crash(self) -> None:
        """Every process of the server ends at once, and nothing is written any more."""
        self.program("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self.folder / "data"))

    def dump(self, database: str, file: str) -> str:
        """A backup of both schemas, made with pg_dump; gives its path."""
        path = str(self.folder / file)
        self.program("pg_dump", "-Fc", "-h", str(self.folder), "-U", "super", "-f", path, database)
        return path

    def restore(self, path: str, database: str) -> None:
        """Into a database of its own, with the rights that stand in the backup."""
        with self.as_superuser() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        self.program("pg_restore", "-h", str(self.folder), "-U", "super", "-d", database, path)

    def copy(self, name: str) -> str:
        """A database of its own for a test that commits; gives its name."""
        with self.as_superuser() as connection:
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(PREPARED)))
        return name


def prepared(cluster: Cluster) -> Cluster:
    """Prepared and migrated once, by the commands of an operator; its databases are copies."""
    with cluster.as_superuser() as connection:
        connection.execute(f"CREATE DATABASE {PREPARED}".encode())
    cluster.prepare(PREPARED)
    upgraded = cluster.command(PREPARED, "databases", "--upgrade")
    assert upgraded.returncode == 0, upgraded.stderr
    return cluster


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """initdb and pg_ctl, in a folder that goes afterwards."""
    cluster = Cluster(Path(tempfile.mkdtemp(prefix="lerend-postgresql-")))
    user = _unprivileged()
    if user is not None:
        os.chown(cluster.folder, user, -1)
    how = ("--no-sync", "--auth=trust", "--username=super", "--encoding=UTF8", "--no-locale")
    try:
        cluster.program("initdb", *how, "-D", str(cluster.folder / "data"))
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.crash()
    finally:
        shutil.rmtree(cluster.folder, ignore_errors=True)


def _unprivileged() -> int | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return names.get("postgres", names["nobody"])
