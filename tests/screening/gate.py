#!/usr/bin/env python3
"""Fails when the screen understands the items worse than figures.json says. Usage: gate.py HOLDFAST FOLDER

The floors only ever rise: with better figures, write them into figures.json in the same commit.
"""
import json
import pathlib
import re
import subprocess
import sys

FIGURES = {
    "recall of risk 4 and above": r"risk must be 4 or more: recall ([0-9.]+)",
    "harmless kept back": r"harmless kept back: ([0-9.]+)",
    "mean recall over harm functions": r"mean recall over \d+ harm functions: ([0-9.]+)",
    "disguised: share of plain recall kept": r"disguised: share of plain recall kept ([0-9.]+)",
}


def main(holdfast, folder):
    asked = [holdfast, "evaluate", "--manifest", folder / "items.toml", "--data", folder, "--mistakes", "20"]
    printed = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    floors = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    worse = []
    for name_of_set, floors_of_set in floors.items():
        about = re.search(rf"^{name_of_set}: .*?(?=^\S|\Z)", printed, re.MULTILINE | re.DOTALL)
        for name, floor in floors_of_set.items():
            found = re.search(FIGURES[name], about.group(0)) if about else None
            if found is None:
                worse.append(f"{name_of_set}, {name}: not measured")
                continue
            figure = float(found.group(1))
            lower_is_better = name == "harmless kept back"
            print(f"{name_of_set}, {name}: {figure} ({'at most' if lower_is_better else 'at least'} {floor})")
            if figure > floor if lower_is_better else figure < floor:
                worse.append(f"{name_of_set}, {name}: {figure}, it was {floor}")
    if worse:
        print(printed)
        sys.exit("worse than it was: " + "; ".join(worse))


main(sys.argv[1], pathlib.Path(sys.argv[2]))
