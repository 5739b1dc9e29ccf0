"""What the record decides by itself, beside the guideline: which limits apply, what answers a test,
what can be done with a course. Nothing is written here."""
