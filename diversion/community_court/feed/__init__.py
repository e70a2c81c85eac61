"""Let docket days appear in calendars, without any name."""
