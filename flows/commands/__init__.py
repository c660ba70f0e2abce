"""The commands of `baophu`, one subject a file; each imports the rooms it needs when it runs."""
