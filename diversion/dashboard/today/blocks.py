"""Ask the floors what waits for a person, so that one failing answer spoils no other."""

from dataclasses import dataclass

from flask import current_app

from diversion.core.database import db
from diversion.core.words import Sentence
from diversion.staff.models import Staff
from diversion.web import today
from diversion.web.today import Block, BlockSource


@dataclass(frozen=True)
class Answer:
    """A block, or the name of one that could not be asked."""

    name: Sentence
    block: Block | None
    is_first: bool = False


def collect(staff: Staff) -> list[Answer]:
    """Return what waits for `staff`, the most pressing first, five at most."""
    answers: list[Answer] = []
    for source in today.offered:
        answer = _ask(source, staff)
        if answer is not None:
            answers.append(answer)
        if len(answers) == today.AT_MOST:
            break
    return answers


def _ask(source: BlockSource, staff: Staff) -> Answer | None:
    try:
        with db.session.begin_nested():
            block = source.ask(staff)
    except Exception as error:  # a failing block says so alone (ux.md 5, screen 2)
        current_app.logger.error("a block failed: %s", type(error).__name__)
        return Answer(source.name, None)
    if block is None or (block.count == 0 and not source.first):
        return None  # nothing waits
    return Answer(source.name, block, source.first)
