"""The figures as SDMX-CSV 2.0 beside their structure in SDMX-JSON, checked against it."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse import catalog
from warehouse.exports.package import Resource
from warehouse.exports.structure import (
    ATTRIBUTES,
    DIMENSIONS,
    FREQUENCIES,
    LISTS_URN,
    VERSION,
    code_lists,
    structures,
    text_schema,
)
from warehouse.tables_out import harmless

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection
    from pysdmx.model import Codelist

DATA, STRUCTURE = "figures.csv", "structure.json"
ROWS = 100_000  # rows in memory at a time
FIGURES = f"""
SELECT
    CASE p.period_kind {" ".join(f"WHEN '{k}' THEN '{v}'" for k, v in FREQUENCIES.items())} END
        AS "FREQ",
    f.area_code AS "REF_AREA", f.indicator AS "INDICATOR",
    replace(f.group_code, '/', '__') AS "GROUP", f.scenario AS "SCENARIO",
    f.period AS "TIME_PERIOD", {{value}} AS "OBS_VALUE", f.unit AS "UNIT_MEASURE",
    f.obs_status AS "OBS_STATUS", f.conf_status AS "CONF_STATUS", {{half_width}} AS "HALF_WIDTH",
    f.file_name AS "SOURCE_FILE", f.sheet AS "SOURCE_SHEET", f.cell AS "SOURCE_CELL"
FROM mart.figures AS f
LEFT JOIN mart.periods AS p USING (period)
"""


class InvalidExport(ValueError):
    """Data that do not fit their structure: a code outside its list, a key twice."""


def write_sdmx(connection: "DuckDBPyConnection", folder: Path) -> int:
    """Write the figures of an open publication and their structure; returns how many.

    Raises InvalidExport before anything that does not fit the structure is written.
    """
    from pysdmx.io import write_sdmx as write  # noqa: PLC0415
    from pysdmx.io.format import Format  # noqa: PLC0415
    from pysdmx.model.message import Header  # noqa: PLC0415

    lists = code_lists(connection)
    header = Header(id="baophu", prepared=dt.datetime.now(dt.UTC))
    text = str(write(structures(lists), Format.STRUCTURE_SDMX_JSON_2_0_0, header=header))
    (folder / STRUCTURE).write_text(_without_groups(text), encoding="utf-8")
    _refuse_twice(connection)
    by_column = {name: lists.get(one) for name, (one, _) in (DIMENSIONS | ATTRIBUTES).items()}
    count = 0
    with (folder / DATA).open("w", encoding="utf-8", newline="") as out:
        for frame in _frames(connection):
            _check(frame, by_column)
            out.write(_text(frame, with_header=count == 0))
            count += len(frame)
    return count


def resources_of(connection: "DuckDBPyConnection", folder: Path) -> list[Resource]:
    """The description of the data file for the export's package."""
    offer = catalog.mart_named(connection, "figures")
    said = {name: text for name, (_, text) in (DIMENSIONS | ATTRIBUTES).items()}
    said["OBS_VALUE"] = "Observed value"
    figures = {"OBS_VALUE", "HALF_WIDTH"}
    columns = [
        catalog.Column(name, "DECIMAL" if name in figures else "VARCHAR", "", text)
        for name, text in said.items()
    ]
    return [Resource(offer, columns, [folder / DATA], catalog.count_rows(connection, offer))]


def validate(folder: Path) -> int:
    """Read an export back through pysdmx and check it against its own structure.

    Every dimension of the data structure is a column, every code is in the list that the data
    structure names for it, every value is a number, no key stands twice. Returns the number of
    figures. Raises InvalidExport.
    """
    from pysdmx.io import read_sdmx  # noqa: PLC0415

    lists = _listed(folder / STRUCTURE)
    count = 0
    for dataset in read_sdmx(folder / DATA, validate=False).get_datasets():
        frame = dataset.data.astype(str)
        missing = sorted({*lists, "OBS_VALUE"} - {*frame.columns})
        if missing:
            raise InvalidExport(f"{folder / DATA} lacks the columns {missing}.")
        _check(frame, lists)
        if frame.duplicated(list(DIMENSIONS)).any():
            raise InvalidExport(f"{folder / DATA} holds a figure twice.")
        count += len([Decimal(text) for text in frame["OBS_VALUE"]])
    return count


def _listed(path: Path) -> "dict[str, Codelist | None]":
    """The components of the data structure in a file, each with the code list it names.

    pysdmx.io.read_sdmx would want the package of official JSON schemas, which is not among ours.
    """
    import msgspec  # noqa: PLC0415
    from pysdmx.io.json.sdmxjson2.messages import JsonStructureMessage  # noqa: PLC0415
    from pysdmx.model import decoders  # noqa: PLC0415

    decoder = msgspec.json.Decoder(JsonStructureMessage, dec_hook=decoders)
    message = decoder.decode(path.read_bytes()).to_model()
    lists = {f"{LISTS_URN}{one.id}({VERSION})": one for one in message.get_codelists()}
    structure = message.get_data_structure_definitions()[0]
    return {
        one.id: lists[one.local_enum_ref] if one.local_enum_ref else None
        for one in structure.components
    }


def _frames(connection: "DuckDBPyConnection") -> "Iterator[pd.DataFrame]":
    exact = {name: _trimmed(name) for name in ("value", "half_width")}
    reader = connection.sql(FIGURES.format(**exact)).to_arrow_reader(ROWS)
    for batch in reader:
        frame = batch.to_pandas()
        for name in ("SOURCE_FILE", "SOURCE_SHEET", "SOURCE_CELL"):
            frame[name] = frame[name].map(harmless)
        yield frame


def _trimmed(name: str) -> str:
    """A decimal as text without trailing zeros."""
    return f"rtrim(rtrim(CAST(f.{name} AS VARCHAR), '0'), '.')"


def _check(frame: "pd.DataFrame", lists: "Mapping[str, Codelist | None]") -> None:
    """Raise InvalidExport when a column holds a code that its list has not."""
    for name, listed in lists.items():
        if listed is None:
            continue
        strange = {str(code) for code in frame[name].unique()} - {one.id for one in listed.items}
        if strange:
            raise InvalidExport(
                f"{name} holds codes that {listed.id} has not: {sorted(strange)[:5]}."
            )


def _refuse_twice(connection: "DuckDBPyConnection") -> None:
    twice = connection.execute(
        "SELECT area_code, indicator, group_code, period, scenario FROM mart.figures "
        "GROUP BY ALL HAVING count(*) > 1 LIMIT 3"
    ).fetchall()
    if twice:
        raise InvalidExport(f"mart.figures holds figures twice: {twice}.")


def _without_groups(structure: str) -> str:
    """A structure message without the empty lists of groups that pysdmx writes.

    The official JSON schema wants one group at least, or no word of them.
    """
    said = json.loads(structure)
    for one in said["data"]["dataStructures"]:
        if not one["dataStructureComponents"].get("groups", True):
            del one["dataStructureComponents"]["groups"]
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _text(frame: "pd.DataFrame", *, with_header: bool) -> str:
    from pysdmx.io import write_sdmx as write  # noqa: PLC0415
    from pysdmx.io.format import Format  # noqa: PLC0415
    from pysdmx.io.pd import PandasDataset  # noqa: PLC0415

    dataset: Any = PandasDataset(structure=text_schema(), data=frame)
    text = str(write(dataset, Format.DATA_SDMX_CSV_2_0_0))
    return text if with_header else text.split("\n", 1)[1]
