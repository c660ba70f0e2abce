"""How workbooks move: landing, reading, the night, the command line."""
