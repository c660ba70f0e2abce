"""The marts on their way to other tools: Parquet, CSV, SDMX, each with its description."""
