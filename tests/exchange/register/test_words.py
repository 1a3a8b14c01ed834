"""Kinds, countries, statuses and marks of nothing, as offices write them."""

import pytest

from tracker.exchange.register import words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("MoU", "memorandum-of-understanding"),
        ("M.O.U.", "memorandum-of-understanding"),
        ("Memorando de Entendimiento", "memorandum-of-understanding"),
        ("Protocole d'entente", "memorandum-of-understanding"),
        ("memorandum-of-understanding", "memorandum-of-understanding"),
        ("Convenio Marco", "framework-agreement"),
        ("Accord-cadre", "framework-agreement"),
        ("Acordo de Cooperação Técnica", "cooperation-agreement"),
        ("Termo de Fomento", "grant-agreement"),
        ("Avenant", "amendment"),
        ("Traité", "treaty"),
        ("Cooperation", None),
        ("", None),
    ],
)
def test_kinds(text: str, kind: str | None) -> None:
    assert words.kind_named(text) == kind


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Panamá", "PA"),
        ("pa", "PA"),
        ("U.S.A.", "US"),
        ("EE.UU.", "US"),
        ("États-Unis", "US"),
        ("Estados Unidos", "US"),
        ("South Korea", "KR"),
        ("Corea del Norte", "KP"),
        ("Côte d'Ivoire", "CI"),
        ("Alemanha", "DE"),
        ("Allemagne", "DE"),
        ("Viet Nam", "VN"),
        ("The Netherlands", "NL"),
        ("Reino Unido", "GB"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_countries_in_four_languages(text: str, code: str | None) -> None:
    assert words.country_code(text) == code


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("ACTIVE", "in-force"),
        ("Vigente", "in-force"),
        ("En vigueur", "in-force"),
        ("em vigor", "in-force"),
        ("Expired", "expired"),
        ("Vencido", "expired"),
        ("No vigente", "expired"),
        ("Échu", "expired"),
        ("Encerrado", "expired"),
        ("resuelto", "terminated"),
        ("Résilié", "terminated"),
        ("Draft", "negotiating"),
        ("signé", "signed"),
        ("Suspendu", "suspended"),
        ("Alta", None),
    ],
)
def test_statuses(text: str, status: str | None) -> None:
    assert words.status_named(text) == status


@pytest.mark.parametrize(
    "text", ["-", " – ", "n/a", "N.A.", "Not Specified", "SEM INFORMACAO", "SEN INFORMACAO", "s/d", "Néant"]
)
def test_marks_that_say_nothing(text: str) -> None:
    assert words.said(text) == ""


@pytest.mark.parametrize("text", ["0", "No", "none of the above applies to us", "✓", "NAM"])
def test_what_says_something(text: str) -> None:
    assert words.said(text) == text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A; B\nC | D", ["A", "B", "C", "D"]),
        ("1. Univ. A\n2. Univ. B", ["Univ. A", "Univ. B"]),
        ("1) A 2) B", ["A", "B"]),
        ("- A\n- B\n- A", ["A", "B"]),
        ("Ministry of Health, Labour and Welfare", ["Ministry of Health, Labour and Welfare"]),
        ("Lutte contre la faim 2", ["Lutte contre la faim 2"]),
        (" ; ", []),
    ],
)
def test_lists_of_names(text: str, names: list[str]) -> None:
    assert words.split_names(text) == names


def test_lists_of_words_split_at_commas_and_and_too() -> None:
    assert words.split_words("Peru, Chile y Bolivia / Panamá") == ["Peru", "Chile", "Bolivia", "Panamá"]


def test_emails() -> None:
    assert words.emails_in("Ana <ana@x.org>; b.c+d@y.co.uk.") == ["ana@x.org", "b.c+d@y.co.uk"]
    assert words.emails_in("@nobody, a@b") == []
