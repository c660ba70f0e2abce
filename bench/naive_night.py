"""The naive night: pandas.read_excel with openpyxl, one checkpoint a table, inserts row by row.

It need not understand the tables: it reads the sheets, checks each with a few built-in
expectations (types, nulls, ranges, a row count) and stores every number, which favours it.
"""

import os
import sys
from pathlib import Path

os.environ["GX_ANALYTICS_ENABLED"] = "False"

import duckdb
import great_expectations as gx
import pandas as pd
from great_expectations import expectations as gxe
from great_expectations.data_context.types.base import ProgressBarsConfig


def main() -> None:
    """Run it over the files and say how many tables and figures it handled."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    assets = context.data_sources.add_pandas("naive")
    tables = figures = 0
    with duckdb.connect(str(Path(sys.argv[1]) / "naive.duckdb")) as connection:
        connection.execute(
            "CREATE OR REPLACE TABLE figure "
            "(file TEXT, sheet TEXT, line INT, col INT, value DOUBLE)"
        )
        for file in sys.argv[2:]:
            sheets = pd.read_excel(file, sheet_name=None, header=None, engine="openpyxl")
            for name, sheet in sheets.items():
                numbers = sheet.iloc[5:, 2:].apply(pd.to_numeric, errors="coerce")
                check(context, assets, f"{Path(file).stem}-{name}", numbers)
                figures += insert(connection, file, str(name), numbers)
                tables += 1
    (Path(sys.argv[1]) / "naive.duckdb").unlink()
    print(f"{tables} tables, {figures} figures")


def check(context, assets, name: str, numbers: pd.DataFrame) -> None:
    """One suite and one checkpoint for a table: the columns' sums, ranges and nulls."""
    asset = assets.add_dataframe_asset(name)
    batch = asset.add_batch_definition_whole_dataframe("whole")
    numbers.columns = [f"c{column}" for column in numbers.columns]
    suite = gx.ExpectationSuite(name=name)
    suite.add_expectation(gxe.ExpectTableRowCountToBeBetween(min_value=1, max_value=1000))
    for column in numbers.columns:
        suite.add_expectation(gxe.ExpectColumnValuesToNotBeNull(column=column))
        suite.add_expectation(gxe.ExpectColumnValuesToBeBetween(column=column, min_value=0))
        suite.add_expectation(gxe.ExpectColumnSumToBeBetween(column=column, min_value=0))
    suite = context.suites.add(suite)
    definition = context.validation_definitions.add(
        gx.ValidationDefinition(name=name, data=batch, suite=suite)
    )
    checkpoint = gx.Checkpoint(name=name, validation_definitions=[definition])
    context.checkpoints.add(checkpoint).run(batch_parameters={"dataframe": numbers})


def insert(connection: duckdb.DuckDBPyConnection, file: str, sheet: str, numbers) -> int:
    """Insert every number as a row of its own."""
    rows = 0
    for line, values in enumerate(numbers.itertuples(index=False)):
        for column, value in enumerate(values):
            if not pd.isna(value):
                connection.execute(
                    "INSERT INTO figure VALUES (?, ?, ?, ?, ?)", [file, sheet, line, column, value]
                )
                rows += 1
    return rows


if __name__ == "__main__":
    main()
