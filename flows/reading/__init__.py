"""From bytes to meaning: pure functions, no Prefect, no database."""
