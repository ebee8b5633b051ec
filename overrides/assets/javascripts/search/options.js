/*
 * The options of the search box: what was found, or what was or is often searched. An option is a link, so that a mouse
 * opens it as it opens any; links cannot stand inside options, so sections are options of their own.
 */

import { address, drawSign, element, marked, sectionsOf, speaking, textOf, typeOf } from "./drawing.js";
import { say, sayCount, shortened } from "./words.js";

/* Pages that show their sections, and how many: the page of results shows all. */
const OPENED = 3, SECTIONS = 2;

/*
 * Draw groups into a list; give for each option what it stands for: `{ query }`, or `{ hit, position, href }`.
 * `groups`: [{ label, options: [[link, meaning], …] }]
 */
export function drawGroups(list, groups) {
  const meanings = new Map();
  list.replaceChildren(...groups.filter(({ options }) => options.length).map(({ label, options, name }, i) => {
    for (const [link, meaning] of options) meanings.set(link, meaning);
    const title = element("div", { class: "hc-group__label", id: `hc-group-${i}` }, label);
    return element("div", { role: "group", class: `hc-group hc-group--${name}`, "aria-labelledby": title.id },
      label ? title : null, options.map(([link]) => link));
  }));
  [...meanings.keys()].forEach((link, i) => { link.id = `hc-option-${i}`; });
  return meanings;
}

export function queryGroup(name, texts, page) {
  const options = texts.map((query) => {
    const link = option(resultsPage(page, query), "hc-option--query", drawSign(name), element("span", { dir: "auto" }, query));
    return [link, { query }];
  });
  return { name, label: say(name), options };
}

/* The groups of an answer. `root`: address of the locale; `page`: of the page that lists all results. */
export function answerGroups({ hits, others, text }, root, page) {
  const best = hits.filter((hit) => hit.best).slice(0, 1);
  const rest = hits.filter((hit) => !best.includes(hit));
  let position = 0;
  const draw = (found) => found.flatMap((hit) => drawHit(hit, ++position, root));
  const groups = [
    { name: "best", label: say("best"), options: draw(best) },
    { name: "found", label: say("found"), options: draw(rest) },
    { name: "other", label: say("other"), options: draw(others) },
  ];
  const all = option(resultsPage(page, text), "hc-option--all", say("all"));
  if (position) groups.push({ name: "all", label: "", options: [[all, { all: true }]] });
  return groups;
}

export function resultsPage(page, query) {
  const url = new URL(page);
  url.searchParams.set("q", shortened(query));
  return url.href;
}

function drawHit(hit, position, root) {
  const href = new URL(address(hit), root).href;
  const text = textOf(hit);
  const page = option(href, hit.best ? "hc-option--best" : "hc-option--page", [
    element("span", { class: "hc-option__head" },
      element("span", { class: "hc-option__title", ...speaking(hit.lang) }, marked(hit.title)),
      element("span", { class: "hc-option__type" }, typeOf(hit))),
    text ? element("span", { class: "hc-option__text", ...speaking(hit.lang) }, marked(text)) : null,
  ]);
  const parts = hit.best || position > OPENED ? [] : sectionsOf(hit).slice(0, SECTIONS);
  const sections = parts.map((section) => {
    const place = new URL(address(hit, section.anchor), root).href;
    const title = element("span", { class: "hc-option__title", ...speaking(hit.lang) }, marked(section.title));
    return [option(place, "hc-option--section", title), { hit, position, href: place }];
  });
  return [[page, { hit, position, href }], ...sections];
}

function option(href, kind, ...content) {
  return element("a", { role: "option", class: `hc-option ${kind}`, href, tabindex: -1, "aria-selected": "false" }, ...content);
}

/* How much was found. */
export function counted({ total, text }) {
  return total ? sayCount(total) : say("none", { query: shortened(text.trim()) });
}

/* What a screen reader says of an answer while the list is only looked at. */
export function spoken(answer) {
  const { hits, suggestion } = answer, said = [counted(answer)];
  if (hits[0]?.best && hits[0].answer) said.push(`${say("best")}: ${hits[0].answer[0]}`);
  if (suggestion) said.push(say("meant", { query: suggestion }));
  return said.join(". ");
}
