#!/usr/bin/env python3
"""Fails when a header is in no HEADERS list of its folder's CMakeLists.txt. Usage: headers.py ROOT

Only listed headers are compiled alone, which shows that they bring all that they use (holdfast_library in
cmake/holdfast.cmake).
"""
import pathlib
import re
import sys

LIST = re.compile(r"\bHEADERS\b([^)]*?)(?=\b[A-Z_]+\b\s|\))", re.S)


def listed_in(folder):
    listing = folder / "CMakeLists.txt"
    text = re.sub(r"#.*", "", listing.read_text(encoding="utf-8")) if listing.is_file() else ""
    return {folder / name for names in LIST.findall(text) for name in names.split()}


def faults_in(root):
    for folder in ("server", "moderation"):
        headers = set((root / folder).rglob("*.hpp"))
        for listing in (root / folder).rglob("CMakeLists.txt"):
            headers -= listed_in(listing.parent)
        yield from (f"{one.relative_to(root)}: in no HEADERS list, so nothing shows that it stands alone" for one in sorted(headers))


if __name__ == "__main__":
    faults = list(faults_in(pathlib.Path(sys.argv[1])))
    print(*faults, sep="\n")
    sys.exit(bool(faults))
