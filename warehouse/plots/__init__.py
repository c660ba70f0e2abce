"""Pictures of the marts as hand-made SVG: no fonts, scripts or files from elsewhere."""
