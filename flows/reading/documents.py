"""Lists of documents: number, issuer, date and title of what was issued."""

from expectations.vocabulary import read_label
from flows.reading.columns import Column
from flows.reading.kinds import is_code
from flows.reading.regions import Region
from warehouse.model import Cell, Document

_FIELDS = ("issuer", "docnumber", "docdate", "doctitle", "remark")


def document_columns(columns: list[Column]) -> dict[str, int]:
    """Which column holds which field, empty where the table is no list of documents.

    A list needs its documents' dates or titles beside the issuer or number; where two
    columns are called `Tên …`, the full title is the later one.
    """
    fields: dict[str, int] = {}
    for column in columns:
        for cell in column.path[-1:]:
            meaning = read_label(cell.typed_text)
            for name in _FIELDS:
                if meaning.first(name) or (name == "remark" and meaning.first("head") == "remark"):
                    if name == "doctitle" and name in fields and "docnumber" not in fields:
                        fields["docnumber"] = fields[name]
                    fields[name] = column.number
    enough = {"doctitle", "docdate"} <= fields.keys() or {"docnumber", "doctitle"} <= fields.keys()
    return fields if enough else {}


def read_documents(
    region: Region, columns: list[Column], fields: dict[str, int], table_id: str
) -> list[Document]:
    """One document a row; a row with nothing but a code and a heading opens a section."""
    documents: list[Document] = []
    section, issuer = "", ""
    ordinal_columns = [column.number for column in columns if column.role == "ordinal"]
    for row in region.body_rows:
        texts = {name: _text(region.sheet.covering(row, number)) for name, number in fields.items()}
        own = {name: _text(region.sheet.cell(row, number)) for name, number in fields.items()}
        if not (own.get("doctitle") and (own.get("docnumber") or own.get("docdate"))):
            section, issuer = _heading(region, row), ""
            continue
        issuer = texts.get("issuer") or issuer
        documents.append(
            Document(
                table_id=table_id,
                sheet=region.sheet.name,
                row=row,
                section=section,
                ordinal=next(
                    (_text(region.sheet.cell(row, number)) for number in ordinal_columns), ""
                ),
                issuer=issuer,
                number=texts.get("docnumber", ""),
                issued_on=texts.get("docdate", ""),
                title=texts["doctitle"],
                remark=texts.get("remark", ""),
            )
        )
    return documents


def _heading(region: Region, row: int) -> str:
    cells = [cell for cell in region.cells(row) if not is_code(cell.typed_text)]
    return _text(cells[0]) if cells else ""


def _text(cell: Cell | None) -> str:
    return " ".join(cell.typed_text.split()) if cell else ""
