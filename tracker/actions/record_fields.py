"""The field types of the record: each takes text as written and keeps it checked and in canonical words.

Errors of ``tracker.rules`` become pydantic's here, so that they carry the place in the record.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from tracker.errors import BadInput
from tracker.models.keys import NO_EMAIL
from tracker.rules.dates import WrittenDate, parse_date
from tracker.rules.durations import parse_duration, parse_notice
from tracker.rules.entry_into_force import parse_entry_rule
from tracker.rules.schedules import read_schedule
from tracker.rules.text import LINE, NOTE, clean_line, clean_text
from tracker.store.reference_data import countries, country_named, languages

REF = re.compile(r"[A-Za-z0-9]+(?:[._/-][A-Za-z0-9]+)*")
REF_EXPECTED = "expected at most 64 letters and digits with single . _ / - between them"
PART = re.compile(r"(?P<agreement>.+)/(?P<letter>[A-Z])(?P<number>[1-9][0-9]{0,8})")
"""The reference of a part of an agreement: ``PA-2017-001/O1``."""
OF_PART = re.compile(r"(?P<part>[AO][1-9][0-9]{0,8})(?<=\d)(?::(?P<due>[0-9]{4}-[0-9]{2}-[0-9]{2}))?")
"""What a document is of within its agreement: an activity, an obligation, or one of its due dates."""


def problem_of(error: BadInput) -> str:
    """The error's sentence without its field, which the record's place already names."""
    return str(BadInput("", error.value, error.expected)).removeprefix(": ") + (
        f" ({error.hint})" if error.hint else ""
    )


def checked(read: Callable[[str, str], Any]) -> Callable[[Any], Any]:
    """A validator that reads text with one of the rules' readers and passes their refusal on."""

    def validate(value: Any) -> Any:
        if not isinstance(value, str):
            raise PydanticCustomError("text_expected", "expected text")
        try:
            return read(value, "")
        except BadInput as error:
            raise PydanticCustomError("bad_input", "{problem}", {"problem": problem_of(error)}) from error

    return validate


def _canonical(parse: Callable[[str, str], Any]) -> Callable[[str, str], str]:
    return lru_cache(maxsize=1024)(lambda text, field: str(parse(text, field)))


def _written(value: Any) -> WrittenDate:
    if isinstance(value, WrittenDate):
        return value
    read: WrittenDate = checked(parse_date)(value)
    return read


def _ref(text: str, field: str) -> str:
    if len(text) > 64 or not REF.fullmatch(text) or PART.fullmatch(text):
        raise BadInput(field, text, f"is not a reference: {REF_EXPECTED}")
    if re.fullmatch(r"(party|person)-[0-9]+", text, re.IGNORECASE):
        raise BadInput(field, text, "is kept for parties and people")
    return text


def _number(text: str, field: str) -> str:
    try:
        value = Decimal(text) if re.fullmatch(r"[+-]?[0-9]{1,18}(\.[0-9]{1,6})?", text) else None
    except InvalidOperation:
        value = None
    if value is None:
        raise BadInput(field, text, "is not a number: expected digits, with a point before decimals")
    return format(value, "f")


def _email(text: str, field: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    text = clean_line(text, field, 254)
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise BadInput(field, text, f"is not an e-mail address: {str(error).rstrip('.')}") from error


def _personal_email(text: str, field: str) -> str:
    return NO_EMAIL if text.strip().lower() == NO_EMAIL else _email(text, field)


def _phone(text: str, field: str) -> str:
    text = clean_line(text, field, 60)
    if not re.search(r"[0-9]{3}", text) or not re.fullmatch(r"[-+0-9 ()./,;extEXT#]+", text):
        raise BadInput(field, text, "is not a telephone number")
    return text


def _language(text: str, field: str) -> str:
    if text not in languages():
        raise BadInput(field, text, "is not a language: expected an ISO 639-1 code such as es, en, fr")
    return text


def _country(text: str, field: str) -> str:
    code = text.upper()
    if code in countries():
        return code
    named = country_named(text)
    near = f" ({text} is {named})" if named else ""
    raise BadInput(field, text, f"is not a country: expected an ISO 3166-1 code{near}")


def _sha256(text: str, field: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise BadInput(field, text, "is not a SHA-256: expected 64 hexadecimal digits")
    return text


def _file_name(text: str, field: str) -> str:
    name = clean_line(text, field, 255)
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise BadInput(field, name, "leaves the folder of the record: expected a name beside it")
    return name


def _of_part(text: str, field: str) -> str:
    match = OF_PART.fullmatch(text)
    if match is None or (match["due"] and text.startswith("A")):
        raise BadInput(field, text, "is no part of an agreement: expected A1, O1, or one due date as O1:2017-11-18")
    return text


def _scope(text: str, field: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) or len(text) > 60:
        raise BadInput(field, text, "is not a scope area: expected small letters, digits and -")
    return text


def _codes(text: str, field: str) -> str:
    if not re.fullmatch(r"[0-9a-z]+(\.[0-9a-z]+)?(;[0-9a-z]+(\.[0-9a-z]+)?)*", text) or len(text) > 60:
        raise BadInput(field, text, "is not a code: expected such as 9, 10.7 or 15190, with ; between several")
    return text


def as_list(value: Any) -> Any:
    """One text where a list is expected counts as a list of one."""
    return [value] if isinstance(value, str) else value


def _text_field(read: Callable[[str, str], str], **schema: Any) -> Any:
    return Annotated[str, PlainValidator(checked(read)), WithJsonSchema({"type": "string", "minLength": 1, **schema})]


Line = _text_field(clean_line, maxLength=LINE)
Text = _text_field(clean_text, maxLength=NOTE)
Ref = _text_field(_ref, maxLength=64, pattern=REF.pattern)
PersonalEmail = Annotated[
    str,
    PlainValidator(checked(_personal_email)),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "email"}, {"const": NO_EMAIL}]}),
]
Phone = _text_field(_phone)
Number = _text_field(_number)
Language = _text_field(_language, pattern="^[a-z]{2}$")
Country = _text_field(_country, pattern="^[A-Z]{2}$")
ScopeCode = _text_field(_scope)
Codes = _text_field(_codes)
Sha256 = _text_field(_sha256)
FileName = _text_field(_file_name)
OfPart = _text_field(_of_part, pattern=r"^(A[1-9][0-9]*|O[1-9][0-9]*(:\d{4}-\d{2}-\d{2})?)$", examples=["A1", "O1"])
Period = _text_field(_canonical(parse_date))
DurationText = _text_field(_canonical(parse_duration), examples=["3 years", "P6M"])
NoticeText = _text_field(_canonical(parse_notice), examples=["6 months", "3 months to the end of a quarter"])
EntryRuleText = _text_field(_canonical(parse_entry_rule), examples=["on signature", "90 days after the 40th consent"])
ScheduleText = _text_field(_canonical(read_schedule), examples=["2026-06-30", "every 6 months after entry into force"])
Written = Annotated[
    WrittenDate,
    PlainValidator(_written),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?|unknown)$"}),
]
Listed = BeforeValidator(as_list)
