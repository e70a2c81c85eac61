"""The schema's history, one numbered step after another, on both engines."""
