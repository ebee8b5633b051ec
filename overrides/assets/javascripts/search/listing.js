/* The page of results: all that was found for the query in its address, as plain links, and as somebody types on. */

import { Client } from "./client.js";
import { address, element, marked, sectionsOf, speaking, textOf, typeOf } from "./drawing.js";
import { counted } from "./options.js";
import { Recent } from "./recent.js";
import { Reporter } from "./reporting.js";
import { composes, say, shortened } from "./words.js";

const LISTED = 100;

export class Listing {
  #article; #form; #input; #status; #results; #root; #client; #recent; #reporter = new Reporter();
  #title = document.title; #answer; #composing = false;

  /* `article`: the text of the page, drawn by `results.html`; `root`: address of the locale. */
  constructor(article, root) {
    this.#article = article;
    this.#root = root;
    this.#form = article.querySelector("form");
    this.#input = article.querySelector("input");
    this.#status = article.querySelector(".hc-find__status");
    this.#results = article.querySelector(".hc-find__results");
    this.#client = new Client(root);
    this.#recent = new Recent(new URL(root).pathname);
    this.#listen();
    this.#search();
  }

  #listen() {
    const input = this.#input;
    for (const kind of ["input", "compositionend"]) {
      input.addEventListener(kind, ({ isComposing }) => {
        this.#composing = Boolean(isComposing);
        this.#search();
      });
    }
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#recent.keep(input.value);
      this.#search();
    });
    this.#client.addEventListener("results", ({ detail }) => {
      const nothing = !detail.hits.length && !detail.others.length, unfinished = this.#composing && composes;
      if (!this.#text || (unfinished && nothing)) return;
      this.#answer = detail;
      if (!unfinished) this.#reporter.saw(detail.text, this.#number);
      this.#draw();
    });
    this.#client.addEventListener("state", () => this.#draw());
    for (const kind of ["click", "auxclick"]) {
      this.#results.addEventListener(kind, ({ target, button }) => {
        const link = target.closest("a[data-position]");
        if (!link || button > 1) return;
        this.#recent.keep(this.#text);
        this.#reporter.opened(this.#answer.text, this.#number, link.href, Number(link.dataset.position));
      });
    }
    addEventListener("pagehide", () => this.#reporter.flush());
  }

  get #text() {
    return this.#input.value.trim();
  }

  get #number() {
    return this.#answer.total;
  }

  #search() {
    this.#keepAddress();
    this.#carryQuery();
    if (this.#text) {
      this.#client.ask(this.#input.value, LISTED);
    } else {
      this.#client.forget();
      this.#client.load();
      this.#answer = undefined;
    }
    if (!this.#answer) this.#draw();
  }

  /* The address always leads to what is shown, without a new entry in the history for every letter. */
  #keepAddress() {
    const url = new URL(location.href);
    if (this.#text) url.searchParams.set("q", shortened(this.#text));
    else url.searchParams.delete("q");
    if (url.href !== location.href) history.replaceState(history.state, "", url);
    document.title = this.#text ? `${shortened(this.#text)} – ${this.#title}` : this.#title;
  }

  #carryQuery() {
    for (const link of document.querySelectorAll("a[data-hc-contact]")) {
      const url = new URL(link.href);
      if (this.#text) url.searchParams.set("q", shortened(this.#text));
      else url.searchParams.delete("q");
      link.href = url.href;
    }
  }

  #draw() {
    const { state, reason, popular } = this.#client;
    let said = "", shown = [];
    if (state === "failed" || (state === "slow" && this.#text)) {
      said = say(state === "slow" ? "loading" : reason === "offline" ? "offline" : "failed");
    } else if (!this.#text) {
      shown = this.#suggestions(popular);
    } else if (this.#answer) {
      said = counted(this.#answer);
      shown = this.#found(this.#answer);
    }
    if (this.#status.textContent !== said) this.#status.textContent = said;
    this.#results.replaceChildren(...shown);
    const topics = this.#article.querySelector(".hc-find__topics");
    topics.hidden = Boolean(this.#answer) && this.#number > 0 && state !== "failed";
  }

  #suggestions(popular) {
    if (!popular.length) return [];
    return [element("h2", {}, say("popular")),
      element("ul", { class: "hc-find__popular" }, popular.map((text) =>
        element("li", {}, element("a", { href: `?q=${encodeURIComponent(text)}` }, text))))];
  }

  #found({ hits, others, missed, suggestion }) {
    const drawn = [];
    if (suggestion) {
      const button = element("button", { type: "button", class: "hc-search__meant" }, say("meant", { query: suggestion }));
      button.addEventListener("click", () => {
        this.#input.value = suggestion;
        this.#input.focus();
        this.#search();
      });
      drawn.push(element("p", {}, button));
    }
    if (missed?.length && this.#number) drawn.push(element("p", { class: "hc-search__missed" }, say("missed", { words: missed.join(", ") })));
    let position = 0;
    const list = (found, heading) =>
      element("ol", { class: "hc-find__list" }, found.map((hit) => this.#drawHit(hit, ++position, heading)));
    if (hits.length) drawn.push(list(hits, "h2"));
    if (others.length) drawn.push(element("h2", {}, say("other")), list(others, "h3"));
    return drawn;
  }

  #drawHit(hit, position, heading) {
    const link = (anchor, ...content) =>
      element("a", { href: new URL(address(hit, anchor), this.#root).href, "data-position": position }, ...content);
    const own = speaking(hit.lang);
    const text = textOf(hit);
    return element("li", { class: hit.best ? "hc-found hc-found--best" : "hc-found" },
      hit.best ? element("p", { class: "hc-found__label" }, say("best")) : null,
      element(heading, { class: "hc-found__title", ...own }, link(hit.anchor, marked(hit.title))),
      element("p", { class: "hc-found__type" }, typeOf(hit)),
      text ? element("p", { class: "hc-found__text", ...own }, marked(text)) : null,
      this.#drawSections(hit, link, own));
  }

  #drawSections(hit, link, own) {
    const sections = sectionsOf(hit);
    if (!sections.length) return null;
    return element("ul", { class: "hc-found__sections", ...own },
      sections.map((section) => element("li", {}, link(section.anchor, marked(section.title)))));
  }
}
