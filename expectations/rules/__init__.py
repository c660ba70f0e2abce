"""What must hold between figures: rules as data, and one file a kind that compiles them to SQL."""
