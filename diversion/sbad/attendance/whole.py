"""Read the rolls of a class day together: that of the whole day, and those of its modules.

A module counts when nobody says otherwise: neither its own roll nor that of the whole day.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from diversion.sbad.attendance.rules import BLANK, WHOLE_DAY, Current, Presence

Key = tuple[int, int]  # a registration, and the place of a module; 0 is the whole day


def whole(standing: Mapping[Key, Current]) -> dict[int, Current]:
    """Return the day of each registration: its mark, with those of its modules in it."""
    of_modules: dict[int, list[Current]] = defaultdict(list)
    for (registration_id, module), mark in sorted(standing.items()):
        if module != WHOLE_DAY and not mark.is_blank:
            of_modules[registration_id].append(mark)
    return {
        each: together(standing.get((each, WHOLE_DAY), BLANK), of_modules[each])
        for each in {registration_id for registration_id, _module in standing}
    }


def together(day: Current, modules: Sequence[Current]) -> Current:
    """Return one mark for a day. A correction of a finished roll is the last word on all of it."""
    if not modules or day.is_corrected:
        return day
    everything = (day, *modules)
    return replace(
        day,
        value=summed_up(modules) if day.is_blank else day.value,
        version=max(each.version for each in everything),
        mark_id=max(each.mark_id for each in everything),
        is_conflict=any(each.is_conflict for each in everything),
        of_modules=tuple(modules),
        is_by_module=day.is_blank,
    )


def summed_up(modules: Sequence[Current]) -> Presence:
    """Return one word for the marks of several modules."""
    values = [each.value for each in modules]
    if any(each.is_there for each in modules):
        return values[0] if len(set(values)) == 1 else Presence.HERE
    rank = (Presence.REMOVED, Presence.ABSENT, Presence.EXCUSED)
    return next(each for each in rank if each in values)


def instead(standing: Mapping[int, Current], module: int) -> Current:
    """Return the mark that speaks for someone in a roll: "the rest Here" fills only blanks.

    `standing` are one person's marks by module. In the roll of a module someone who is not
    there that day needs no mark; in that of the day, someone who is marked by module.
    """
    own, day = standing.get(module, BLANK), standing.get(WHOLE_DAY, BLANK)
    if not own.is_blank:
        return own
    if module != WHOLE_DAY:
        return BLANK if day.is_there else day
    return together(BLANK, [mark for mark in standing.values() if not mark.is_blank])
