"""Let class days appear in calendars, without any name."""
