"""Say what stands in the bar at the top, and for whom.

An entry names the permission that opens its page; whoever lacks it does not see
it. Each floor appends its entries here, in the order of the bar.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import current_app, request, url_for
from flask_wtf.csrf import generate_csrf

from diversion.core.errors import NotYours
from diversion.core.words import Sentence, _
from diversion.staff import access
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.staff.sessions import Stage
from diversion.staff.sign_in.practice import is_fictional


@dataclass(frozen=True)
class Entry:
    """One page of the bar, opened by any of `permissions`, or by all who signed in.

    `key` is the letter after g; `post` is for acts, which are never a link; `also` is a
    prefix of other addresses that belong to the entry.
    """

    label: Sentence
    endpoint: str
    permissions: tuple[Permission, ...] = ()
    key: str = ""
    post: bool = False
    also: str = ""


class Mine(NamedTuple):
    """What in the bar is one person's own."""

    token: str
    handle: str
    short: str


ENTRIES: tuple[Entry, ...] = (
    Entry(_("Today"), "dashboard.today.show", key="t"),
    Entry(_("Docket"), "community_court.calendar.show", (Permission.DOCKET_READ,), key="d"),
    Entry(_("People"), "community_court.file.find", (Permission.COURT_FIND,), key="p"),
    Entry(_("People"), "sbad.file.find", (Permission.SBAD_FIND,), key="p"),
    Entry(
        _("Intakes"), "community_court.intake.under_way", (Permission.COURT_FILE_WRITE,), key="i"
    ),
    Entry(
        _("Intakes"),
        "sbad.intake.under_way",
        (Permission.SBAD_FILE_WRITE, Permission.ELIGIBILITY_DECIDE),
        key="i",
    ),
    Entry(_("Accounts"), "fees.accounts.show_all", (Permission.FEE_READ,), key="m"),
    Entry(
        _("Receipts"),
        "fees.receipts.show_all",
        (Permission.RECEIPT_TAKE, Permission.RECEIPT_VOID, Permission.LEDGER_READ),
        key="r",
    ),
    Entry(_("My people"), "community_court.mentors.mine", (Permission.CONTACT_OWN,), key="m"),
    Entry(_("Mentors"), "community_court.mentors.directory", (Permission.MENTOR_ASSIGN,)),
    Entry(_("Resources"), "community_court.resources.directory", (Permission.RESOURCE_READ,), "r"),
    Entry(_("Import"), "community_court.imports.start", (Permission.COURT_IMPORT,), key="u"),
    Entry(_("Classes"), "sbad.days.listing", (Permission.CLASS_READ,), key="c", also="/roll/"),
    Entry(_("Deposits"), "fund.deposits.start", (Permission.LEDGER_READ,), key="d"),
    Entry(_("Ledger"), "fund.register.show", (Permission.LEDGER_READ,), key="l"),
    Entry(_("Fund"), "fund.front.show", (Permission.LEDGER_READ,), key="f"),
    Entry(_("Staff"), "staff.people.index", (Permission.STAFF_READ,), key="s"),
    Entry(
        _("Log"),
        "dashboard.oversight.log",
        (Permission.AUDIT_READ, Permission.AUDIT_READ_SYSTEM),
        key="o",
    ),
)
# Where the find box of the bar posts to: the first that is open to the person.
FINDERS: tuple[Entry, ...] = (
    Entry(_("Find a person"), "community_court.file.find", (Permission.COURT_FIND,)),
    Entry(_("Find a person"), "sbad.file.find", (Permission.SBAD_FIND,)),
    Entry(_("Find an account"), "fees.accounts.show_all", (Permission.FEE_READ,)),
)
ACCOUNT: tuple[Entry, ...] = (
    Entry(
        _("Requests"),
        "dashboard.requests.waiting",
        (Permission.FEE_READ, Permission.VOUCHER_APPROVE, Permission.VOUCHER_REQUEST),
        key="q",
    ),
    Entry(
        _("Vouchers"),
        "fund.vouchers.show_all",
        (Permission.VOUCHER_APPROVE, Permission.VOUCHER_REQUEST),
    ),
    Entry(_("Lists to choose from"), "sbad.lists.show_all", (Permission.SBAD_FILE_READ,)),
    Entry(_("Your account"), "staff.account.show"),
    Entry(_("Shortcuts"), "dashboard.help.keys", key="?"),
    Entry(_("Help"), "dashboard.help.start"),
    Entry(_("Style guide"), "dashboard.styleguide.show", (Permission.STYLEGUIDE_READ,)),
    Entry(_("Lock screen"), "staff.leaving.lock", key="Shift Esc", post=True),
    Entry(_("Sign out"), "staff.leaving.leave", post=True),
)


