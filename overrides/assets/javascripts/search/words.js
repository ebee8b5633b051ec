/* What the search says, in the words of the page: the template `#hc-words` has them. */

const page = document.getElementById("hc-words");
const words = new Map();
const counts = [];
for (const { dataset, textContent } of page.content.children) {
  if (dataset.word) words.set(dataset.word, textContent);
  else counts.push([Number(dataset.count), textContent]);
}

/* The locale of the page; the language of the words, which is another where the theme has none; the contact page. */
export const locale = page.dataset.locale;
export const language = page.dataset.lang;
export const contact = page.dataset.contact;

/*
 * Whether what an input method has in hand is no word yet, as the Latin letters of a Chinese one. Elsewhere the keyboards
 * of phones compose every word, and what they have in hand is what was typed.
 */
export const composes = ["zh", "ja", "ko"].includes(new Intl.Locale(locale).language);

export const say = (word, values = {}) => fill(words.get(word) ?? "", values);

/* What is read of a query; an address or a sentence need not hold more of what was pasted. */
const LONGEST = 120;
export const shortened = (text) => Array.from(text.slice(0, 2 * LONGEST)).slice(0, LONGEST).join("");

export const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (all, name) => values[name] ?? all);

/* "3 results": of the numbers that the page shows, the one with the same plural form has the words. */
export function sayCount(number) {
  const rules = new Intl.PluralRules(language), form = rules.select(number);
  const [, text] = counts.find(([shown]) => rules.select(shown) === form) ?? counts.at(-1) ?? [0, "%(n)s"];
  return fill(text, { n: number.toLocaleString(language) });
}
