"""Settings are read loudly: a mistake stops the start with a sentence that names it."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from lerend_web.conf.env import KNOWN, Environment, kept_secret, read_environment

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


def test_flag_that_is_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"LEREND_DEBUG is 'true'; it must be yes or no\."):
        Environment({"LEREND_DEBUG": "true"}).flag("LEREND_DEBUG", default=False)


@pytest.mark.parametrize(("value", "meaning"), [("yes", True), ("no", False)])
def test_flag_is_yes_or_no(value: str, meaning: bool) -> None:
    assert Environment({"LEREND_DEBUG": value}).flag("LEREND_DEBUG", default=not meaning) is meaning


def test_typing_error_in_a_name_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="LEREND_HOST: no such setting"):
        read_environment({"LEREND_HOST": "example.org", "PATH": "/bin"})


def test_empty_list_of_names_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="LEREND_HOSTS is empty"):
        Environment({"LEREND_HOSTS": " , "}).names("LEREND_HOSTS", "localhost")


def test_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match=r"LEREND_VAR is .*cannot be made"):
        Environment({"LEREND_VAR": str(tmp_path / "file" / "var")}).folder("LEREND_VAR", "var")


def test_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    first = kept_secret(path)
    assert len(first) > 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept_secret(path) == first


def test_secret_is_the_same_for_all_who_start_together(tmp_path: Path) -> None:
    # Threads of one process share its number and so the name of the own file; processes never do.
    path = tmp_path / "secret-key"
    kept_secret(path)
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(kept_secret, [path] * 32))) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


def test_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    kept_secret(path)
    path.chmod(0o640)
    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        kept_secret(path)


def test_every_setting_is_documented() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert [name for name in KNOWN if f"`{name}`" not in text] == []
