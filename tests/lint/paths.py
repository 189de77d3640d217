#!/usr/bin/env python3
"""Fails when a page of ours or a comment names a file that is not there. Usage: paths.py ROOT

Looked at: what stands in backticks in a *.md, and comments. The end of a path is enough (`posts/posts_send.cpp`), with or
without the ending where a folder stands before it (`posts/posts_send`); `letters.*` names several files.
"""
import fnmatch
import os
import pathlib
import re
import sys

NOT_OURS = {".git", "build", "node_modules", "shared", "dist", "__pycache__"}
# Names that stand for any file, and what a build makes or a person may.
NO_FILE = {
    "noun.hpp", "noun.cpp", "a.hpp", "a.cpp", "a_test.cpp", "sqlite/NNNN_name.sql", "embedded/FUNCTION.hpp",
    "web/dist", "manifest.json", "locales/missing-de.txt", "missing-ar.txt",
}
COMMENT = {"//": {".cpp", ".hpp", ".mjs", ".ts", ".tsx"}, "#": {".py", ".cmake", ".toml", ".yaml", ""}, "--": {".sql"}}
ENDING = re.compile(r"\w\.(?:cpp|hpp|md|mjs|ts|tsx|py|html|css|toml|json|jsonl|sql|yaml|txt|cmake|service|\*)$")
WORD = re.compile(r"(?<![\w./*<>{}:$-])[\w*.-]+(?:/[\w*.-]+)*(?![\w/*<>{}$(-])")


def ours(root):
    """Folders and files below `root`, as paths from it."""
    for folder, folders, files in os.walk(root):
        folders[:] = [one for one in folders if one not in NOT_OURS]
        yield from (pathlib.Path(folder, name).relative_to(root) for name in folders + files)


def names_of(paths):
    """All that may be said for one of `paths`."""
    for path in paths:
        parts = path.parts
        for at in range(len(parts)):
            yield "/".join(parts[at:])
            if at + 1 < len(parts):
                yield "/".join(pathlib.PurePath(*parts[at:]).with_suffix("").parts)


def comment_mark(path):
    if path.name == "CMakeLists.txt":
        return "#"
    return next((mark for mark, endings in COMMENT.items() if path.suffix in endings), None)


def said_in(path, text):
    """Line by line, what may name a file."""
    mark = comment_mark(path)
    for number, line in enumerate(text.splitlines(), 1):
        if path.suffix == ".md":
            yield number, re.findall(r"`([^`]+)`", line)
        elif mark is not None:
            comment = re.search(rf"(?:^|\s){mark}[ !](.*)", line)
            yield number, [comment.group(1)] if comment else []


def faults_in(root):
    paths = sorted(ours(root))
    names = set(names_of(paths))
    files = [path for path in paths if (root / path).is_file()]
    folders = {path.name for path in paths if (root / path).is_dir()}
    top = {path.name for path in paths if len(path.parts) == 1 and (root / path).is_dir()}
    for path in files:
        if path.suffix != ".md" and comment_mark(path) is None:
            continue
        begins = folders if path.suffix == ".md" else top  # a comment says "a/b" for other things too
        for number, all_said in said_in(path, (root / path).read_text(encoding="utf-8", errors="replace")):
            for word in (word.rstrip(".") for said in all_said for word in WORD.findall(said)):
                is_path = ENDING.search(word) or ("/" in word and word.split("/")[0] in begins)
                if not is_path or word in names or word in NO_FILE:
                    continue
                if "*" not in word or not fnmatch.filter(names, word):
                    yield f"{path}:{number}: there is no {word}"


if __name__ == "__main__":
    faults = list(faults_in(pathlib.Path(sys.argv[1])))
    print(*faults, sep="\n")
    sys.exit(bool(faults))
