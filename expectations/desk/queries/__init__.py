"""What the pages ask of the publication: one file a page."""
