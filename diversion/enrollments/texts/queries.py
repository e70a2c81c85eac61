"""Ask for the words of a paper: the approved ones, else the latest draft, else those shipped."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.enrollments.texts.models import LegalText, Paper

LANGUAGES = ("en", "es")
_DRAFTS = Path(__file__).parent / "drafts"


@dataclass(frozen=True)
class Wording:
    """The words of a paper as they are used; a draft is never to be sent."""

    title: str
    body: str
    language: str
    version: int
    is_draft: bool


def versions(paper: Paper, language: str) -> Sequence[LegalText]:
    """Return every version, the latest first."""
    return db.session.scalars(
        select(LegalText)
        .where(LegalText.paper == paper, LegalText.language == language)
        .order_by(LegalText.version.desc())
    ).all()


def wording(paper: Paper, language: str) -> Wording:
    """Return the words in use; English where the office does not write a language."""
    language = language if language in LANGUAGES else "en"
    known = versions(paper, language)
    chosen = next((each for each in known if each.approved_by), next(iter(known), None))
    if chosen is None:
        title, _line, body = shipped(paper, language).partition("\n")
        return Wording(title.strip(), body.strip(), language, 0, is_draft=True)
    draft = chosen.approved_by is None
    return Wording(chosen.title, chosen.body, language, chosen.version, is_draft=draft)


def shipped(paper: Paper, language: str) -> str:
    """Return the draft that comes with the program: its title in the first line."""
    return (_DRAFTS / f"{paper.value}.{language}.txt").read_text(encoding="utf-8")


def text_for(handle: str) -> LegalText:
    """Return one version. Raises NotYours."""
    return the_one(select(LegalText).where(LegalText.handle == handle))
