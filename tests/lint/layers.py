#!/usr/bin/env python3
"""Fails when a file includes what its folder may not know. Usage: layers.py ROOT

Dependencies point inwards; CMake alone can't keep it so, because Debian's headers lie in /usr/include.
"""
import pathlib
import re
import sys

BASE = {"server/base"}
SCREEN = {"moderation", "moderation/policy"}  # what others see of the screen
INNER = BASE | SCREEN | {"server/domain"}
APP = INNER | {"server/sealing", "server/markdown", "server/store", "server/app"}
HTTP = APP | {"server/net", "server/http"}
# Which of our folders each folder may include besides itself.
MAY = {
    "moderation/reading": {"moderation"},
    "moderation/rules": {"moderation", "moderation/reading"},
    "moderation/learned": {"moderation", "moderation/reading"},
    "moderation/policy": {"moderation"},
    "moderation": {"moderation/reading", "moderation/rules", "moderation/learned", "moderation/policy"},
    "moderation/training": {"moderation", "moderation/reading", "moderation/rules", "moderation/learned", "moderation/policy"},
    "server/base": set(),
    "server/sealing": BASE,
    "server/markdown": set(),
    "server/domain": BASE | SCREEN,
    "server/store": INNER | {"server/sealing"},
    "server/net": BASE,
    "server/app": APP,
    "server/http": HTTP,
    "server/api": HTTP,
    "server/pages": HTTP,
    "server/live": HTTP,
    "server/outside": BASE | SCREEN | {"server/app"},
    "server/cli": HTTP | {"moderation/training", "server/api", "server/pages", "server/live", "server/outside"},
}
# The folders in server/app, from the inside out: each may include those before it, and what lies in server/app itself,
# which includes none of them.
IN_APP = [
    "help", "terms", "people", "circles", "policy", "care", "posts", "search", "desk", "space", "story", "share",
    "partner", "notices", "feed", "copies",
]
# Which folder, with what lies in it, may name a library, by the beginning of its headers.
ONLY = {
    "boost/beast": "server/net",
    "sqlite3.h": "server/store/sqlite",
    "sodium.h": "server/sealing",
    "cmark-gfm": "server/markdown",
    "kainjow": "server/pages",
    "prometheus": "server/cli",
    "CLI/": "server/cli",
    "spdlog": "server/base",
    "curl/": "server/outside",
    "fiu.h": "server/base",
}


def folder_of(path):
    parts = pathlib.PurePath(path).parts
    if parts[0] not in ("server", "moderation"):
        return None
    if len(parts) > 2:
        return "/".join(parts[:2])
    return "moderation" if parts[0] == "moderation" else None


def place_in_app(path):
    """-1 for what lies in server/app itself, else its folder's place in IN_APP, 99 for one that isn't listed."""
    parts = pathlib.PurePath(path).parts
    if len(parts) <= 3:
        return -1
    return IN_APP.index(parts[2]) if parts[2] in IN_APP else 99


def faults_in(root):
    for file in sorted([*root.glob("server/**/*.[ch]pp"), *root.glob("moderation/**/*.[ch]pp")]):
        here = folder_of(file.relative_to(root))
        if here is None:
            continue  # server/main.cpp only starts the command line
        if here not in MAY:
            yield f"{file}: the folder {here} is not in the table of tests/lint/layers.py"
            continue
        for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            found = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', text)
            if not found:
                continue
            there = folder_of(found.group(1))
            if there is not None and there != here and there not in MAY[here]:
                yield f"{file}:{number}: {here} may not include {there}"
            if here == there == "server/app":
                ours, theirs = place_in_app(file.relative_to(root)), place_in_app(found.group(1))
                if theirs > ours or theirs == 99:
                    yield f"{file}:{number}: this folder may not include {found.group(1)}: see IN_APP in tests/lint/layers.py"
            for library, who in ONLY.items():
                if found.group(1).startswith(library) and not str(file.relative_to(root)).startswith(who + "/"):
                    yield f"{file}:{number}: only {who} may include <{found.group(1)}>"


def main(root):
    faults = list(faults_in(pathlib.Path(root)))
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
