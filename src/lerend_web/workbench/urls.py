from __future__ import annotations

from django.urls import path

from lerend_web.workbench.views import (
    addresses,
    cards,
    closing,
    company_forms,
    council,
    home,
    imports,
    instruments,
    keys,
    leader,
    organisations,
    papers,
    people_since,
    programmes,
    trial,
    units,
    waves,
)
from lerend_web.workbench.views.outcomes import files, leaders, maps, quality, report, rounds, topics, trails
from lerend_web.workbench.views.outcomes import programmes as shared

urlpatterns = [
    path("work", home.my_work, name="my-work"),
    path("programmes/<int:programme>", programmes.programme, name="programme"),
    path("programmes/<int:programme>/join-code", programmes.programme_join_code, name="programme-join-code"),
    path("organisations/<int:organisation>/join", organisations.organisation_join, name="organisation-join"),
    path("organisations/<int:organisation>", organisations.organisation, name="organisation"),
    path("organisations/<int:organisation>/people", organisations.members, name="members"),
    path(
        "organisations/<int:organisation>/people/<int:member>/remove", organisations.member_remove, name="member-remove"
    ),
    path("organisations/<int:organisation>/log", council.organisation_log, name="organisation-log"),
    path("organisations/<int:organisation>/works-council", council.council, name="council"),
    path("organisations/<int:organisation>/my-team", leader.my_team, name="my-team"),
    path("organisations/<int:organisation>/my-team/guide", leader.leader_guide, name="leader-guide"),
    path("organisations/<int:organisation>/teams", units.teams, name="teams"),
    path("organisations/<int:organisation>/teams/<int:unit>", units.team, name="team"),
    path("organisations/<int:organisation>/teams/import", imports.teams_import, name="teams-import"),
    path("organisations/<int:organisation>/teams.xlsx", units.teams_file, name="teams-file"),
    path("organisations/<int:organisation>/company-form", company_forms.company_form, name="company-form"),
    path(
        "organisations/<int:organisation>/company-form/name", company_forms.company_form_name, name="company-form-name"
    ),
    path(
        "organisations/<int:organisation>/company-form/named/<int:named>/remove",
        company_forms.company_form_unname,
        name="company-form-unname",
    ),
    path("organisations/<int:organisation>/company-forms", company_forms.company_forms, name="company-forms"),
    path("company-forms/<int:form>/<int:page>", company_forms.company_form_page, name="company-form-page"),
    path("company-forms/<int:form>/send", company_forms.company_form_send, name="company-form-send"),
    path("company-forms/<int:form>/picture", company_forms.company_form_picture, name="company-form-picture"),
    path("company-forms/<int:form>/apart", company_forms.company_form_apart, name="company-form-apart"),
    path("organisations/<int:organisation>/plan", waves.wave_plan, name="wave-plan"),
    path("waves/<int:wave>", waves.wave, name="wave"),
    path("waves/<int:wave>/plan", waves.wave_change, name="wave-change"),
    path("waves/<int:wave>/floor", waves.wave_floor, name="wave-floor"),
    path("waves/<int:wave>/try", trial.wave_try, name="wave-try"),
    path("waves/<int:wave>/open", waves.wave_open, name="wave-open"),
    path("waves/<int:wave>/keys", keys.wave_keys, name="wave-keys"),
    path("waves/<int:wave>/keys/try", keys.wave_keys_try, name="wave-keys-try"),
    path("waves/<int:wave>/keys/<int:holder>/remove", keys.wave_key_remove, name="wave-key-remove"),
    path("waves/<int:wave>/cards", cards.wave_cards, name="wave-cards"),
    path("waves/<int:wave>/cards/void", cards.wave_cards_void, name="wave-cards-void"),
    path("waves/<int:wave>/addresses", addresses.wave_addresses, name="wave-addresses"),
    path("waves/<int:wave>/addresses/clear", addresses.wave_addresses_clear, name="wave-addresses-clear"),
    path("waves/<int:wave>/addresses/send", addresses.wave_send, name="wave-send"),
    path("waves/<int:wave>/addresses/remind", addresses.wave_remind, name="wave-remind"),
    path("waves/<int:wave>/addresses/replace", addresses.wave_address_replace, name="wave-address-replace"),
    path("waves/<int:wave>/addresses/returned", addresses.wave_address_returned, name="wave-address-returned"),
    path("waves/<int:wave>/people-since", people_since.wave_people_since, name="wave-people-since"),
    path("waves/<int:wave>/promise.json", council.promise_document, name="wave-promise"),
    path("waves/<int:wave>/<slug:paper>.pdf", papers.wave_paper, name="wave-paper"),
    path("waves/<int:wave>/close", closing.wave_close, name="wave-close"),
    path("programmes/<int:programme>/outcomes", shared.programme_outcomes, name="programme-outcomes"),
    path("waves/<int:wave>/my-team/<int:unit>", leaders.leader_outcome, name="leader-outcome"),
    path("waves/<int:wave>/my-team/<int:unit>/sheets/<int:sheet>.pdf", leaders.leader_sheet, name="leader-sheet"),
    path("waves/<int:wave>/quality", quality.wave_quality, name="wave-quality"),
    path("waves/<int:wave>/quality/files/<slug:slug>", quality.wave_quality_file, name="wave-quality-file"),
    path("waves/<int:wave>/outcome", report.wave_outcome, name="wave-outcome"),
    path("waves/<int:wave>/outcome/topics/<slug:topic>", topics.wave_outcome_topic, name="wave-outcome-topic"),
    path("waves/<int:wave>/outcome/teams/<int:team>", report.wave_outcome_team, name="wave-outcome-team"),
    path(
        "waves/<int:wave>/outcome/teams/<int:team>.pdf", files.wave_outcome_team_sheet, name="wave-outcome-team-sheet"
    ),
    path("waves/<int:wave>/outcome/map", maps.wave_outcome_map, name="wave-outcome-map"),
    path("waves/<int:wave>/outcome/rounds", rounds.wave_outcome_rounds, name="wave-outcome-rounds"),
    path("waves/<int:wave>/outcome/trail", trails.wave_outcome_trail, name="wave-outcome-trail"),
    path("waves/<int:wave>/outcome/files", files.wave_outcome_files, name="wave-outcome-files"),
    path("waves/<int:wave>/outcome/files/<slug:slug>", files.wave_outcome_file, name="wave-outcome-file"),
    path("programmes/<int:programme>/models", instruments.models, name="models"),
    path("programmes/<int:programme>/models/upload", instruments.model_upload, name="model-upload"),
    path(
        "programmes/<int:programme>/models/<slug:name>/<int:version>", instruments.model_version, name="model-version"
    ),
    path(
        "programmes/<int:programme>/models/<slug:name>/<int:version>/difference",
        instruments.model_difference,
        name="model-difference",
    ),
    path(
        "programmes/<int:programme>/models/<slug:name>/<int:version>/file/<slug:form>",
        instruments.model_file,
        name="model-file",
    ),
    path(
        "programmes/<int:programme>/models/<slug:name>/<int:version>/publish",
        instruments.model_publish,
        name="model-publish",
    ),
    path(
        "programmes/<int:programme>/models/<slug:name>/<int:version>/discard",
        instruments.model_discard,
        name="model-discard",
    ),
]
