"""How long an agreement lasts, in the words of registers: a length is never taken for one that the words do not say."""

import pytest

from tracker.exchange.register.terms import read_lasting, read_renewal, unit_in

LENGTHS = {
    "5 Years": "5 years",
    "36 meses": "36 months",
    "6 Month": "6 months",
    "5yrs": "5 years",
    "18m": "18 months",
    "5-year": "5 years",
    "five-year": "5 years",
    "tres (3) años": "3 years",
    "3 (tres) anos": "3 years",
    "24 (twenty-four) months": "24 months",
    "Cinco (5) años": "5 years",
    "cinq ans": "5 years",
    "1 année": "1 year",
    "un an": "1 year",
    "1.5 years": "18 months",
    "1,5 años": "18 months",
    "one year and six months": "1 year and 6 months",
    "2 años y 6 meses": "2 years and 6 months",
    "1 año 6 meses": "1 year and 6 months",
    "Duración: 5 años": "5 years",
    "10 dias": "10 days",
}


@pytest.mark.parametrize(("text", "expected"), LENGTHS.items())
def test_a_length_is_read_whole(text: str, expected: str) -> None:
    found = read_lasting(text)
    assert (str(found.duration), found.indefinite, found.renewal, found.whole) == (expected, False, None, True)


@pytest.mark.parametrize(
    "text",
    [
        "2 x 3 years",
        "3+2 years",
        "3 to 5 years",
        "3-5 years",
        "3 a 5 años",
        "entre 3 y 5 años",
        "12 to 18 months",
        "2 years + 2 years",
        "twenty-four months",
        "vingt-quatre mois",
        "treinta y dos meses",
        "3 months notice",
        "termination on 6 months' notice",
        "preaviso de 3 meses",
        "may be renewed for 2 years",
        "prorrogável por 12 meses",
        "3 años (2017-2020)",
        "tres (5) años",
        "0 years",
        "10 working days",
        "2020-2025",
        "31 December 2025",
        "",
    ],
)
def test_numbers_that_are_no_one_length_give_no_duration(text: str) -> None:
    assert read_lasting(text).duration is None
    assert not read_lasting(text).whole or not text


@pytest.mark.parametrize(
    "text",
    [
        "unlimited",
        "indefinido",
        "vigencia indefinida",
        "open-ended",
        "no limit",
        "sin límite",
        "no vence",
        "perpetual",
        "permanente",
        "durée indéterminée",
        "Illimitée",
        "prazo indeterminado",
        "sem prazo",
    ],
)
def test_words_for_no_end(text: str) -> None:
    found = read_lasting(text)
    assert (found.duration, found.indefinite, found.renewal, found.whole) == (None, True, None, True)


@pytest.mark.parametrize("text", ["Till consent", "until terminated", "hasta nuevo aviso", "jusqu'à nouvel ordre"])
def test_an_end_by_an_event_is_indefinite_and_its_words_are_kept(text: str) -> None:
    assert read_lasting(text).indefinite and not read_lasting(text).whole


RENEWALS = {
    "auto renew": (None, "tacit", None),
    "Renewal: automatic": (None, "tacit", None),
    "tácita reconducción": (None, "tacit", None),
    "no limit, auto renew": (None, "tacit", None),
    "Auto-renewable after 5 years": ("5 years", "tacit", None),
    "auto-extends every 2 years": ("2 years", "tacit", None),
    "Five (5) Years with automatic renewal": ("5 years", "tacit", None),
    "3yrs+auto": ("3 years", "tacit", None),
    "3 ans renouvelable par tacite reconduction": ("3 years", "tacit", None),
    "5 ans, renouvelable tacitement": ("5 years", "tacit", None),
    "3 years, automatically renewed for further 3 years": ("3 years", "tacit", "3 years"),
    "3 años, renovable automáticamente por 3 años más": ("3 years", "tacit", "3 years"),
    "1 year, tacitly renewed for successive 1-year terms": ("1 year", "tacit", "1 year"),
    "renovação automática por mais 2 anos": (None, "tacit", "2 years"),
    "renewable for 2 years by mutual agreement": (None, "express", "2 years"),
    "5 años renovables por 2 años más por mutuo acuerdo": ("5 years", "express", "2 years"),
    "renovable por mutuo acuerdo": (None, "express", None),
    "renouvelable d'un commun accord": (None, "express", None),
    "5 years. Not renewable": ("5 years", "none", None),
    "not renewable; 5 years": ("5 years", "none", None),
}


