"""Name the parts of addresses that are not plain words."""

from flask import Flask
from werkzeug.routing import BaseConverter

from diversion.core.handles import ALPHABET
from diversion.core.tracks import NUMBER


class NumberConverter(BaseConverter):
    """The public number of a participant, such as `26-0417-3`."""

    regex = NUMBER


class HandleConverter(BaseConverter):
    """The random name of a row, such as `q8m4x2wkb7`."""

    regex = f"[{ALPHABET}]{{4,32}}"


class DayConverter(BaseConverter):
    """A day as ISO has it, such as `2026-12-05`."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


class DatedConverter(BaseConverter):
    """A day and a random name, such as `2026-12-05-k7m2`."""

    regex = f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}-[{ALPHABET}]{{2,12}}"


class MonthConverter(BaseConverter):
    """A month as ISO has it, such as `2026-11`."""

    regex = r"[0-9]{4}-(?:0[1-9]|1[0-2])"


def set_up(app: Flask) -> None:
    app.url_map.converters.update(
        number=NumberConverter,
        handle=HandleConverter,
        day=DayConverter,
        month=MonthConverter,
        dated=DatedConverter,
    )
