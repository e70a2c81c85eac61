"""Know the county's year: the budget is adopted once in it, then amended."""

from datetime import date


def year_start(on: date, first_month: int) -> date:
    """Return the first day of the fiscal year of a day; in Oregon it begins in July."""
    return date(on.year if on.month >= first_month else on.year - 1, first_month, 1)
