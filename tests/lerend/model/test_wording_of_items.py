"""The packaged questionnaires can be read on the shop floor, and their forms hold what they promise.

Readability follows two old formulas that need no word list: Flesch (1948) for English, and its fit to Dutch by
Douma (De leesbaarheid van landbouwbladen, Wageningen 1960). A formula never proves that a text is clear; it catches
the sentence that grew and the word that nobody uses. Reading with real people remains the test.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import Final

import pytest

from lerend.model import load_instrument, load_model
from lerend.model.structure import Direction, Form, Instrument, Item, Source
from lerend.wording import LANGUAGES, Language, Text

MODEL: Final = load_model("lerend")
SCAN: Final = load_instrument("employee-scan")
COMPANY: Final = load_instrument("company-form")

ITEMS_PER_SCALE: Final = {
    "learning_innovation_capability": 3, "autonomous_motivation": 4, "organisational_commitment": 2,
    "task_completeness_variety": 4, "job_autonomy": 4, "control_demand_balance": 2, "workload": 3,
    "doing_reflecting_balance": 3, "supervisor_support": 3, "coworker_support": 3, "participative_leadership": 4,
    "learning_role_models": 3, "psychological_safety": 4, "team_diversity": 2, "peer_feedback_reflection": 4,
    "interaction_knowledge_sharing": 3, "transparency": 3, "long_term_orientation": 3, "education_training": 3,
    "supporting_technology": 3, "external_orientation": 3, "mobility": 2, "informal_learning_behaviour": 8,
    "innovative_work_behaviour": 5,
}  # fmt: skip
ROTATING_LAYERS: Final = ("organisation", "environment")

MOST_WORDS_A_SENTENCE: Final = 15
MOST_LETTERS_A_WORD: Final = 13
EXPLAINED: Final = {"leidinggevende", "leidinggevenden", "ondernemingsraad"}
"""Longer words that an introduction explains, or that nobody who meets them needs explained."""

NEGATIONS: Final[dict[Language, str]] = {
    "nl": r"niet|geen|nooit|nergens|niemand|niets|niks|zonder|weinig|nauwelijks|amper|noch|evenmin|"
    r"on(?:veilig|mogelijk|duidelijk|eens|zeker|nodig|belangrijk|tevreden)\w*",
    "en": r"not|no|never|nowhere|nobody|none|nothing|without|cannot|hardly|barely|few|neither|nor|\w+n['’]t|"
    r"un(?:safe|clear|able|sure|certain|happy|important|necessary)",
}
JOINTS: Final[dict[Language, str]] = {"nl": r"en|of|maar|en/of|zowel|alsook|want", "en": r"and|or|but|and/or|both"}
DUTCH_SYLLABLES: Final = re.compile(r"[äëïöü]|aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyáéèêíóú]")

in_both_languages = pytest.mark.parametrize("language", LANGUAGES)
of_both_questionnaires = pytest.mark.parametrize("instrument", [SCAN, COMPANY], ids=lambda one: one.id)


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", text)


def sentences_of(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?!:])\s+", text.strip()) if words_of(sentence)]


def syllables_in(word: str, language: Language) -> int:
    word = word.lower()
    if language == "nl":
        return max(1, len(DUTCH_SYLLABLES.findall(word)))
    sounded = re.sub(r"(?<![aeiouyl])e$|(?<=[aeiouy])le$|(?<![dt])ed$|(?<=[bdfkmnprtv])es$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", sounded)))


def reading_ease(text: str, language: Language) -> float:
    """Flesch reading ease, or for Dutch that of Flesch-Douma: 100 is very easy, 60 to 70 ordinary, below 45 hard."""
    words = words_of(text)
    words_a_sentence = len(words) / len(sentences_of(text))
    syllables_a_word = sum(syllables_in(word, language) for word in words) / len(words)
    if language == "nl":
        return 206.84 - 0.93 * words_a_sentence - 77 * syllables_a_word
    return 206.835 - 1.015 * words_a_sentence - 84.6 * syllables_a_word


def found(pattern: str, text: str) -> list[str]:
    return re.findall(rf"(?<![\w'’])(?:{pattern})(?![\w'’])", text.lower())


def asked_texts(instrument: Instrument) -> list[Text]:
    """Everything that is asked: items, background and facts."""
    questions = (*instrument.background, *instrument.facts)
    return [item.text for item in instrument.items] + [question.text for question in questions]


def layer_of(item: Item) -> str:
    return next((factor.layer for factor in MODEL.factors if factor.id == item.measures), "outcome")


def rotated_forms() -> list[Form]:
    return [form for form in SCAN.forms if form.id in SCAN.rotation]


def short_form() -> Form:
    return next(form for form in SCAN.forms if form.id == "short")


def measured_by(form: Form, instrument: Instrument) -> Counter[str]:
    scale_of = {item.id: item.measures for item in instrument.items}
    return Counter(scale_of[item] for item in form.items)


def test_dutch_syllables_are_counted_as_they_are_spoken() -> None:
    counted = {word: syllables_in(word, "nl") for word in ("nieuwe", "ideeën", "leidinggevende", "vaak", "bij")}
    assert counted == {"nieuwe": 2, "ideeën": 3, "leidinggevende": 5, "vaak": 1, "bij": 1}


def test_english_syllables_are_counted_as_they_are_spoken() -> None:
    counted = {word: syllables_in(word, "en") for word in ("make", "people", "company", "asked", "ideas")}
    # "ideas" has three when spoken; vowels that stand together count as one, as such formulas do.
    assert counted == {"make": 1, "people": 2, "company": 3, "asked": 1, "ideas": 2}


def test_reading_ease_is_the_published_formula() -> None:
    # Four words in one sentence: five syllables in Dutch, and six in English as the formula hears them.
    assert reading_ease("Ik leer elke dag.", "nl") == pytest.approx(206.84 - 0.93 * 4 - 77 * 5 / 4)
    assert reading_ease("I learn every day.", "en") == pytest.approx(206.835 - 1.015 * 4 - 84.6 * 6 / 4)


def test_office_dutch_is_told_from_plain_dutch() -> None:
    heavy = "De organisatie faciliteert competentieontwikkeling middels participatieve besluitvormingsprocessen."
    assert reading_ease(heavy, "nl") < 0 < 70 < reading_ease("Ons bedrijf geeft mij de tijd om te leren.", "nl")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nl", "Ik durf nooit iets te vragen."), ("nl", "Het is hier onveilig."), ("en", "I don't dare to ask."),
     ("en", "I have no time.")],
)  # fmt: skip
def test_a_denial_is_found(language: Language, sentence: str) -> None:
    assert found(NEGATIONS[language], sentence)


@in_both_languages
@of_both_questionnaires
def test_each_item_is_one_short_sentence(instrument: Instrument, language: Language) -> None:
    texts = [text.in_language(language) for text in asked_texts(instrument)]
    assert [text for text in texts if len(sentences_of(text)) != 1] == []
    assert [text for text in texts if len(words_of(text)) > MOST_WORDS_A_SENTENCE] == []


@in_both_languages
def test_most_items_of_the_scan_have_at_most_twelve_words(language: Language) -> None:
    lengths = [len(words_of(item.text.in_language(language))) for item in SCAN.items]
    assert sum(length <= 12 for length in lengths) >= 0.95 * len(lengths)
    assert sum(lengths) / len(lengths) <= 10


@in_both_languages
@of_both_questionnaires
def test_words_are_short(instrument: Instrument, language: Language) -> None:
    words = [word for text in asked_texts(instrument) for word in words_of(text.in_language(language))]
    assert [word for word in words if len(word) > MOST_LETTERS_A_WORD and word.lower() not in EXPLAINED] == []
    assert sum(len(word) for word in words) / len(words) <= 5.2


@in_both_languages
@of_both_questionnaires
def test_the_questions_together_read_easily(instrument: Instrument, language: Language) -> None:
    text = " ".join(text.in_language(language) for text in asked_texts(instrument))
    # Managers and personnel officers read the company form; 60 to 70 is ordinary newspaper text.
    assert reading_ease(text, language) >= (70 if instrument is SCAN else 60)


@in_both_languages
def test_no_item_of_the_scan_is_hard_by_itself(language: Language) -> None:
    known = {"leidinggevende": "chef", "technology": "tools"}  # explained in the introduction
    texts = [item.text.in_language(language) for item in SCAN.items]
    plain = [re.sub("|".join(known), lambda word: known[word.group()], text) for text in texts]
    assert [text for text in plain if reading_ease(text, language) < 45] == []


@in_both_languages
@of_both_questionnaires
def test_no_item_denies(instrument: Instrument, language: Language) -> None:
    texts = [text.in_language(language) for text in asked_texts(instrument)]
    assert [text for text in texts if found(NEGATIONS[language], text)] == []


@in_both_languages
@of_both_questionnaires
def test_no_item_asks_two_things(instrument: Instrument, language: Language) -> None:
    texts = [text.in_language(language) for text in asked_texts(instrument)]
    assert [text for text in texts if found(JOINTS[language], text) or re.search("[;/(]", text)] == []


@of_both_questionnaires
def test_no_item_is_reversed(instrument: Instrument) -> None:
    assert [item.id for item in instrument.items if item.reversed] == []


@in_both_languages
@of_both_questionnaires
def test_no_text_is_asked_twice(instrument: Instrument, language: Language) -> None:
    counts = Counter(text.in_language(language).lower() for text in asked_texts(instrument))
    assert [text for text, count in counts.items() if count > 1] == []


@of_both_questionnaires
def test_every_question_is_written_in_both_languages(instrument: Instrument) -> None:
    assert [text for text in asked_texts(instrument) if not text.nl or not text.en or text.nl == text.en] == []


@of_both_questionnaires
def test_statements_end_with_a_point_and_questions_with_a_question_mark(instrument: Instrument) -> None:
    ends = {"agreement": ".", "frequency": "?"}
    for item in instrument.items:
        assert item.text.nl[-1] == item.text.en[-1] == ends[item.answers], item.id


@of_both_questionnaires
def test_every_answer_is_labelled_and_one_can_say_that_it_does_not_apply(instrument: Instrument) -> None:
    for scale in instrument.answer_scales:
        assert len(scale.labels) == len(scale.codes) == 5
        assert scale.not_applicable is not None
        for language in LANGUAGES:
            labels = {label.in_language(language) for label in (*scale.labels, scale.not_applicable)}
            assert len(labels) == 6


@of_both_questionnaires
def test_behaviour_is_asked_as_a_frequency(instrument: Instrument) -> None:
    outcomes = {outcome.id for outcome in MODEL.outcomes}
    assert {item.answers for item in instrument.items if item.measures in outcomes} == {"frequency"}


@in_both_languages
@of_both_questionnaires
def test_introductions_are_short_sentences(instrument: Instrument, language: Language) -> None:
    text = instrument.introduction.in_language(language)
    assert [one for one in sentences_of(text) if len(words_of(one)) > MOST_WORDS_A_SENTENCE] == []
    assert reading_ease(text, language) >= 65


@in_both_languages
def test_definitions_of_factors_are_short_sentences(language: Language) -> None:
    definitions = [factor.definition for factor in MODEL.factors] + [outcome.definition for outcome in MODEL.outcomes]
    texts = [definition.in_language(language) for definition in definitions]
    assert [one for text in texts for one in sentences_of(text) if len(words_of(one)) > MOST_WORDS_A_SENTENCE] == []
    assert reading_ease(" ".join(texts), language) >= 65


def test_the_scan_has_the_planned_number_of_items_for_each_scale() -> None:
    assert dict(Counter(item.measures for item in SCAN.items)) == ITEMS_PER_SCALE
    assert len(SCAN.items) == 81


def test_items_go_from_the_own_task_outward() -> None:
    order = list(dict.fromkeys(layer_of(item) for item in SCAN.items))
    assert order == ["employee_task", "outcome", "colleagues_managers", "organisation", "environment"]
    position = {item.id: index for index, item in enumerate(SCAN.items)}
    assert all(list(form.items) == sorted(form.items, key=position.__getitem__) for form in SCAN.forms)


def test_no_rotated_form_has_more_than_68_items() -> None:
    assert max(len(form.items) for form in rotated_forms()) <= 68
    assert all(form.minutes <= 12 and len(form.items) <= 6 * form.minutes for form in rotated_forms())


def test_every_form_asks_about_every_factor_and_outcome() -> None:
    assert all(set(measured_by(form, SCAN)) == set(MODEL.scales) for form in SCAN.forms)


def test_only_organisation_environment_and_learning_rotate() -> None:
    always = set.intersection(*(set(form.items) for form in rotated_forms()))
    for item in SCAN.items:
        rotates = layer_of(item) in ROTATING_LAYERS or item.measures == "informal_learning_behaviour"
        assert (item.id not in always) == rotates, item.id


def test_a_rotated_form_asks_eight_items_about_the_organisation_and_four_about_learning() -> None:
    layer = {item.id: layer_of(item) for item in SCAN.items}
    for form in rotated_forms():
        assert sum(layer[item] in ROTATING_LAYERS for item in form.items) <= 8
        assert measured_by(form, SCAN)["informal_learning_behaviour"] == 4


def test_every_pair_of_items_meets_on_some_rotated_form() -> None:
    met = {frozenset(pair) for form in rotated_forms() for pair in combinations(form.items, 2)}
    pairs = combinations([item.id for item in SCAN.items], 2)
    assert [pair for pair in pairs if frozenset(pair) not in met] == []


def test_rotated_items_are_asked_about_equally_often() -> None:
    counts = Counter(item for form in rotated_forms() for item in form.items)
    rotated = [count for count in counts.values() if count < len(rotated_forms())]
    assert max(rotated) - min(rotated) <= 1
    assert len(rotated_forms()) <= 12


def test_the_short_form_asks_at_most_32_items_in_six_minutes() -> None:
    asked = measured_by(short_form(), SCAN)
    assert asked.total() <= 32
    assert short_form().minutes == 6
    assert (asked["informal_learning_behaviour"], asked["innovative_work_behaviour"]) == (4, 3)
    assert "short" not in SCAN.rotation


def test_the_short_form_asks_more_about_the_factors_with_the_strongest_priors() -> None:
    asked = measured_by(short_form(), SCAN)
    strength = {one.id: sum(prior.value for _, prior in one.correlations) for one in MODEL.factors if one.measured}
    doubled = [strength[factor] for factor in strength if asked[factor] > 1]
    single = [strength[factor] for factor in strength if asked[factor] == 1]
    assert min(doubled) >= max(single)


@of_both_questionnaires
def test_minutes_are_called_an_estimate(instrument: Instrument) -> None:
    assert "schatting" in instrument.introduction.nl
    assert "estimate" in instrument.introduction.en


def test_background_is_short_and_may_be_left_unsaid() -> None:
    assert len(SCAN.background) <= 6
    for question in SCAN.background:
        assert question.optional
        assert question.options[-1][1].nl == "Wil ik niet zeggen"


def test_the_scan_is_anonymous_and_explains_its_words() -> None:
    assert SCAN.anonymous
    assert SCAN.respondent == "employee"
    for word in ("vrijwillig", "anoniem", "leidinggevende", "techniek", "schatting"):
        assert word in SCAN.introduction.nl


def test_the_company_form_takes_45_to_60_answers_in_fifteen_minutes() -> None:
    assert 45 <= len(COMPANY.items) + len(COMPANY.facts) + len(COMPANY.background) <= 60
    assert [form.minutes for form in COMPANY.forms] == [15]


def test_the_company_form_says_first_that_it_is_not_anonymous() -> None:
    assert not COMPANY.anonymous
    assert COMPANY.respondent == "management"
    assert sentences_of(COMPANY.introduction.nl)[0] == "Dit formulier is niet anoniem."
    assert sentences_of(COMPANY.introduction.en)[0] == "This form is not anonymous."


def test_the_company_form_asks_about_every_factor_and_twice_where_views_differ_most() -> None:
    asked = measured_by(COMPANY.forms[0], COMPANY)
    assert set(asked) == set(MODEL.scales)
    assert max(asked.values()) <= 2
    assert [factor.id for factor in MODEL.factors if factor.gap_sensitive and asked[factor.id] != 2] == []


def test_the_company_form_asks_who_answers_and_what_may_change() -> None:
    role = next(question for question in COMPANY.background if question.id == "role")
    assert {"management", "works_council", "hr"} <= {name for name, _ in role.options}
    openness = [question for question in COMPANY.facts if question.id.startswith("open_")]
    assert 4 <= len(openness) <= 6


def test_the_most_important_theme_is_one_of_the_model() -> None:
    question = next(question for question in COMPANY.background if question.id == "most_important_theme")
    offered = [option for option in question.options if option[0] != "not_known"]
    assert offered == [(theme.id, theme.name) for theme in MODEL.themes]


def test_the_model_has_four_layers_23_factors_two_outcomes_and_six_themes() -> None:
    assert [layer.id for layer in MODEL.layers] == [
        "environment", "organisation", "colleagues_managers", "employee_task"
    ]  # fmt: skip
    assert (len(MODEL.factors), len(MODEL.outcomes), len(MODEL.themes)) == (23, 2, 6)


def test_workload_diversity_and_personal_characteristics_are_never_ranked() -> None:
    unranked = {factor.id for factor in MODEL.factors if not factor.ranked}
    assert unranked == {"workload", "team_diversity", "personal_characteristics"}
    assert MODEL.factor("workload").direction is Direction.INVERTED_U
    assert [factor.id for factor in MODEL.factors if not factor.measured] == ["personal_characteristics"]


def test_scales_about_one_manager_are_marked() -> None:
    marked = {factor.id for factor in MODEL.factors if factor.about_manager}
    assert marked == {"supervisor_support", "participative_leadership", "learning_role_models"}
    for item in SCAN.items:
        assert item.measures in marked or "leidinggevende" not in item.text.nl, item.id


def test_a_prior_that_was_seen_names_its_study_and_figure() -> None:
    seen = [prior for one in MODEL.factors for _, prior in one.correlations if prior.source is Source.SEEN]
    assert seen
    assert [prior for prior in seen if not re.search(r"\.\d{2,3}.*(?:19|20)\d\d", prior.note)] == []
