from __future__ import annotations

import subprocess
import sys

import pytest

from lerend import report


def test_every_name_of_the_front_door_opens() -> None:
    assert all(callable(getattr(report, name)) for name in report.__all__)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError):
        report.nothing_of_the_kind  # noqa: B018 -- asking is the test


def test_importing_the_report_loads_no_template_engine_and_no_workbook_writer() -> None:
    code = "import lerend.report, sys; print(sorted({'jinja2', 'xlsxwriter', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