@pytest.mark.parametrize(("text", "expected"), RENEWALS.items())
def test_renewal_with_its_period(text: str, expected: tuple[str | None, str, str | None]) -> None:
    found = read_lasting(text)
    said = (found.duration and str(found.duration), found.renewal, found.period and str(found.period))
    assert (said, found.whole) == (expected, True)


@pytest.mark.parametrize(
    "text",
    [
        "not automatically renewed",
        "no se renueva",
        "no se renueva automáticamente",
        "no se prorrogará",
        "no podrá ser renovado",
        "sin prórroga",
        "sin renovación automática",
        "improrrogable",
        "does not renew",
        "will not be renewed",
        "cannot be extended",
        "nonrenewable",
        "non-renewable",
        "no tacit renewal",
        "automatic renewal - No",
        "auto-renewal: no",
        "ne se renouvelle pas",
        "n'est pas renouvelable",
        "n'est pas reconduite tacitement",
        "sans tacite reconduction",
        "Non renouvelable",
        "não renovável",
        "não será renovado",
    ],
)
def test_a_negation_is_never_read_as_renewal(text: str) -> None:
    assert read_lasting(text).renewal == "none"


@pytest.mark.parametrize(
    "text",
    [
        "No termination date, automatic renewal",
        "Sin fecha de vencimiento, renovación automática",
        "automatically renewed if not denounced",
        "se renueva automáticamente si no hay aviso",
        "si no hay aviso se renueva automáticamente",
        "se não for denunciado renova automaticamente",
        "se renueva automáticamente si no se denuncia con 3 meses",
        "automatically renewed unless 6 months notice",
    ],
)
def test_a_negation_of_something_else_is_no_negation_of_renewal(text: str) -> None:
    found = read_lasting(text)
    assert (found.renewal, found.duration, found.period) == ("tacit", None, None)


def test_a_notice_beside_a_term_is_no_part_of_it() -> None:
    found = read_lasting("5 years unless terminated with 90 days notice")
    assert (str(found.duration), found.whole) == ("5 years", False)
    found = read_lasting("tacit renewal for 1 year unless 3 months notice")
    assert (found.duration, str(found.period), found.whole) == (None, "1 year", False)


@pytest.mark.parametrize(
    "text", ["12 months renewable", "2 years (renewable)", "3 años prorrogables por igual período"]
)
def test_renewable_alone_says_not_how_and_is_kept_in_words(text: str) -> None:
    found = read_lasting(text)
    assert found.duration and found.renewal is None and not found.whole


@pytest.mark.parametrize(
    ("text", "heading", "expected"),
    [
        ("no", "Renewal", "none"),
        ("Non", "Renouvellement", "none"),
        ("yes", "Renewal", None),
        ("Sí", "Renovable", None),
        ("oui", "Tacite reconduction", "tacit"),
        ("Yes", "Automatic renewal", "tacit"),
        ("sim", "Renovação automática", "tacit"),
        ("no", "Automatic renewal", "none"),
        ("Oui, tacite", "Renouvellement", "tacit"),
        ("yes, by mutual agreement", "Renewal", "express"),
    ],
)
def test_answers_to_a_heading(text: str, heading: str, expected: str | None) -> None:
    assert read_renewal(text, None, heading).renewal == expected


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Tiempo Conv. (Anos)", "years"),
        ("Duration (months)", "months"),
        ("Year", "years"),
        ("Durée (mois)", "months"),
        ("Duration", None),
        ("Years or months", None),
    ],
)
def test_the_unit_of_bare_numbers_stands_in_the_heading(heading: str, unit: str | None) -> None:
    assert unit_in(heading) == unit
    assert bool(read_lasting("3", unit).duration) == bool(unit)
