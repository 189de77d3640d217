#!/usr/bin/env python3
"""Finds statements with co_await that GCC 12 miscompiles. Usage: coroutines.py FILE…

GCC 12.2 compiles several ordinary forms to code that frees twice or never awaits; Clang is right on them. The
house rule: a statement with co_await is one call with named arguments, and its result goes into a named
variable. No co_await in a condition, beside "?:", beside a capturing lambda, or beside a braced
initialiser in the same statement.
"""
import re
import sys


def without_comments_and_texts(source):
    blank = lambda found: re.sub(r"[^\n]", " ", found.group())
    source = re.sub(r"//[^\n]*|/\*.*?\*/", blank, source, flags=re.S)
    return re.sub(r'"(?:\\.|[^"\\\n])*"', lambda found: '"' + "_" * (len(found.group()) - 2) + '"', source)


def closing(source, start):
    pairs, depth = {"(": ")", "{": "}", "[": "]"}, []
    for at in range(start, len(source)):
        if source[at] in pairs:
            depth.append(pairs[source[at]])
        elif depth and source[at] == depth[-1]:
            depth.pop()
            if not depth:
                return at
    return len(source)


def end_of_statement(source, start):
    depth = 0
    for at in range(start, len(source)):
        if source[at] in "([{":
            depth += 1
        elif source[at] in ")]}":
            depth -= 1
            if depth < 0:
                return at
        elif source[at] == ";" and depth == 0:
            return at
    return len(source)


def captures(tail):
    for found in re.finditer(r"(?<![\w\])])\[([^\]]*)\]\s*(?:\(|\{|mutable|->)", tail):
        if found.group(1).strip():
            return True
    return False


def check(path):
    source = without_comments_and_texts(open(path, encoding="utf-8").read())
    faults = []
    line = lambda at: source.count("\n", 0, at) + 1
    for found in re.finditer(r"\b(if|while|switch)\s*\(", source):
        condition = source[found.end() : closing(source, found.end() - 1)].split(";")[-1]
        if "co_await" in condition:
            faults.append((line(found.start()), "co_await in the condition of " + found.group(1)))
    for found in re.finditer(r"\bco_await\b", source):
        begin = max(source.rfind(mark, 0, found.start()) for mark in ";{}") + 1
        tail = source[found.end() : end_of_statement(source, found.end())]
        statement = source[begin : found.end()] + tail
        if "?" in statement:
            faults.append((line(found.start()), "co_await beside ?:"))
        if captures(tail):
            faults.append((line(found.start()), "co_await beside a capturing lambda: name it first"))
        if "{" in re.sub(r"<[^<>]*>", "", tail):
            faults.append((line(found.start()), "co_await beside a braced initialiser: name it first"))
        if re.search(r"\b[A-Z][A-Z_]+\(\s*$", source[begin : found.start()]):
            faults.append((line(found.start()), "co_await inside a macro"))
    return sorted(set(faults))


def main(paths):
    faults = [(path, *fault) for path in paths for fault in check(path)]
    for path, at, why in faults:
        print(f"{path}:{at}: {why}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
