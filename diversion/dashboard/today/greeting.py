"""Greet by the hour, and say how much waits."""

from diversion.core.words import Sentence, _

NOON = 12
EVENING = 18


def greeting(hour: int, name: str, waiting: int) -> Sentence:
    """Return a greeting for `hour` of the court's day, 0 to 23."""
    return _waiting(_hello(hour), name, waiting)


def _hello(hour: int) -> Sentence:
    if hour < NOON:
        return _("Good morning")
    return _("Good afternoon") if hour < EVENING else _("Good evening")


def _waiting(hello: Sentence, name: str, waiting: int) -> Sentence:
    if waiting == 0:
        return _("{hello}, {name}. Nothing waits for you.", hello=hello, name=name)
    if waiting == 1:
        return _("{hello}, {name}. One thing waits for you.", hello=hello, name=name)
    return _("{hello}, {name}. {count} things wait for you.", hello=hello, name=name, count=waiting)
