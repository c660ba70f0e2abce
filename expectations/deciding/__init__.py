"""What stewards decide of findings, and what follows from it."""
