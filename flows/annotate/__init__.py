"""The workbook goes back: the province's own file, failing cells marked and explained."""
