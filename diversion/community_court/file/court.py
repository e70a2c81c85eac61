"""Tell of a person's days in court: what came of them, and what the judge decided."""

from collections.abc import Iterable, Sequence

from diversion.community_court.appearances.models import Decision, MissedDecision, Result
from diversion.community_court.appearances.queries import Line
from diversion.community_court.appearances.words import DECISIONS, WITHDRAWALS
from diversion.core.words import Sentence, _
from diversion.enrollments.people.timeline import Entry, Kind
from diversion.web.filters import day, words

TITLES = {
    Result.NOT_HERE: _("Did not appear"),
    Result.NOT_REACHED: _("Not called that day"),
}
SETTLED = frozenset({Result.COMPLETED, Result.DISMISSED})


def in_court(settings: Iterable[Line]) -> Iterable[Entry]:
    for each in settings:
        if each.result is None:
            continue
        text: Sentence | str = ""
        if each.presence is not None:
            text = words(each.presence)
        if each.next_on is not None:
            text = (
                _("{how}. Next date {day}", how=text, day=day(each.next_on))
                if text
                else _("Next date {day}", day=day(each.next_on))
            )
        absent = each.result is Result.NOT_HERE
        yield Entry(
            Kind.COURT, each.held_on, _title(each.result), text=text, by=each.recorded_by,
            at=each.recorded_at, picture="landmark", tone="absent" if absent else
            "ok" if each.result in SETTLED else "",
        )  # fmt: skip


def _title(result: Result) -> Sentence:
    return TITLES.get(result) or words(result)


def decided(rows: Sequence[MissedDecision]) -> Iterable[Entry]:
    """Tell what the judge decided and what was withdrawn: both stay, the last one holds."""
    known = {row.id: row.decision for row in rows}
    for row in rows:
        title, text = words(row.decision), Sentence("")
        if row.why is not None and row.replaces_id is not None:
            title = _("Withdrawn: {decision}", decision=DECISIONS[known[row.replaces_id]])
            text = WITHDRAWALS[row.why]
        yield Entry(
            Kind.COURT, row.decided_on, DECISIONS.get(row.decision, title), text=text,
            by=row.recorded_by, at=row.recorded_at, picture="landmark",
            tone="absent" if row.decision is Decision.WARRANT_ISSUED else "",
        )  # fmt: skip


def warrants(rows: Sequence[MissedDecision]) -> Iterable[Sentence]:
    """Say since when a warrant stands."""
    gone = {row.replaces_id for row in rows}
    for row in rows:
        if row.decision is Decision.WARRANT_ISSUED and row.id not in gone:
            yield _("Warrant {day}", day=day(row.decided_on))
