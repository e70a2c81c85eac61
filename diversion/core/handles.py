"""Make the random names by which pages address rows, so that no row id is ever in a URL."""

import secrets

# Without vowels, so no word appears, and without signs that look alike.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 10


def new_handle(length: int = LENGTH) -> str:
    """Return a random handle, such as `q8m4x2wkb7`; 10 signs are about 47 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
