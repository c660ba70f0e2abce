"""A steward's decision from asking to publication."""
