"""Relationships and content types of a package: found, and added to."""

import posixpath
from dataclasses import dataclass

from flows.annotate.parts import NotPatchable, Parts
from flows.annotate.tags import Edits, find_tags, root_of, xml_attribute

NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship of a part: its id, its full type and the part it leads to."""

    relation_id: str
    type: str
    part: str

    @property
    def kind(self) -> str:
        """The last word of its type: `comments`."""
        return posixpath.basename(self.type)


def relations_of(parts: Parts, part: str) -> list[Relation]:
    """The relationships of a part to other parts of the package ("" for the package's own)."""
    if rels_name(part) not in parts:
        return []
    folder = posixpath.dirname(part)
    return [
        Relation(
            tag.attributes.get("Id", ""),
            tag.attributes.get("Type", ""),
            _resolved(folder, tag.attributes.get("Target", "")),
        )
        for tag in find_tags(parts.read(rels_name(part)), "Relationship")
        if tag.attributes.get("TargetMode") != "External"
    ]


def add_relation(parts: Parts, part: str, kind: str, target: str) -> str:
    """Relate a part to another and return the new relationship's id."""
    name = rels_name(part)
    if name not in parts:
        parts.write(name, f'<Relationships xmlns="{NAMESPACE}"></Relationships>'.encode())
    content = parts.read(name)
    taken = {tag.attributes.get("Id", "") for tag in find_tags(content, "Relationship")}
    number = next(n for n in range(1, len(taken) + 2) if f"baophu{n}" not in taken)
    root = root_of(content)
    prefix = f"{root.prefix}:" if root.prefix else ""
    edits = Edits(content)
    edits.append_to(
        root,
        f'<{prefix}Relationship Id="baophu{number}" Type="{TYPES}/{kind}" '
        f"Target={xml_attribute('/' + target)}/>",
    )
    parts.write(name, edits.done())
    return f"baophu{number}"


def add_type(parts: Parts, part: str, content_type: str) -> None:
    """Say what a new part is."""
    _declare(parts, "Override", "PartName", f"/{part}", content_type)


def add_default_type(parts: Parts, ending: str, content_type: str) -> None:
    """Say what parts of an ending are, unless the package says so already."""
    known = find_tags(parts.read(CONTENT_TYPES), "Default")
    if ending not in {tag.attributes.get("Extension", "").lower() for tag in known}:
        _declare(parts, "Default", "Extension", ending, content_type)


def content_type_of(parts: Parts, part: str) -> str:
    """The content type of a part, "" when it has only a default one."""
    for tag in find_tags(parts.read(CONTENT_TYPES), "Override"):
        if tag.attributes.get("PartName", "").lstrip("/").lower() == part.lower():
            return tag.attributes.get("ContentType", "")
    return ""


def main_part(parts: Parts) -> str:
    """The part that is the workbook."""
    for relation in relations_of(parts, ""):
        if relation.kind == "officeDocument":
            if not relation.type.startswith(TYPES):
                raise NotPatchable("strict Office Open XML")
            return relation.part
    raise NotPatchable("a package without a workbook")


def rels_name(part: str) -> str:
    """Where the relationships of a part stand."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _declare(parts: Parts, element: str, key: str, value: str, content_type: str) -> None:
    content = parts.read(CONTENT_TYPES)
    root = root_of(content)
    prefix = f"{root.prefix}:" if root.prefix else ""
    said = f'<{prefix}{element} {key}={xml_attribute(value)} ContentType="{content_type}"/>'
    edits = Edits(content)
    # Defaults come first by custom, though the schema allows any order.
    (edits.prepend_to if element == "Default" else edits.append_to)(root, said)
    parts.write(CONTENT_TYPES, edits.done())


def _resolved(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(joined).lstrip("/")
