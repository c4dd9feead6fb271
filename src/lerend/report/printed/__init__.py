"""The outcomes on paper: the report of a company and the one-page sheet of a team, as tagged PDF drawn from a release.

What stands on paper is put into finished words here (`report_data`, `team_sheet_data`); the templates in
``templates`` lay it out and `typesetting` makes the PDF. Names travel as data, never as markup.
"""

from __future__ import annotations

from lerend.report.printed.company import report_data, report_pdf
from lerend.report.printed.team import team_sheet_data, team_sheet_pdf

__all__ = ["report_data", "report_pdf", "team_sheet_data", "team_sheet_pdf"]
