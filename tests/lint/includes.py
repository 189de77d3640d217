#!/usr/bin/env python3
"""Fails when a file uses what it includes neither itself nor by a header of ours. Usage: includes.py ROOT

The precompiled headers would hide that from the compiler. Only what those bring is looked for.
"""
import functools
import pathlib
import re
import sys

# Header: the names that it is included for. Not asked: names that others bring by their nature, as std::move.
BRINGS = {
    "algorithm": "std::(sort|stable_sort|find|find_if|any_of|none_of|all_of|min|max|clamp|transform|remove_if|unique|"
    "lower_bound|upper_bound|equal_range|binary_search|count|count_if|reverse|rotate|nth_element|partial_sort|"
    "max_element|min_element|minmax|equal|mismatch|search|is_sorted|for_each|replace|fill|copy_n|partition|"
    "stable_partition|set_difference|set_intersection|includes|generate|ranges)",
    "array": "std::array",
    "atomic": "std::atomic",
    "chrono": "std::chrono",
    "functional": "std::function|std::(hash|less|greater|not_fn|plus)<",
    "map": "std::(multi)?map",
    "memory": "std::(unique_ptr|shared_ptr|weak_ptr|make_unique|make_shared|enable_shared_from_this|allocator)",
    "mutex": "std::(mutex|lock_guard|unique_lock|scoped_lock|once_flag|call_once)",
    "optional": "std::(optional|nullopt|make_optional)",
    "set": "std::(multi)?set",
    "string": "std::(string|to_string|stoi|stoul|getline)",
    "string_view": "std::string_view",
    "variant": "std::(variant|visit|get_if|holds_alternative|monostate)",
    "vector": "std::vector",
    "boost/json": r"boost::json::|\bjson::(?!_)",
    "boost/asio": r"boost::asio::|\basio::",
}
INCLUDE = re.compile(r'^#include [<"]([^>"]+)[>"]', re.M)
COMMENT = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"', re.S)


def faults_in(root):
    @functools.cache
    def brought(name):
        """What `name`, a file of ours, includes, by itself and by ours."""
        text = (root / name).read_text()
        found = set()
        for one in INCLUDE.findall(text):
            found.add(one)
            if (root / one).is_file():
                found |= brought(one)
        return found

    for folder in ("server", "moderation"):
        for path in sorted((root / folder).rglob("*.[ch]pp")):
            name = str(path.relative_to(root))
            code = COMMENT.sub("", re.sub(r"^#.*$", "", path.read_text(), flags=re.M))
            for header, names in BRINGS.items():
                if re.search(rf"(?<![\w:])({names})(?!\w)" if not names.startswith("boost") else names, code):
                    if not any(one == header or one.startswith(header + "/") or one == header + ".hpp" for one in brought(name)):
                        yield f"{name}: uses what <{header}> brings, and includes it nowhere"


if __name__ == "__main__":
    faults = list(faults_in(pathlib.Path(sys.argv[1])))
    print(*faults, sep="\n")
    sys.exit(bool(faults))
