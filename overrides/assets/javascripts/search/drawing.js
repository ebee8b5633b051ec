/* Small pieces of the page. Whatever was found or typed becomes text, never HTML. */

import { language, locale, say } from "./words.js";

/* An element with attributes, and children that are nodes, texts, or nothing. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/* A text whose stretches [start, end] are marked, as nodes. */
export function marked([text, marks]) {
  const nodes = [];
  let from = 0;
  for (const [start, end] of marks ?? []) {
    if (start > from) nodes.push(text.slice(from, start));
    nodes.push(element("mark", {}, text.slice(start, end)));
    from = end;
  }
  if (from < text.length) nodes.push(text.slice(from));
  return nodes;
}

/* `lang` and `dir` of a text in another language than what stands around it; the language menu knows directions. */
export function speaking(lang) {
  if (!lang || lang === language) return {};
  const known = document.querySelector(`[data-hc-locale="${CSS.escape(lang)}"]`);
  return { lang, dir: known?.dir || (lang === locale ? document.body.dir : "auto") };
}

export const address = (hit, anchor = hit.anchor) => hit.url + (anchor ? `#${anchor}` : "");

export const typeOf = (hit) => say(`type-${hit.type}`);

/* The sections of the site, as the navigation of this page has them. */
export function topics() {
  return [...document.querySelectorAll(".hc-nav > ul > li > a")].map((link) =>
    element("li", {}, element("a", { href: link.href, lang: locale, dir: document.body.dir }, link.textContent.trim())));
}
