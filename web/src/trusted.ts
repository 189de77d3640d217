// The page's one Trusted Types policy: fragments come from our own server, workers from one address, which says in
// which language they keep pages.
import { language } from "./say.js";

interface Policy {
  createHTML(text: string): unknown;
  createScriptURL(text: string): unknown;
}
interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(text: string): string; createScriptURL(text: string): string }): Policy;
}

const rules = {
  createHTML: (text: string) => text,
  createScriptURL: (text: string) => {
    if (!/^\/sw\.js\?language=[a-z]+$/.test(text)) throw new TypeError("not a script of ours");
    return text;
  },
};
const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
const policy: Policy = types ? types.createPolicy("holdfast", rules) : rules;

/** Elements from a fragment that our server rendered. */
export function elementsFrom(html: string): Element[] {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(html) as string;
  return [...template.content.children];
}

export function workerAddress(): unknown {
  return policy.createScriptURL(`/sw.js?language=${language}`);
}
