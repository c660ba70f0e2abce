"""What we keep: the nouns, the code lists, the DuckDB store and its publications."""
