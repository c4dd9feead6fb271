"""Addresses of themes, actions, working groups and learning partners."""

from __future__ import annotations

from django.urls import path

from lerend_web.workbench import pulse_urls
from lerend_web.workbench.views import actions, cases, partners, themes, working_group

_THEME = "programmes/<int:programme>/themes/<int:theme>"
_GROUP = "programmes/<int:programme>/working-group/<int:theme>"
_ACTION = "organisations/<int:organisation>/actions/<int:action>"

urlpatterns = [
    *pulse_urls.urlpatterns,
    path("programmes/<int:programme>/themes", themes.themes, name="themes"),
    path("programmes/<int:programme>/themes/new", themes.theme_new, name="theme-new"),
    path(_THEME, themes.theme, name="theme"),
    path(f"{_THEME}/change", themes.theme_change, name="theme-change"),
    path(f"{_THEME}/decide", themes.theme_decide, name="theme-decide"),
    path("organisations/<int:organisation>/actions", actions.actions, name="actions"),
    path("organisations/<int:organisation>/actions/new", actions.action_new, name="action-new"),
    path(_ACTION, actions.action, name="action"),
    path(f"{_ACTION}/change", actions.action_change, name="action-change"),
    path(f"{_ACTION}/steps", actions.action_step_add, name="action-step-add"),
    path(f"{_ACTION}/steps/<int:step>", actions.action_step, name="action-step"),
    path(f"{_ACTION}/steps/<int:step>/done", actions.action_step_done, name="action-step-done"),
    path(f"{_ACTION}/notes", actions.action_note, name="action-note"),
    path("programmes/<int:programme>/working-group", working_group.working_groups, name="working-groups"),
    path(_GROUP, working_group.working_group, name="working-group"),
    path(f"{_GROUP}/membership", working_group.group_membership, name="group-membership"),
    path(f"{_GROUP}/invite", working_group.group_invite, name="group-invite"),
    path(f"{_GROUP}/members/<int:member>/remove", working_group.group_remove, name="group-remove"),
    path(f"{_GROUP}/dates", working_group.group_date_add, name="group-date-add"),
    path(f"{_GROUP}/dates/<int:on>/remove", working_group.group_date_remove, name="group-date-remove"),
    path(f"{_GROUP}/cases/new", cases.case_new, name="case-new"),
    path(f"{_GROUP}/cases/<int:case>", cases.case, name="case"),
    path(f"{_GROUP}/cases/<int:case>/change", cases.case_change, name="case-change"),
    path(f"{_GROUP}/cases/<int:case>/publish", cases.case_publish, name="case-publish"),
    path(f"{_GROUP}/cases/<int:case>/take-back", cases.case_take_back, name="case-take-back"),
    path("organisations/<int:organisation>/learning-partner", partners.partner, name="partner"),
    path("organisations/<int:organisation>/learning-partner/stop", partners.partner_stop, name="partner-stop"),
    path(
        "organisations/<int:organisation>/learning-partner/<int:proposal>",
        partners.partner_answer,
        name="partner-answer",
    ),
    path("programmes/<int:programme>/learning-partners", partners.partners, name="partners"),
    path("programmes/<int:programme>/learning-partners/propose", partners.partners_propose, name="partners-propose"),
    path("programmes/<int:programme>/learning-partners/apart", partners.partners_apart, name="partners-apart"),
]
