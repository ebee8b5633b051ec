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

/* Before a search that is offered: a clock for those of this browser, a lens for those of others. */
const SIGNS = {
  recent: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 2a7 7 0 1 1 0 14 7 7 0 0 1 0-14zm-1 2v6l5 3 .8-1.4-4.1-2.4V7z",
  popular: "M10 4a6 6 0 1 0 3.6 10.8l4.9 4.9 1.2-1.2-4.9-4.9A6 6 0 0 0 10 4zm0 1.8a4.2 4.2 0 1 1 0 8.4 4.2 4.2 0 0 1 0-8.4z",
};

export function drawSign(name) {
  const drawn = ["svg", "path"].map((part) => document.createElementNS("http://www.w3.org/2000/svg", part));
  const [svg, path] = drawn;
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SIGNS[name]);
  svg.append(path);
  return svg;
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

/* What is shown of a page below its title, and the sections to go on to beside the one that its own link leads to. */
export const textOf = (hit) => (hit.best && hit.answer ? hit.answer : hit.teaser?.[0] ? hit.teaser : hit.answer);
export const sectionsOf = (hit) => hit.sections.filter(({ anchor }) => anchor && anchor !== hit.anchor);

export const typeOf = (hit) => say(`type-${hit.type}`);

/* The sections of the site, as the navigation of this page has them. */
export function topics() {
  return [...document.querySelectorAll(".hc-nav > ul > li > a")].map((link) =>
    element("li", {}, element("a", { href: link.href, lang: locale, dir: document.body.dir }, link.textContent.trim())));
}
