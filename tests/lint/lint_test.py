#!/usr/bin/env python3
"""The lints themselves: they find what they are for, and leave good code alone."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import coroutines
import headers
import includes
import layers
import paths

GOOD = """
task<int> good(socket& from) {
    auto const size = co_await from.read(buffer, to_tuple);
    auto job = [size](tx& to) { return to.add(size); };
    auto done = co_await database.write(std::move(job));
    while (size > 0) { auto const again = co_await from.read(buffer, to_tuple); }
    co_return *done;
}
"""
BAD = {
    "condition": "task<int> f() { if (co_await ready()) co_return 1; co_return 2; }",
    "loop": "task<void> f() { while (co_await more()) {} }",
    "choice": "task<int> f() { auto x = c ? co_await a() : co_await b(); co_return x; }",
    "lambda": "task<void> f() { co_await run([p] { return p; }); }",
    "braces": "task<void> f() { co_await run(thing{1, two}); }",
    "macro": "task<void> f() { TRY(co_await run(x)); }",
}


class Lints(unittest.TestCase):
    def coroutine_faults(self, source):
        with tempfile.NamedTemporaryFile("w", suffix=".cpp") as file:
            file.write(source)
            file.flush()
            return coroutines.check(file.name)

    def test_good_coroutines_pass(self):
        self.assertEqual(self.coroutine_faults(GOOD), [])

    def test_each_bad_form_is_found(self):
        for name, source in BAD.items():
            self.assertTrue(self.coroutine_faults(source), name)

    def layer_faults(self, path, include):
        with tempfile.TemporaryDirectory() as root:
            file = pathlib.Path(root, path)
            file.parent.mkdir(parents=True)
            file.write_text(f"#include {include}\n")
            return list(layers.faults_in(pathlib.Path(root)))

    def test_layers(self):
        self.assertTrue(self.layer_faults("server/store/x.cpp", '"server/app/posts/posts.hpp"'))
        self.assertTrue(self.layer_faults("moderation/x.hpp", '"server/base/id.hpp"'))
        self.assertTrue(self.layer_faults("moderation/reading/x.hpp", '"moderation/rules/rules.hpp"'))
        self.assertTrue(self.layer_faults("server/app/x.hpp", '"moderation/rules/rules.hpp"'))
        self.assertTrue(self.layer_faults("server/app/x.cpp", "<boost/beast/core.hpp>"))
        self.assertTrue(self.layer_faults("server/store/x.cpp", "<sqlite3.h>"))
        self.assertFalse(self.layer_faults("server/store/sqlite/x.cpp", "<sqlite3.h>"))
        self.assertTrue(self.layer_faults("server/new/x.cpp", "<string>"))
        self.assertFalse(self.layer_faults("server/app/x.cpp", '"server/store/tx.hpp"'))

    def test_folders_in_app_point_one_way(self):
        self.assertFalse(self.layer_faults("server/app/posts/x.cpp", '"server/app/care/cards.hpp"'))
        self.assertFalse(self.layer_faults("server/app/posts/x.cpp", '"server/app/texts.hpp"'))
        self.assertTrue(self.layer_faults("server/app/care/x.cpp", '"server/app/posts/posts.hpp"'))
        self.assertTrue(self.layer_faults("server/app/x.cpp", '"server/app/posts/posts.hpp"'))
        self.assertTrue(self.layer_faults("server/app/posts/x.cpp", '"server/app/new/x.hpp"'))

    def include_faults(self, source, header="#include <map>\n"):
        with tempfile.TemporaryDirectory() as root:
            folder = pathlib.Path(root, "server/app")
            folder.mkdir(parents=True)
            (folder / "x.cpp").write_text(source)
            (folder / "x.hpp").write_text(header)
            return list(includes.faults_in(pathlib.Path(root)))

    def test_includes(self):
        self.assertTrue(self.include_faults("std::map<int, int> a;"))
        self.assertTrue(self.include_faults("#include <map>\nboost::json::object a;"))
        self.assertFalse(self.include_faults('#include "server/app/x.hpp"\nstd::map<int, int> a;'))
        self.assertFalse(self.include_faults("#include <map>\nstd::map<int, int> a; // std::set\n"))

    def faults_of(self, lint, files):
        with tempfile.TemporaryDirectory() as root:
            for path, text in files.items():
                file = pathlib.Path(root, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
            return list(lint.faults_in(pathlib.Path(root)))

    def test_headers(self):
        listing = "holdfast_library(x\n  SOURCES x.cpp\n  HEADERS x.hpp in/y.hpp\n    w.hpp\n  LINKS z.hpp)\n"
        here = {"server/app/CMakeLists.txt": listing, "server/app/x.hpp": "", "server/app/in/y.hpp": "", "server/app/w.hpp": ""}
        self.assertEqual(self.faults_of(headers, here), [])
        self.assertTrue(self.faults_of(headers, {**here, "server/app/z.hpp": ""}))
        self.assertTrue(self.faults_of(headers, {"moderation/x.hpp": ""}))

    def test_paths(self):
        here = {"server/app/posts.cpp": "", "server/app/letters.hpp": "", "tests/run": ""}
        good = ["`posts.cpp`", "`app/posts`", "`server/app`", "`letters.*`, `tests/run`", "`application/json`, `a.b`", "gone.cpp in no backticks"]
        for words in good:
            self.assertEqual(self.faults_of(paths, {**here, "README.md": words}), [], words)
        for words in ["`gone.cpp`", "`app/gone`", "`server/posts.cpp`", "`gone.*`"]:
            self.assertTrue(self.faults_of(paths, {**here, "README.md": words}), words)
        for path, comment in {"server/x.cpp": "int a; // see gone.hpp.", "server/x.py": "# server/gone says", "server/x.sql": "-- GONE.md"}.items():
            self.assertTrue(self.faults_of(paths, {**here, path: comment}), comment)
        self.assertEqual(self.faults_of(paths, {**here, "server/x.cpp": "// app/posts.cpp, and/or; store/gone\nauto const a = \"gone.hpp\";"}), [])


if __name__ == "__main__":
    unittest.main()
