from __future__ import annotations

from django.urls import path

from lerend_web.workbench.views import (
    addresses,
    cards,
    closing,
    company_forms,
    home,
    imports,
    keys,
    organisations,
    outcomes,
    papers,
    programmes,
    units,
    waves,
)

urlpatterns = [
    path("work", home.my_work, name="my-work"),
    path("programmes/<int:programme>", programmes.programme, name="programme"),
    path("organisations/<int:organisation>", organisations.organisation, name="organisation"),
    path("organisations/<int:organisation>/people", organisations.members, name="members"),
    path(
        "organisations/<int:organisation>/people/<int:member>/remove", organisations.member_remove, name="member-remove"
    ),
    path("organisations/<int:organisation>/log", organisations.log, name="organisation-log"),
    path("organisations/<int:organisation>/teams", units.teams, name="teams"),
    path("organisations/<int:organisation>/teams/<int:unit>", units.team, name="team"),
    path("organisations/<int:organisation>/teams/import", imports.teams_import, name="teams-import"),
    path("organisations/<int:organisation>/teams.xlsx", units.teams_file, name="teams-file"),
    path("organisations/<int:organisation>/company-form", company_forms.company_form, name="company-form"),
    path("organisations/<int:organisation>/company-forms", company_forms.company_forms, name="company-forms"),
    path("company-forms/<int:form>/<int:page>", company_forms.company_form_page, name="company-form-page"),
    path("company-forms/<int:form>/send", company_forms.company_form_send, name="company-form-send"),
    path("company-forms/<int:form>/picture", company_forms.company_form_picture, name="company-form-picture"),
    path("company-forms/<int:form>/apart", company_forms.company_form_apart, name="company-form-apart"),
    path("organisations/<int:organisation>/plan", waves.wave_plan, name="wave-plan"),
    path("waves/<int:wave>", waves.wave, name="wave"),
    path("waves/<int:wave>/plan", waves.wave_change, name="wave-change"),
    path("waves/<int:wave>/floor", waves.wave_floor, name="wave-floor"),
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
    path("waves/<int:wave>/<slug:paper>.pdf", papers.wave_paper, name="wave-paper"),
    path("waves/<int:wave>/close", closing.wave_close, name="wave-close"),
    path("waves/<int:wave>/outcome", outcomes.wave_outcome, name="wave-outcome"),
]
