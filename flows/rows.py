"""Rows of a query as records, under the name that the flows know them by."""

from warehouse.rows import fetch_records as fetch_records
