"""How a workbook was understood, shown cell by cell: on a terminal and as one HTML page."""
