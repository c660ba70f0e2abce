"""The SDMX structure of the figures: dimensions, attributes, code lists, as pysdmx artefacts."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pysdmx.model import Codelist, DataStructureDefinition, Schema

AGENCY = "BAOPHU"
FLOW = "COVERAGE"
VERSION = "1.0"
LISTS_URN = f"urn:sdmx:org.sdmx.infomodel.codelist.Codelist={AGENCY}:"
FREQUENCIES = {"year": "A", "quarter": "Q", "month": "M", "day": "D"}
NAMED = "SELECT code, name_vi AS name, name_en AS description, NULL AS parent FROM mart."
CODES = {
    "CL_FREQ": "SELECT * FROM (VALUES ('A', 'Năm', 'Annual', NULL), ('Q', 'Quý', 'Quarterly', "
    "NULL), ('M', 'Tháng', 'Monthly', NULL), ('D', 'Ngày', 'Daily', NULL))",
    "CL_AREA": "SELECT code, arg_max(trim(type || ' ' || name), coalesce(valid_from, DATE "
    "'0001-01-01')), any_value(level), arg_max(nullif(parent_code, ''), coalesce(valid_from, "
    "DATE '0001-01-01')) FROM mart.areas GROUP BY code ORDER BY code",
    "CL_INDICATOR": f"{NAMED}indicators",
    "CL_GROUP": "SELECT replace(code, '/', '__'), name_vi, name_en, "
    "nullif(replace(parent, '/', '__'), '') FROM mart.groups ORDER BY code",
    "CL_SCENARIO": f"{NAMED}scenarios",
    "CL_UNIT": f"{NAMED}units",
    "CL_OBS_STATUS": f"{NAMED}obs_statuses",
    "CL_CONF_STATUS": f"{NAMED}conf_statuses",
}
"""Each code list as (code, Vietnamese name, English name, parent); `/` is no letter of a code."""
DIMENSIONS = {
    "FREQ": ("CL_FREQ", "Frequency"),
    "REF_AREA": ("CL_AREA", "Area"),
    "INDICATOR": ("CL_INDICATOR", "Indicator"),
    "GROUP": ("CL_GROUP", "Group of people"),
    "SCENARIO": ("CL_SCENARIO", "Scenario"),
    "TIME_PERIOD": ("", "Time period"),
}
ATTRIBUTES = {
    "UNIT_MEASURE": ("CL_UNIT", "Unit of measure"),
    "OBS_STATUS": ("CL_OBS_STATUS", "Observation status"),
    "CONF_STATUS": ("CL_CONF_STATUS", "Confidentiality status"),
    "HALF_WIDTH": ("", "Half a unit of the last printed digit, in the unit of measure"),
    "SOURCE_FILE": ("", "File that reports the figure"),
    "SOURCE_SHEET": ("", "Sheet that holds it"),
    "SOURCE_CELL": ("", "A1 address of its cell"),
}


def code_lists(connection: "DuckDBPyConnection") -> "dict[str, Codelist]":
    """The code lists of an open publication, by their ids."""
    from pysdmx.model import Code, Codelist  # noqa: PLC0415

    found = {}
    for name, sql in CODES.items():
        items = [_code(Code, *row) for row in connection.execute(sql).fetchall()]
        found[name] = Codelist(name, name=name, agency=AGENCY, version=VERSION, items=items)
    return found


def structures(lists: "dict[str, Codelist]") -> list[Any]:
    """All that describes the data: code lists, concepts, the data structure and its flow."""
    from pysdmx.model import ConceptScheme, Dataflow  # noqa: PLC0415

    concepts = _concepts()
    scheme = ConceptScheme(
        "CS_COVERAGE",
        name="Concepts of insurance coverage",
        agency=AGENCY,
        version=VERSION,
        items=list(concepts.values()),
    )
    structure = _structure(lists, concepts)
    flow = Dataflow(
        FLOW,
        name="Insurance coverage as the provinces report it",
        agency=AGENCY,
        version=VERSION,
        structure=structure,
    )
    return [*lists.values(), scheme, structure, flow]


def text_schema() -> "Schema":
    """The schema by which data are written: every value a text, so that none is rounded."""
    from pysdmx.model import Component, Components, DataType, Role, Schema  # noqa: PLC0415

    concepts = _concepts()
    roles = dict.fromkeys(DIMENSIONS, Role.DIMENSION) | {"OBS_VALUE": Role.MEASURE}
    roles |= dict.fromkeys(ATTRIBUTES, Role.ATTRIBUTE)
    parts = [
        Component(
            name,
            role is not Role.ATTRIBUTE,
            role,
            concepts[name],
            local_dtype=DataType.STRING,
            attachment_level="O" if role is Role.ATTRIBUTE else None,
        )
        for name, role in roles.items()
    ]
    return Schema("dataflow", AGENCY, FLOW, Components(parts), VERSION)


def _code(make: Any, code: str, name: str, description: str, parent: str | None) -> Any:
    described = f"{description}; part of {parent}" if parent else description
    return make(code, name=name, description=described)


def _concepts() -> dict[str, Any]:
    from pysdmx.model import Concept  # noqa: PLC0415

    said = {name: text for name, (_, text) in (DIMENSIONS | ATTRIBUTES).items()}
    said["OBS_VALUE"] = "Observed value"
    urn = f"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:CS_COVERAGE({VERSION})."
    return {name: Concept(name, name=text, urn=urn + name) for name, text in said.items()}


def _structure(lists: "dict[str, Codelist]", concepts: dict[str, Any]) -> "DataStructureDefinition":
    from pysdmx.model import (  # noqa: PLC0415
        Component,
        Components,
        DataStructureDefinition,
        DataType,
        Role,
    )

    def component(name: str, role: Role, listed: str, kind: DataType) -> Component:
        return Component(
            name,
            role is not Role.ATTRIBUTE or bool(listed),
            role,
            concepts[name],
            local_dtype=kind,
            local_codes=lists.get(listed),
            local_enum_ref=f"{LISTS_URN}{listed}({VERSION})" if listed else None,
            attachment_level="O" if role is Role.ATTRIBUTE else None,
        )

    kinds = {"TIME_PERIOD": DataType.PERIOD, "HALF_WIDTH": DataType.DECIMAL}
    parts = [
        component(name, role, listed, kinds.get(name, DataType.STRING))
        for role, group in ((Role.DIMENSION, DIMENSIONS), (Role.ATTRIBUTE, ATTRIBUTES))
        for name, (listed, _) in group.items()
    ]
    measure = component("OBS_VALUE", Role.MEASURE, "", DataType.DECIMAL)
    return DataStructureDefinition(
        "DSD_COVERAGE",
        name="Figures of insurance coverage",
        agency=AGENCY,
        version=VERSION,
        components=Components([*parts, measure]),
    )
