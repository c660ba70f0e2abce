"""Exports that people open: workbooks, and everything that `baophu export` writes."""