def frame() -> dict[str, Any]:
    """Return what the frame of a page shows to whoever looks at it."""
    staff = who()
    if staff is None:
        return {"help_url": url_for("dashboard.help.start"), "practice": _is_practice()}
    shown = _shown_to(staff)
    finder = next(iter(shown(FINDERS)), None)
    nav = _bar(shown(ENTRIES))
    here = next((entry["url"] for entry in nav if entry["current"]), "")
    return {
        "nav": nav,
        "top_key": (*_whose(staff), here),
        "top_mine": Mine(generate_csrf(), staff.handle, short_name(staff.name)),
        "find": {"label": finder["label"], "action": finder["url"]} if finder else None,
        "account": shown(ACCOUNT),
        "help_url": url_for("dashboard.help.start"),
        "me_short": short_name(staff.name),
        "keys_on": staff.shortcuts,
        "practice": _is_practice(),
    }


def _is_practice() -> bool:
    """Ask once whether all people here are fictional; a county's database never becomes it."""
    known: dict[str, Any] = current_app.extensions
    if "practice" not in known:
        known["practice"] = is_fictional()
    return bool(known["practice"])


def who() -> Staff | None:
    """Return who is signed in with both factors, if anyone is."""
    try:
        row = access.sign_in_session()
    except NotYours:
        return None
    return row.staff if row.stage is Stage.FULL else None


def short_name(name: str) -> str:
    """Return `Rosa D.` for `Rosa Delgado`."""
    first, _space, last = name.partition(" ")
    return f"{first} {last[:1]}.".strip() if last else first


def _open_to(staff: Staff, entries: Iterable[Entry]) -> list[Entry]:
    return [
        entry
        for entry in entries
        if entry.endpoint in current_app.view_functions
        and (not entry.permissions or any(staff.may(p) for p in entry.permissions))
    ]


def _shown_to(staff: Staff) -> Callable[[tuple[Entry, ...]], list[dict[str, Any]]]:
    """Return what `staff` may open; it follows from the roles, so it is found once for each set."""
    known: dict[Any, list[dict[str, Any]]] = current_app.extensions.setdefault("menus", {})
    whose = _whose(staff)

    def shown(entries: tuple[Entry, ...]) -> list[dict[str, Any]]:
        asked = *whose, id(entries)
        if asked not in known:
            known[asked] = [_shown(entry) for entry in _open_to(staff, entries)]
        return known[asked]

    return shown


def _whose(staff: Staff) -> tuple[Any, ...]:
    """Return what a bar follows from: two people of whom it is the same see the same bar."""
    return staff.roles, staff.tracks(), request.script_root


def _shown(entry: Entry) -> dict[str, Any]:
    url = url_for(entry.endpoint)
    return {
        "label": entry.label,
        "url": url,
        "key": entry.key,
        "post": entry.post,
        "also": entry.also,
    }


def _bar(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Mark the one entry to which this page belongs: the longest address that it begins with."""
    here = max((_fits(entry) for entry in shown), default=0)
    return [{**entry, "current": here > 0 and _fits(entry) == here} for entry in shown]


def _fits(entry: dict[str, Any]) -> int:
    path, url, also = request.path, str(entry["url"]), str(entry["also"])
    if path == url or (url != "/" and path.startswith(f"{url}/")):
        return len(url)
    return len(also) if also and path.startswith(also) else 0
