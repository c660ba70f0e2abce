"""Which cell is guilty of what fails, what it should read, and how sure that is."""
