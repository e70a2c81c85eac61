"""Keep the lists from which this program's people choose."""
