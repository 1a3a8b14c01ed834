"""Headings of real registers and the field each names. A heading that only resembles one is never taken for it."""

import csv

import pytest

from tracker import paths
from tracker.exchange.register.columns import SURE
from tracker.exchange.register.headings import ALIASES, field_called, field_named, fields, variants


def taken(heading: str) -> str | None:
    """The field a heading is taken for without asking."""
    name, sure = field_named(heading)
    return name if sure >= SURE else None


REGISTERS = {
    "COUNTRY": "countries",
    "CONTI-NENT": None,
    "UNIVERSITY/ORGANIZATION": "parties",
    "FORMER/ OTHER NAMES": "former_names",
    "ABBRE-VIATION": "acronym",
    "ABBRE-\nVIATION": "acronym",
    "FACULTY/ DEPARTMENT": None,
    "SIGNING": "signed",
    "EXPIRY": "ends",
    "EXPIRY\nCHECK": "ends",
    "LEVEL OF COOPERATION": None,
    "NOTE": "notes",
    "UPDATED": None,
    "No": "number",
    "Name": "name",
    "File": "documents",
    "Contact Person": "contacts",
    "Email/Number": "contact_email",
    "Status (Active, Expired, New)": "status",
    "Year": "duration",
    "Sign date": "signed",
    "Expired": "ends",
    "2019-2020": None,
    "Noted": "notes",
    "S.No.": "number",
    "Institutions/Organization/Country": "parties",
    "Nature": "kind",
    "Purpose/Title": "title",
    "Coordinating faculty member": "responsible",
    "Signed on": "signed",
    "Duration": "duration",
    "Country with which there is collation": "countries",
    " Link Externo ": "documents",
    "UF": None,
    "CNPJ": None,
    "Nome Proponente": "parties",
    "Modalidade": "kind",
    "Objeto": "summary",
    "Situação": "status",
    "Início Vigência": "in_force",
    "FIM VIGENCIA": "ends",
    "Valor Global": "figures",
    "Data Limite para Apresentar PC": None,
    "Data de Envio da PC": None,
    "Dias de Atraso Envio da PC": None,
    "Técnico / Analista": "responsible",
    "Processo SEI": None,
    "ANOTACOES OBS": "notes",
    "GRAU DE PRIORIDADE": None,
    "Nº CONVÊNIO": "ref",
    "No CONVENIO": "ref",
    "PROPONENTE": "parties",
    "VALOR": "figures",
    "VIGÊNCIA": "validity",
    "FIM DE VIGÊNCIA": "ends",
    "Código Único": "ref",
    "Estado": "status",
    "Nro Convenio": "ref",
    "Fecha Firma Conv.": "signed",
    "Plazo Conv.": "duration",
    "Tiempo Conv. (Anos)": "duration",
    "Fecha Caducidad Conv.": "ends",
    "Nro Factura": None,
    "Fecha Pago 96%": None,
    "Project Name": "title",
    "Description": "summary",
    "Partners": "parties",
    "Funding Amount": "figures",
    "Project Start Date": "in_force",
    "Project End Date": "ends",
    "Website": None,
    "Date added to the Map": None,
    "end_date": "ends",
    "last_reviewed": None,
    "members_slug": None,
    "entidad": "parties",
    "tipo": "kind",
    "alcance": "summary",
    "Contract #": "ref",
    "Supplier / Subcontractor": "parties",
    "Start Date": "in_force",
    "End Date": "ends",
    "Total Contract Amount": "figures",
    "Invoiced To Date": "figures",
    "Project Manager": "responsible",
    "Registration Date": None,
    "# of Amendments": None,
    "startDate": "in_force",
    "endDate": "ends",
    "owner": "responsible",
    "universityName": "parties",
    "contactEmail": "contact_email",
    "contactPhone": "contact_phone",
    "mouSignDate": "signed",
    "mouExpiryDate": "ends",
    "mouStatus": "status",
    "mouFileUrl": "documents",
    "titre": "title",
    "type_convention": "kind",
    "objet": "summary",
    "reference_interne": "ref",
    "statut": "status",
    "date_signature": "signed",
    "date_debut": "in_force",
    "date_fin": "ends",
    "montant_engage": "figures",
    "service_concerne": None,
    "partenaire": "parties",
    "partner_name": "parties",
    "date_signed": "signed",
    "file_name": "documents",
    "created_at": None,
    "updated_at": None,
    "fecha_vencimiento": "ends",
    "responsable": "responsible",
    "horas_practica": None,
    "fechaInicio": "in_force",
    "fechaTermino": "ends",
    "enlaceOficial": "documents",
    "publicoObjetivo": None,
    "resumen": "summary",
}


