// How templates are cut into what is translated, and put together again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { in_script, in_template } from "./locales.mjs";
import { attributes_of, translated, units_of } from "./units.mjs";

const sources = (html) => units_of(html).map((unit) => unit.source);

test("a sentence is one unit with its tags and values; what stands alone is its own", () => {
  assert.deepEqual(sources('<p>Since <time datetime="{{iso}}">{{at}}</time>, <b>you</b> are here.</p>'), ["Since <1>{{at}}</1>, <b>you</b> are here."]);
  assert.deepEqual(sources('<nav><a href="/a">Join</a> {{#who}}<a href="/b">Sign in</a>{{/who}}</nav>'), ["Join", "Sign in"]);
  assert.deepEqual(sources("<p>{{#a}}One way.{{/a}}{{^a}}Another.{{/a}}</p>"), ["One way.", "Another."]);
  assert.deepEqual(sources("<p>Saved{{#a}} here{{/a}}.</p>"), ["Saved{{#a}} here{{/a}}."]);
});
test("no unit goes over the edge of a paragraph, even when a section does", () => {
  assert.deepEqual(sources("{{#a}}<h1>Heading</h1><p>Words{{/a}}<p>More</p>"), ["Heading", "Words", "More"]);
});
test("values alone, our name, and what is laid out by hand are left as they are", () => {
  assert.deepEqual(sources("<p>{{nickname}} · {{at}}</p><a>Holdfast</a><pre>name = \"rule\"\nand more</pre>"), []);
});
test("a translation may move tags and values; attributes are said too; the rest stays as it was", () => {
  const words = { "See <1>{{name}}</1>": "<1>{{name}}</1> ansehen", "Close it": "„Schließen“" };
  assert.deepEqual(attributes_of('<a aria-label="Close it" href="/x">x</a>'), ["Close it"]);
  assert.equal(translated('<p class="a">\n See <a href="/{{id}}">{{name}}</a></p><i aria-label="Close it"></i><p>Untold</p>', (source) => words[source]), '<p class="a">\n <a href="/{{id}}">{{name}}</a> ansehen</p><i aria-label="„Schließen“"></i><p>Untold</p>');
});
test("a page says its language and direction, and a word with two meanings takes the one that holds for the page", () => {
  assert.equal(in_template('<html lang="en" dir="ltr"><p>Here</p>', "page", "ar", { Here: "هنا" }), '<html lang="ar" dir="rtl"><p>هنا</p>');
  assert.equal(in_template("<p>To</p>", "duty", "de", { To: "An", "duty: To": "Bis" }), "<p>Bis</p>");
});
test("a script's words are replaced where they stand, with the plural forms of the language", () => {
  const words = { Close: "Schließen", "{count} posts_one": "1 Beitrag", "{count} posts_other": "{count} Beiträge" };
  assert.equal(in_script('say("Close"); sayCount(n, { one: "1 post", other: "{count} posts" })', words), 'say("Schließen"); sayCount(n, {"one":"1 Beitrag","other":"{count} Beiträge"})');
});
