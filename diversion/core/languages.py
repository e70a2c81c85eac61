"""Name the languages that people of a program speak, by their ISO 639-1 codes."""

NAMES = {
    "ar": "Arabic",
    "en": "English",
    "es": "Spanish",
    "fa": "Farsi",
    "fr": "French",
    "hi": "Hindi",
    "ja": "Japanese",
    "km": "Khmer",
    "ko": "Korean",
    "pt": "Portuguese",
    "ru": "Russian",
    "so": "Somali",
    "tl": "Tagalog",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "yue": "Cantonese",
    "zh": "Mandarin",
}
ALSO = {
    "chinese": "zh", "espanol": "es", "español": "es", "eng": "en", "spa": "es", "man": "zh",
    "rus": "ru", "vie": "vi", "kor": "ko", "ukr": "uk", "ara": "ar", "por": "pt", "span": "es",
    "persian": "fa", "filipino": "tl",
}  # fmt: skip


def code_of(text: str) -> str | None:
    """Return the code that a written name, abbreviation or code stands for, else None."""
    said = text.strip().casefold().rstrip(".")
    if said in NAMES:
        return said
    named = {name.casefold(): code for code, name in NAMES.items()}
    return named.get(said) or ALSO.get(said)
