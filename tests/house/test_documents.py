"""What the documents say can be done, can be done; and no file gives away where it was made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from lerend import __version__
from tests.house.repository import HOME, commands_in, files, listed, name, text

READMES = ("README.md", "README.nl.md")

# Written in pieces, so that this file is not its own first finding.
GIVES_AWAY = re.compile(
    "|".join(
        [
            r"(?:^|[^\w.])/(?:wo" + r"rk|fa" + r"rm|ro" + r"ot|ho" + r"me)/",
            r"://(?:files|registry|deb|mirror|index)\.",
            r"py" + r"pi\.org/simple",
            r"python" + r"hosted",
        ]
    )
)


def test_no_file_gives_away_a_path_of_a_machine_or_the_host_of_a_registry() -> None:
    found = []
    for path in files():
        try:
            lines = path.read_text("utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a picture, or a file for the tests of encodings
        found += [f"{name(path)}:{number}" for number, line in enumerate(lines, 1) if GIVES_AWAY.search(line)]
    assert not found, listed(found)


@pytest.mark.parametrize("readme", READMES)
def test_every_command_of_the_readme_exists(readme: str, capsys: pytest.CaptureFixture[str]) -> None:
    from lerend.cli import main  # noqa: PLC0415 -- the other promises can be kept without the command line

    commands = [words for words in commands_in(readme) if words[0] == "./run" and len(words) > 1]
    assert len(commands) > 1
    for words in commands:
        with pytest.raises(SystemExit) as stopped:
            main([words[1], "--help"])
        assert stopped.value.code in (0, None)
        known = set(re.findall(r"--?[\w-]+", capsys.readouterr().out))
        assert {word for word in words if word.startswith("-")} - known == set()


def test_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from lerend.cli import main  # noqa: PLC0415 -- as above

    monkeypatch.chdir(tmp_path)
    assert not main(["simulate", "--companies", "6", "--out", "programme.csv"])
    (example,) = re.findall(r"^```python\n(.*?)^```", text("README.md"), flags=re.MULTILINE | re.DOTALL)
    capsys.readouterr()
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 -- our own document is what is tested
    assert len(capsys.readouterr().out.splitlines()) >= 5


def test_both_readmes_have_the_same_commands() -> None:
    assert commands_in("README.md") == commands_in("README.nl.md")


@pytest.mark.parametrize("path", files(".md"), ids=name)
def test_every_link_to_a_file_leads_somewhere(path: object) -> None:
    document = HOME / str(path)
    links = re.findall(r"\]\((?!\w+:|#)([^)#\s]+)", re.sub(r"`[^`]*`", "", document.read_text("utf-8")))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("path", files(".md", under="docs/decisions"), ids=name)
def test_every_decision_says_context_decision_and_consequences(path: object) -> None:
    content = text(str(path))
    assert [part for part in ("## Context", "## Decision", "## Consequences") if part not in content] == []
    assert re.match(r"# \d{4} ", content)


@pytest.mark.parametrize(("file", "field"), [("CITATION.cff", "version"), ("publiccode.yml", "softwareVersion")])
def test_description_for_machines_carries_the_version(file: str, field: str) -> None:
    assert str(yaml.safe_load(text(file))[field]) == __version__


def test_hooks_use_what_is_here_and_fetch_nothing() -> None:
    assert [repo["repo"] for repo in yaml.safe_load(text(".pre-commit-config.yaml"))["repos"]] == ["local"]


@pytest.mark.parametrize("script", ["run", "test", ".ci/run", "tools/pin"])
def test_script_can_be_started(script: str) -> None:
    assert (HOME / script).stat().st_mode & 0o111
