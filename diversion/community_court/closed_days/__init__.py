"""Keep the days on which the county itself closes the court, or keeps it open."""
