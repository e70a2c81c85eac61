"""Decide where a sign-in leads."""

from urllib.parse import unquote, urlsplit

HOME = "/"
LONGEST = 500


def safe_path(wanted: str | None) -> str:
    """Return `wanted` if it is a path of this program, else the home page.

    What a browser could read as another address, also after decoding, is refused.
    """
    if not wanted or len(wanted) > LONGEST:
        return HOME
    plain = wanted
    for _round in range(3):
        if not _is_path(plain):
            return HOME
        plain = unquote(plain)
    return wanted if _is_path(plain) else HOME


def _is_path(text: str) -> bool:
    if not text.isprintable() or "\\" in text or "//" in text.partition("?")[0]:
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return text.startswith("/") and not parts.scheme and not parts.netloc
