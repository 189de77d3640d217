// Words of ours, in English. The build puts the other languages in their place, one bundle each, so that a page loads
// one language and nothing has to be looked up.
export const language = document.documentElement.lang || "en";

export const say = (words: string, values: Record<string, string | number> = {}): string => words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
/** With a number in it, at {count}. */
export const sayCount = (count: number, forms: Forms): string => say(forms[new Intl.PluralRules(language).select(count)] ?? forms.other, { count });
