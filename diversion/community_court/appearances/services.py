"""Put people on dockets, record what came of it, and correct that by adding to it."""

from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy.exc import IntegrityError

from diversion.audit.models import Act
from diversion.audit.services import record as audit
from diversion.community_court.appearances import effects, places, queries, rules
from diversion.community_court.appearances.models import (
    Outcome,
    Result,
    Setting,
    SettingKind,
)
from diversion.community_court.appearances.rules import Said
from diversion.community_court.dockets.models import Docket
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.staff.models import Staff

TRACK = Track.COMMUNITY_COURT


class HasOutcome(Refused):
    """What has happened is not taken off the docket."""

    sentence = _("An outcome is recorded. It can be corrected, not taken off.")


def put_on(
    docket: Docket,
    participant_ids: Iterable[int],
    *,
    kind: SettingKind = SettingKind.STATUS_REVIEW,
    starts: time | None = None,
    attorney: str = "",
    follows: Setting | None = None,
    by: Staff,
    now: datetime,
) -> list[Setting]:
    """Put people on a docket day.

    Raises DayFull, DocketEnded, AlreadyThere, TwoPlacesAtOnce; then nobody is put on.
    """
    wanted = list(dict.fromkeys(participant_ids))
    places.check(docket, wanted)
    made = [
        Setting(
            docket_id=docket.id, participant_id=each, track=TRACK, kind=kind,
            starts=starts or docket.starts, attorney=attorney, set_at=now, set_by=by.id,
            follows_id=follows.id if follows else None,
        )
        for each in wanted
    ]  # fmt: skip
    for setting in made:
        setting.docket = docket
    db.session.add_all(made)
    db.session.flush()
    for setting in made:
        audit(Act.SETTING_MADE, about(setting), f"docket:{docket.handle}", by=by, track=TRACK)
    return made


def amend(setting: Setting, *, kind: SettingKind, starts: time, attorney: str, by: Staff) -> None:
    """Change when someone is called, why, and who stands beside them, as the court lists it."""
    setting.kind, setting.starts, setting.attorney = kind, starts, attorney
    db.session.flush()
    audit(Act.SETTING_AMENDED, about(setting), by=by, track=TRACK, kind=kind.value)


def vacate(setting: Setting, *, why: str, by: Staff, now: datetime) -> None:
    """Take someone off a docket day; the row stays. `why` is a code.

    Raises HasOutcome.
    """
    if queries.standing_outcome(setting.id) is not None:
        raise HasOutcome
    setting.vacated_at, setting.vacated_by, setting.vacated_why = now, by.id, why
    db.session.flush()
    audit(Act.SETTING_VACATED, about(setting), by=by, track=TRACK, why=why)


def mark_here(setting: Setting, *, here: bool, by: Staff, now: datetime) -> None:
    """Tick that someone has arrived, or that this was a slip."""
    setting.here_at = now if here else None
    db.session.flush()
    audit(Act.SETTING_ARRIVED, about(setting), by=by, track=TRACK, here=int(here))


def record(
    setting: Setting, said: Said, *, seen: str = "", by: Staff, on: date, now: datetime
) -> Outcome:
    """Write down what came of a setting, or correct it.

    `seen` is the handle of the outcome that the writer saw, empty if there was none. A
    correction undoes what the earlier row had set off before its own takes effect.
    Raises the refusals of `rules`, SomeoneWasFaster among them.
    """
    queries.lock(setting)
    before = queries.standing_outcome(setting.id)
    rules.check_moment(
        is_vacated=setting.vacated_at is not None, held_on=setting.docket.held_on, today=on,
        standing=before.handle if before else "", seen=seen,
    )  # fmt: skip
    if said.result is Result.TAKEN_BACK and before is None:
        raise rules.NothingToTakeBack
    rules.check_said(said, setting.docket.held_on)
    if before is not None:
        effects.undo(setting, before, by=by, on=on, now=now)
    following = _following(setting, said.next_docket, by=by, now=now)
    made = _append(setting, said, following, by=by, now=now)
    effects.follow(setting, made, by=by)
    audit(Act.OUTCOME_RECORDED, about(setting), by=by, track=TRACK, result=made.result.value)
    return made


def take_back(setting: Setting, *, seen: str, by: Staff, on: date, now: datetime) -> Outcome:
    """Undo a recording: a further row says that nothing holds any more."""
    return record(setting, Said(Result.TAKEN_BACK), seen=seen, by=by, on=on, now=now)


def about(setting: Setting) -> str:
    return f"setting:{setting.handle}"


def _following(
    setting: Setting, docket: Docket | None, *, by: Staff, now: datetime
) -> Setting | None:
    """Return the next date: the one that the person has on that day already, or a new one."""
    if docket is None:
        return None
    there = queries.standing_on(docket.id, setting.participant_id)
    if there is not None:
        return there
    (made,) = put_on(
        docket, [setting.participant_id], attorney=setting.attorney, follows=setting, by=by,
        now=now,
    )  # fmt: skip
    return made


def _append(
    setting: Setting, said: Said, following: Setting | None, *, by: Staff, now: datetime
) -> Outcome:
    last = queries.last_outcome(setting.id)
    made = Outcome(
        setting_id=setting.id, participant_id=setting.participant_id, track=TRACK,
        result=said.result, presence=said.presence, reason=said.reason, response=said.response,
        next_setting_id=following.id if following else None,
        replaces_id=last.id if last else None, happened_on=setting.docket.held_on,
        recorded_at=now, recorded_by=by.id,
    )  # fmt: skip
    db.session.add(made)
    try:
        db.session.flush()
    except IntegrityError as error:
        # The database knows the rule too: a first outcome once, a replacement once.
        raise rules.SomeoneWasFaster from error
    return made
