"""The words by which registers say how long an agreement lasts, in English, Spanish, French and Portuguese.

Patterns over folded text (small letters, no accents), one line for each language where that can be.
"""

from __future__ import annotations

import re


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


TACIT = _any(
    r"\bauto(matic(ally|amente|a|o|al)?|matique(ment)?)?[- ]*(renew|renova|prorrog|exten|reconduc|renouvel)\w*",
    r"\b(renew|extend|prolong)\w*( (is|are|itself|themselves))?( \w+)? ?automatic\w*",
    r"\b(renova|renueva|prorrog|prolong|extend|extiend)\w*( \w+)? ?automatic\w*",
    r"\b(renouvel|recondui|reconduct|proroge?)\w*( \w+)? ?(automatique|tacite)\w*",
    r"\b(reconduction|renovacion|prorroga|renovacao|prorrogacao|reconduccion) (tacite?a?|automatica|automatique)\b",
    r"\btacit\w*( (renewal|renovacion|reconduccion|prorroga|reconduction|renovacao|prorrogacao))?",
    r"\bautomatic(ally|a|o|amente)?\b|\bautomatique(ment)?\b|\bauto\b|\bevergreen\b|\bself[- ]renew\w*",
)

EXPRESS = _any(
    r"\b(express\w*|expres[ao]s?|expres)\b",
    r"\b(renew|extend)\w*( \w+){0,3} (mutual|agreement|consent|written|writing|request)\b",
    r"\b(renov|prorrog|renuev)\w*( \w+){0,3} (acuerdo|escrito|mutuo|acordo|consentimento|consentimiento|solicitud)\b",
    r"\b(renouvel|prolong)\w*( \w+){0,3} (accord|ecrit)\b",
    r"\bby (mutual )?(agreement|consent)\b|\b(por|de) (mutuo|comun) acuerdo\b|\bpor (mutuo|comum) acordo\b",
    r"\bd un commun accord\b",
)

INDEFINITE = _any(
    r"\bindefinite(ly)?\b|\bundetermined duration\b|\bunlimited\b|\bpermanent(ly)?\b|\bperpetu\w*|\bopen[- ]?ended\b",
    r"\bno (end|expiry|expiration|time limit|limit)( date)?\b|\bwithout (end|limit|time limit|expiry|expiration)\b",
    r"\bnever( expires)?\b|\bdoes not expire\b",
    r"\b(un)?til(l)? (consent|terminat\w*|cancel\w*|further notice|withdraw\w*|revoked|either party \w+)\b",
    r"\bindefinid[ao]s?\b|\bindefinidamente\b|\bindeterminad[ao]s?\b|\bilimitad[ao]s?\b|\bpermanente(mente)?\b",
    r"\bvitalici[ao]\b|\bno (expira|vence)\b",
    r"\bsin (fecha de )?(vencimiento|termino|caducidad|limite)( de tiempo)?\b",
    r"\bhasta (nuevo aviso|denuncia|su denuncia|que se denuncie)\b",
    r"\bsem (prazo|data de vencimento|termino|limite)\b|\bate (denuncia|revogacao)\b",
    r"\bindefinie?(ment)?\b|\bindeterminee?s?\b|\billimitee?s?\b",
    r"\bsans (limite|echeance|terme)( de duree)?\b|\bjusqu a (denonciation|nouvel ordre)\b",
)

UNTIL = _any(r"\b(un)?til(l)? ", r"\bhasta ", r"\bjusqu a ", r"\bate (denuncia|revogacao)")
"""Until something happens: an end that is no day, so the words themselves are worth keeping."""

NOT_RENEWED = re.compile(
    r"\b(not|no|non|nao|sin|sem|sans|without|never|nunca)\b[^.;]{0,30}?"
    r"\b(renew|renov|renuev|prorrog|prolong|extend|extens|renouvel|recondu|automat|tacit|auto)\w*"
)

NO = _any(
    r"no|n|none|not renewable",
    r"ningun[ao]?|no renovable|sin renovacion",
    r"nao|nenhum[ao]?|nao renovavel|sem renovacao",
    r"non|aucune?|non renouvelable|sans renouvellement",
)
"""Whole answers in a column for renewal."""

YES = _any(r"yes|y|si|s|oui|sim|x|true|renewal", r"auto ?renewal")

UNITS = {
    "years": "years year yrs yr y anos ano ans an annees annee a",
    "months": "months month mths mth mos meses mes mois m",
    "weeks": "weeks week wks wk semanas semana semaines semaine",
    "days": "days day dias dia jours jour d",
}
UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words.split()}

_UNIT = "|".join(sorted((word for word in UNIT_OF if len(word) > 1), key=len, reverse=True))
_NUMBER = r"(?P<number>[0-9]{1,4}([.,][0-9]{1,2})?)"
LENGTH = re.compile(
    rf"([a-z]+)? ?\(? ?{_NUMBER} ?\)?(?: ?\([a-z]+\))?[ -]?(?P<unit>{_UNIT}|(?<=[0-9])[ymda](?![a-z]))\b"
    rf"|(?P<word>[a-z]+) (?:\([a-z0-9]+\) ?)?(?P<unit2>{_UNIT})\b"
)
"""A number and a unit: ``5-year``, ``tres (3) anos``, ``1.5 years``, ``cinco anos``."""

CONNECTING = re.compile(
    r"\b(and|y|et|e|of|de|del|da|do|du|la|le|el|les|the|a|an|en|una?|um|une?|for|por|pour|after|despues|apres|apos"
    r"|every|cada|chaque|from|desde|plus|with|con|avec|com|por igual|same|mismo|iguales?|successive|sucesivos"
    r"|further|another|otros|additional|initial(ly)?|inicial(es)?|initiale?|tiempo|tempo|date|fecha|ate"
    r"|period|periodo|periode|terms?|duration|duracion|duree|duracao|plazo|prazo|vigencia|valid|validity"
    r"|renewable|renovable|renouvelable|renovavel|prorrogable|renewed|renewal|renovacion|renouvellement|renovacao)\b"
)
"""Words that say nothing by themselves between those that do."""
