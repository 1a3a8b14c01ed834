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
    r"\b(not|no|non|nao|ne|n|pas|sin|sem|sans|without|never|nunca|cannot|can t|aucune?|ni|nor)\b( [^\s,.;:]+){0,3}?[ -]"
    r"(se )?(renew|renov|renuev|prorrog|prorog|prolong|extend|extens|renouvel|recondu|automat|tacit|auto)\w*"
    r"([ -](pas|renew\w*|renov\w*|prorrog\w*|extend\w*|extens\w*|renouvel\w*|recondu\w*|automat\w*|tacit\w*)\b)*"
    r"|\b(improrrog|irrenov|nonrenew|unrenew)\w*"
    r"|\b(auto|renew|renov|prorrog|recondu|renouvel)[^.;]*[ :=(](no|non|nao|none|ninguna?)[ )?.]*$"
)

CONDITION = re.compile(r"\b(si|s il|if|se|caso|unless|except|salvo|sauf|a moins)( \w+){0,2} (no|not|ne|n|nao|non)\b")
"""A negation of what keeps a renewal from happening: ``renewed if not denounced``."""

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
    rf"\(? ?{_NUMBER} ?\)?(?: ?\([a-z -]+\))?[ -]?(?P<unit>{_UNIT}|(?<=[0-9])[ymda](?![a-z]))\b"
    rf"|(?P<word>[a-z]+)[ -](?:\( ?(?P<again>[0-9]{{1,3}}) ?\) ?)?(?P<unit2>{_UNIT})\b"
)
"""A number and a unit: ``5-year``, ``tres (3) anos``, ``1.5 years``, ``cinco anos``."""

CONNECTING = re.compile(
    r"\b(and|y|et|e|of|de|del|da|do|du|la|le|el|les|the|a|an|en|una?|um|une?|for|por|pour|after|despues|apres|apos"
    r"|every|cada|chaque|from|desde|plus|with|con|avec|com|por igual|same|mismo|iguales?|successive|sucesivos"
    r"|further|another|otros|additional|initial(ly)?|inicial(es)?|initiale?|tiempo|tempo|date|fecha|ate"
    r"|period|periodo|periode|terms?|duration|duracion|duree|duracao|plazo|prazo|vigencia|valid|validity"
    r"|mas|mais|more|plus|par|suplementaire|supplementaire|adicional|adicionais|adicionales)\b"
)
"""Words that say nothing by themselves between those that do."""

RENEWAL = re.compile(r"\b\w*(renew|renov|renuev|prorrog|prorog|prolong|exten[ds]|extiend|renouvel|recondu)\w*")
"""A word of renewal: a length after it is that of a further term, unless EACH_TERM stands between."""

EACH_TERM = re.compile(r"\b(after|despues|tras|apres|apos|depois|every|each|cada|chaque|tous|toutes)\b")

CONDITIONED = re.compile(r"\b(si|s il|if|unless|except|salvo|sauf|a menos|a moins|caso|denunci|denonc|termina)\w*")
"""What between a word of renewal and a length makes that no length of a term."""

NOTICE_AFTER = re.compile(
    r"\W*(\w+\W+){0,2}?(notice|preaviso|preavis|aviso|notificacion|notificacao|antes|before|avant|prior"
    r"|anticipacion|antecedencia|antelacion|anterior)\w*"
)
NOTICE_BEFORE = re.compile(r"\b(notice|preaviso|preavis|aviso( previo)?)( \w+){0,2}\W*$")
"""What makes a length one of notice, which is no duration."""

COUNTED_ON = re.compile(
    r"([0-9] ?([-+x*–—/&]|to|a|ou|or|o|u|y|and|e|et)"
    r"|\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|vingt|trente|quarante|cinquante|soixante|quatre"
    r"|cent|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|ciento|vinte|trinta|quarenta|cinquenta|sessenta)"
    r"([ -](y|e|et|and))?)[ -]?$"
)
"""What before a length makes it another: ``3 to 5 years``, ``2 x 3 years``, ``twenty-four months``."""

JOINING = re.compile(r"[ ,]*(and|y|et|e|con|com)?[ ]*")

QUALIFIED = _any(
    r"\b(half|medio|media|meio|meia|demi|demie)\b|½",
    r"\b(less|more|menos|mas|mais|moins|plus) (than|de|que)\b|\bup to\b|\bat (least|most)\b|\bau (moins|plus)\b",
    r"\b(min|max|minimo|maximo|minimum|maximum)\b|\b(hasta|ate|jusqu a) (?=[0-9]+ ?[a-z])",
    r"\b(extended|ampliad[ao]|prorrogad[ao]|prolonge|estendid[ao])\b|\b(then|luego|puis|ensuite)\b",
    r"\b(or|o|ou) (?=[0-9])",
)
"""Words that make a length another than the number says, or only a part of what is agreed."""
