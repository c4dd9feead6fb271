"""Tests of the long form: `./test --all` runs them, by hand and before a release; `./test` leaves them out.

What they prove is proven once more in the short form in another way: on the embedded database, on other pages of the same
frame, or by a shorter road. Together they take some minutes; the short form has to stay under eight.
"""

from __future__ import annotations

from typing import Final

LONG: Final = (
    "tests/journeys/test_company_contact.py",
    "tests/journeys/test_joining.py",
    "tests/journeys/test_meeting.py",
    "tests/journeys/test_meeting_alone.py",
    "tests/journeys/test_person_by_mail.py",
    "tests/journeys/test_pilot.py",
    "tests/journeys/test_pulses.py",
    "tests/lerend/attack/test_simulated_companies.py",
    "tests/lerend/evidence/test_evidence_figures.py",
    "tests/lerend/evidence/test_pilot_figures.py",
    "tests/lerend/loop/test_released.py",
    "tests/lerend/report/test_browser.py",
    "tests/lerend/statistics/mixed/test_crossed_ratings.py",
    "tests/lerend/statistics/regression/test_figures.py",
    "tests/lerend_web/answering/test_page_looks.py",
    "tests/lerend_web/answering/test_slow_clients_win.py",
    "tests/lerend_web/comments/test_in_browser.py",
    "tests/lerend_web/company_form/test_in_browser.py",
    "tests/lerend_web/demo/test_pilots.py",
    "tests/lerend_web/instruments/test_in_browser.py",
    "tests/lerend_web/interventions/test_in_browser.py",
    "tests/lerend_web/meetings/test_in_browser.py",
    "tests/lerend_web/ops/test_upgrade.py",
    "tests/lerend_web/pilots/test_evidence_in_browser.py",
    "tests/lerend_web/pilots/test_plan_in_browser.py",
    "tests/lerend_web/pilots/test_result_pages.py",
    "tests/lerend_web/pilots/test_results_in_browser.py",
    "tests/lerend_web/pilots/test_running_in_browser.py",
    "tests/lerend_web/postgresql/test_access.py",
    "tests/lerend_web/postgresql/test_attacks_at_door_2.py",
    "tests/lerend_web/postgresql/test_killed_mailing.py",
    "tests/lerend_web/postgresql/test_linkage.py",
    "tests/lerend_web/postgresql/test_linkage_of_columns.py",
    "tests/lerend_web/postgresql/test_restore.py",
    "tests/lerend_web/pulses/test_in_browser.py",
    "tests/lerend_web/scans/test_killed_mailing.py",
    "tests/lerend_web/telling/test_in_browser.py",
    "tests/lerend_web/test_serve_together.py",
    "tests/lerend_web/themes/test_in_browser.py",
    "tests/lerend_web/workbench/test_homes_in_browser.py",
    "tests/lerend_web/workbench/test_import_scan_in_browser.py",
    "tests/lerend_web/workbench/test_in_browser.py",
)
"""Files, from the root of the repository."""
