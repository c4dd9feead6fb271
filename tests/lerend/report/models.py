"""A made-up organisation model with everything that a report must be able to show."""

from __future__ import annotations

from lerend.model.structure import (
    Direction,
    Factor,
    Instrument,
    Layer,
    Level,
    OrganisationModel,
    Outcome,
    Prior,
    Source,
)
from lerend.wording import Text

LAYERS = (
    ("environment", "Omgeving", "Environment"),
    ("organisation", "Organisatie", "Organisation"),
    ("colleagues", "Collega's en leidinggevenden", "Colleagues and managers"),
    ("employee", "Medewerker en taak", "Employee and task"),
)

FACTORS = (
    ("external", "Contacten buiten het bedrijf", "Contacts outside the company", 0, Level.ORGANISATION),
    ("mobility", "Wisselen van werkplek", "Moving between jobs", 0, Level.ORGANISATION),
    ("transparency", "Open over doelen en resultaten", "Open about goals and results", 1, Level.ORGANISATION),
    ("long_term", "Vooruitkijken", "Looking ahead", 1, Level.ORGANISATION),
    ("training", "Opleiding en training", "Education and training", 1, Level.ORGANISATION),
    ("technology", "Machines en systemen die helpen leren", "Machines and systems that help you learn", 1, Level.JOB),
    ("coworkers", "Steun van collega's", "Support from colleagues", 2, Level.TEAM),
    ("supervisor", "Steun van je leidinggevende", "Support from your manager", 2, Level.TEAM),
    ("participation", "Meepraten over besluiten", "A say in decisions", 2, Level.TEAM),
    ("role_models", "Leidinggevenden die zelf leren", "Managers who learn themselves", 2, Level.TEAM),
    ("safety", "Vertrouwen en veiligheid", "Trust and safety", 2, Level.TEAM),
    ("diversity", "Verschillen benutten", "Using differences", 2, Level.TEAM),
    ("reflection", "Samen terugkijken en feedback", "Looking back together and feedback", 2, Level.TEAM),
    ("sharing", "Kennis delen", "Sharing knowledge", 2, Level.TEAM),
    ("capability", "Kunnen leren en vernieuwen", "Being able to learn and renew", 3, Level.INDIVIDUAL),
    ("motivation", "Zin om te leren", "Wanting to learn", 3, Level.INDIVIDUAL),
    ("commitment", "Betrokken bij het werk", "Committed to the work", 3, Level.INDIVIDUAL),
    ("variety", "Afwisselend en volledig werk", "Varied and complete work", 3, Level.JOB),
    ("autonomy", "Ruimte om zelf te beslissen", "Room to decide yourself", 3, Level.JOB),
    ("balance", "Werk dat je aankunt", "Work that you can handle", 3, Level.JOB),
    ("workload", "Werkdruk", "Workload", 3, Level.JOB),
    ("thinking_time", "Tijd om na te denken over het werk", "Time to think about the work", 3, Level.JOB),
)

OUTCOMES = (
    ("learning", "Leren tijdens het werk", "Learning while working"),
    ("innovating", "Vernieuwen van het werk", "Renewing the work"),
)

JUDGED = Prior(0.1, Source.JUDGEMENT)


def made_model() -> OrganisationModel:
    """Four layers, 22 measured factors and one that is not asked, two outcomes."""
    factors = tuple(_factor(*words) for words in FACTORS)
    return OrganisationModel(
        id="made",
        version=1,
        name=Text("Lerende organisatie", "Learning organisation"),
        purpose=Text(
            "Waar het om gaat: wendbaar vakmanschap. Mensen blijven leren en vernieuwen hun werk.",
            "What it is for: agile craftsmanship. People keep learning and renew their work.",
        ),
        layers=tuple(Layer(name, Text(nl, en)) for name, nl, en in LAYERS),
        factors=(*factors, _not_asked()),
        outcomes=tuple(
            Outcome(name, Text(nl, en), Text(nl.lower(), en.lower()), _definition(nl, en), JUDGED) for name, nl, en in OUTCOMES
        ),
        themes=(),
        target=4.0,
        digest="3f" * 32,
    )  # fmt: skip


def made_instrument() -> Instrument:
    return Instrument(
        id="made-scan",
        version=1,
        model="made@1",
        name=Text("Vragenlijst voor medewerkers", "Employee questionnaire"),
        respondent="employee",
        anonymous=True,
        introduction=Text("", ""),
        answer_scales=(),
        items=(),
        forms=(),
        rotation=(),
        background=(),
        facts=(),
        digest="7a" * 32,
    )


def _factor(id: str, nl: str, en: str, layer: int, level: Level) -> Factor:
    direction = {"workload": Direction.INVERTED_U, "diversity": Direction.CONDITIONAL}.get(id, Direction.PLAIN)
    return Factor(
        id=id,
        name=Text(nl, en),
        term=Text(f"vakterm {nl.lower()}", f"term {en.lower()}"),
        definition=_definition(nl, en),
        layer=LAYERS[layer][0],
        level=level,
        direction=direction,
        icc=JUDGED,
        correlations=(),
        about_manager=id in {"supervisor", "participation", "role_models"},
        ranked=direction is Direction.PLAIN,
        gap_sensitive=id in {"reflection", "safety", "role_models"},
    )


def _not_asked() -> Factor:
    return Factor(
        id="personal",
        name=Text("Persoonlijke kenmerken", "Personal characteristics"),
        term=Text("persoonskenmerken", "personal characteristics"),
        definition=Text("", ""),
        layer="employee",
        level=Level.INDIVIDUAL,
        direction=Direction.PLAIN,
        icc=JUDGED,
        correlations=(),
        measured=False,
        ranked=False,
    )


def _definition(nl: str, en: str) -> Text:
    return Text(
        f"Hoe mensen in hun gewone werk merken: {nl.lower()}.", f"How people notice in their normal work: {en.lower()}."
    )