@pytest.mark.parametrize(("heading", "field"), REGISTERS.items())
def test_headings_of_real_registers(heading: str, field: str | None) -> None:
    assert taken(heading) == field


@pytest.mark.parametrize(
    "heading",
    [
        "Fecha de vencimiento de la garantía",
        "Date added",
        "Last reviewed",
        "End date of extension",
        "Fecha de registro",
        "Fecha de envío",
        "Data de registro",
        "Date de réception",
        "Fecha de aprobación",
        "Last updated",
        "Review date",
        "Renewal date",
        "Fecha de renovación",
        "Data de renovação",
        "Insurance expiry date",
        "Warranty end date",
        "Visa expiry date",
        "Start date of negotiation",
        "Fecha de inicio de negociación",
        "Date of first contact",
        "Fecha de publicación",
        "Date of ratification",
        "Deposit date",
        "Next review date",
        "Reminder date",
        "Date of submission",
        "Approval date",
        "Next report due",
        "Signed copy",
        "Signature status",
        "Months remaining",
        "Days to expiry",
        "Dias restantes",
        "Tiempo restante",
        "Jours restants",
        "Renewal count",
        "Estado civil",
        "Contact date",
        "Partner since",
        "Start time",
        "Start location",
        "Data de término da obra",
        "Fecha de cierre",
        "Fecha fin de prórroga",
        "Vigencia de la póliza",
        "Plazo de entrega",
        "Plazo de pago",
        "Payment terms",
        "Reporting period",
        "Notice of award",
        "Value date",
        "Amendment date",
        "Fecha de firma de la adenda",
        "Date of signature of amendment",
        "Data de assinatura do aditivo",
        "Original end date",
        "New end date",
        "Extended until",
        "Échéance du rapport",
        "Date d'expiration du passeport",
        "Planned end date",
        "Effective date of amendment",
        "Expiry reminder",
        "Fin du préavis",
        "Data de vigência do seguro",
        "Firma electrónica",
        "Data Base",
    ],
)
def test_dates_of_something_else_are_not_taken_for_those_of_the_agreement(heading: str) -> None:
    assert taken(heading.strip()) is None


@pytest.mark.parametrize(
    ("spelled", "field"),
    [
        ("FECHA  DE\nFIRMA", "signed"),
        ("fecha-de-firma", "signed"),
        ("FechaDeFirma", "signed"),
        ("fecha_de_firma", "signed"),
        ("Fecha de firma (dd/mm/aaaa)", "signed"),
        ("Fecha de firma:", "signed"),
        ("Date de\u00a0signature", "signed"),
        ("Data da assinatura*", "signed"),
        ("Fecha de fimra", "signed"),
        ("Entrée en vigueur", "in_force"),
        ("ENTREE EN VIGUEUR", "in_force"),
        ("N° de convention", "ref"),
        ("Nº de Convenio", "ref"),
        ("№", "number"),
        ("#", "number"),
        ("Partner(s)", "parties"),
        ("Título del Convenio [oficial]", "title"),
    ],
)
def test_spelling_does_not_matter(spelled: str, field: str) -> None:
    assert taken(spelled) == field


def test_the_headings_of_the_template_are_understood_in_each_language() -> None:
    with (paths.REFERENCE / "columns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["field"] == "reference_other":
                continue  # a second number: kept as a note in an export, a reference where there is no other
            expected = ALIASES.get(row["field"], row["field"])
            for lang in ("en", "es", "fr", "pt"):
                found = field_named(row[lang])
                assert found == (expected, 100), f"{row[lang]} ({lang}) is {row['field']}"


def test_every_field_is_called_by_its_own_name_and_only_by_known_ones() -> None:
    assert all(field_called(name) == name for name in fields())
    assert all(field_called(name.replace("_", " ").upper()) == name for name in fields())
    assert all(field_called(alias) == meant for alias, meant in ALIASES.items())
    assert field_called("name") is None and field_called("expiry date") is None and field_called("") is None


def test_a_heading_of_nothing_names_nothing() -> None:
    assert variants(" \n ") == [] and field_named("") == (None, 0) and field_named("—")[0] is None
