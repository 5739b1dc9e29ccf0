"""What the pages, letters and services read from the record: queries, and what they add up to."""
