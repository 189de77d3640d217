// Which English words are ours, so that a page in another language can be held against them.
import { all_sources } from "../web/scripts/sources.mjs";
import { finder, words_of } from "../web/scripts/locales.mjs";

export const tidy = (text) => text.replace(/\s+/g, " ").replace(/^[\s·.,:()]+|[\s·.,:()]+$/g, "");
const pieces = (text) => text.split(/<[^>]*>|\{\{\{?[^}]*\}?\}\}|\{[^}]*\}/).map(tidy).filter((one) => /\p{L}{2}/u.test(one));
/** The English of ours that a page in this language must not show. */
export function english_of(code) {
  const translated = finder(words_of(code), "");
  const known = new Set(Object.values(words_of(code)).flatMap(pieces));
  const all = [...all_sources().values()].filter((one) => one.one || translated(one.source) !== undefined);
  return new Set(all.flatMap((one) => pieces(one.source)).filter((one) => !known.has(one) && one !== "Holdfast"));
}

const signs = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": " " };
/** What a page says, without what is in a language or by a person of its own, or a file. */
export function said_on(html) {
  const own = html.replace(/<(script|style|bdi|pre|textarea)\b[^]*?<\/\1>/g, " ").replace(/<(\w+)(?=[^>]*\slang=)(?![^>]*\bdir="ltr">\s*<head)[^>]*>[^<]*<\/\1>/g, " ");
  const attributes = [...own.matchAll(/ (?:aria-label|title|placeholder)="([^"]*)"/g)].map((found) => found[1]);
  return [...own.split(/<[^>]*>/), ...attributes].map((text) => tidy(text.replace(/&\w+;|&#39;/g, (sign) => signs[sign] ?? sign))).filter((text) => text !== "");
}
/** Of these texts, those that are English of ours, or have a part of a sentence of ours in them. */
export function english_in(texts, english) {
  const parts = [...english].filter((one) => one.split(" ").length >= 3);
  return texts.filter((text) => english.has(text) || parts.some((part) => text.includes(part)));
}
