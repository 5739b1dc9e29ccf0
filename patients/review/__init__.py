"""Which cases are looked at again, who sees them, and what the reviewers' verdicts add up to."""
