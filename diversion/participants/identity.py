"""Say who a person is: the frozen value that an envelope holds.

An `Identity` exists in memory only while a page or a letter is made.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

import phonenumbers

from diversion.core.errors import Invalid
from diversion.core.words import _
from diversion.participants.safe_contact import UNASKED, SafeContact

FORM = 1
REGION = "US"
LISTS = frozenset({"aliases", "emails", "case_numbers", "police_numbers"})


class NotAPhone(Invalid):
    """Ten digits, or a number with its country code."""

    sentence = _("This is not a phone number. Write ten digits, such as 503-555-0100.")
    field = "phone"


@dataclass(frozen=True)
class Phone:
    """A number with its rules of safe contact; both are off until the person allows them."""

    e164: str
    may_text: bool = False
    voicemail: bool = False

    @classmethod
    def parse(cls, text: str, *, may_text: bool = False, voicemail: bool = False) -> "Phone":
        """Read what a person typed. Raises NotAPhone."""
        try:
            number = phonenumbers.parse(text, REGION)
        except phonenumbers.NumberParseException:
            raise NotAPhone from None
        if not phonenumbers.is_possible_number(number):
            raise NotAPhone
        e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return cls(e164, may_text, voicemail)


@dataclass(frozen=True)
class Address:
    """Lines as on a letter. `substitute` is an address of the confidentiality program."""

    lines: tuple[str, ...]
    substitute: bool = False


@dataclass(frozen=True)
class Identity:
    """Names, birth date, contact points and case numbers of one person."""

    first: str = ""
    last: str = ""
    middle: str = ""
    preferred: str = ""
    aliases: tuple[str, ...] = ()
    birth_date: date | None = None
    phones: tuple[Phone, ...] = ()
    emails: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    case_numbers: tuple[str, ...] = ()
    police_numbers: tuple[str, ...] = ()
    pronouns: str = ""
    contact: SafeContact = UNASKED

    @property
    def shown(self) -> str:
        """The name as pages say it, such as `Juniper Hale`; a preferred name goes first."""
        return " ".join(filter(None, (self.preferred or self.first, self.last)))

    @property
    def short(self) -> str:
        """The name where others can look on, such as `Juniper H.`; a single name stands whole."""
        first = self.preferred or self.first
        return f"{first} {self.last[0]}." if first and self.last else first or self.last

    @property
    def sorted_by(self) -> tuple[str, str]:
        """What lists of people are put in order by."""
        return order_of(vars(self))

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which the person may be asked for."""
        return names_of(vars(self))

    def with_changes(self, **changes: Any) -> "Identity":
        return replace(self, **changes)

    def to_json(self) -> bytes:
        """Return what is sealed; what is empty is left out."""
        held = {name: value for name, value in asdict(self).items() if value}
        if self.birth_date:
            held["birth_date"] = self.birth_date.isoformat()
        held["contact"] = self.contact.to_values()
        return json.dumps({"form": FORM, **held}, separators=(",", ":")).encode()

    @classmethod
    def from_held(cls, held: Mapping[str, Any]) -> "Identity":
        """Make the value of what an envelope held, already taken apart."""
        parts = {**held}
        parts.pop("form", None)
        if not parts.keys() <= KNOWN:
            raise TypeError("an envelope holds what an identity does not know")
        if born := parts.get("birth_date"):
            parts["birth_date"] = date.fromisoformat(born)
        for name in LISTS & parts.keys():
            parts[name] = tuple(parts[name])
        if phones := parts.get("phones"):
            parts["phones"] = tuple(Phone(**each) for each in phones)
        if addresses := parts.get("addresses"):
            parts["addresses"] = tuple(
                Address(tuple(each["lines"]), each["substitute"]) for each in addresses
            )
        if rules := parts.get("contact"):
            parts["contact"] = SafeContact.from_values(rules)
        made = object.__new__(cls)  # what the envelope left out is as the class has it
        vars(made).update(parts)
        return made


def order_of(held: Mapping[str, Any]) -> tuple[str, str]:
    """Return what lists of people are put in order by, from what an envelope held."""
    called = held.get("preferred") or held.get("first", "")
    return held.get("last", "").casefold(), called.casefold()


def names_of(held: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names in what an envelope held; what it lacks is empty."""
    first, middle = held.get("first", ""), held.get("middle", "")
    last, preferred = held.get("last", ""), held.get("preferred", "")
    whole = f"{first} {middle} {last}" if middle else f"{first} {last}"
    called = (f"{preferred} {last}",) if preferred else ()
    return (whole.strip(), *called, *held.get("aliases", ()))


NOBODY = Identity()
KNOWN = frozenset(each.name for each in fields(Identity))
