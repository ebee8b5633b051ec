/*
 * The search box in the header: a combobox with a list of results, after the pattern of the ARIA Authoring Practices.
 * The keyboard stays in the field; the list is walked by `aria-activedescendant`. On a narrow screen the box is a sheet.
 */

import { Client } from "./client.js";
import { element, topics } from "./drawing.js";
import { answerGroups, drawGroups, queryGroup, spoken } from "./options.js";
import { Recent } from "./recent.js";
import { Reporter } from "./reporting.js";
export { Listing } from "./listing.js";
import { composes, contact, language, say, shortened } from "./words.js";

const SHOWN = 8;
/* Milliseconds of rest after which a screen reader is told what was found: it should not talk into typing. */
const SETTLED = 500;

const narrow = matchMedia("(max-width: 59.9844em)");

export class SearchBox {
  #box; #form; #input; #panel; #list; #notes; #more; #status; #root; #page;
  #client; #recent; #reporter = new Reporter();
  #meanings = new Map(); #active; #answer; #composing = false; #opener; #speaking;

  /* `box`: the element `[data-hc-box]`; `root`: address of the locale. */
  constructor(box, root) {
    this.#box = box;
    this.#root = root;
    this.#page = new URL("search/", root).href;
    this.#form = box.querySelector("form");
    this.#input = box.querySelector("input");
    this.#panel = box.querySelector(".hc-search__panel");
    this.#client = new Client(root);
    this.#recent = new Recent(new URL(root).pathname);
    this.#furnish();
    this.#listen();
  }

  /* Bring the box up with what is in its field; `opener` gets the focus back. */
  open({ opener } = {}) {
    this.#opener = opener;
    this.#input.focus();
    this.#search();
  }

  /* Somebody is about to type, or has begun to. */
  wake() {
    this.#client.load();
    if (this.#input.value) this.#search();
  }

  get isOpen() {
    return !this.#panel.hidden;
  }

  #furnish() {
    this.#list = element("div", { role: "listbox", id: "hc-options", "aria-label": say("found"), hidden: true, tabindex: -1 });
    this.#notes = element("div", { class: "hc-search__notes" });
    this.#more = element("div", { class: "hc-search__more" });
    this.#status = element("div", { class: "hc-unseen", role: "status", lang: language });
    this.#panel.lang = language;
    this.#panel.hidden = true;
    this.#panel.replaceChildren(this.#notes, this.#list, this.#more);
    // Outside the panel: what is hidden is not read out.
    this.#box.append(this.#status);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", "hc-options"],
      ["aria-haspopup", "listbox"], ["aria-expanded", "false"]]) this.#input.setAttribute(name, value);
  }

  #listen() {
    const input = this.#input;
    // An input method composes in the field: its text is searched, which changes nothing in the field, but its keys are its own.
    for (const kind of ["input", "compositionend"]) {
      input.addEventListener(kind, ({ isComposing }) => {
        this.#composing = Boolean(isComposing);
        this.#search();
      });
    }
    input.addEventListener("focus", () => this.#client.load());
    input.addEventListener("click", () => { if (!this.isOpen) this.#search(); });
    input.addEventListener("keydown", (event) => this.#press(event));
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#form.addEventListener("reset", (event) => { event.preventDefault(); this.#empty(); });
    this.#box.querySelector(".hc-search__close").addEventListener("click", () => this.#close({ back: true }));
    this.#box.addEventListener("focusout", ({ relatedTarget }) => {
      // A click into the page's own ground has no target; the sheet is left by its button only.
      if (relatedTarget && !this.#box.contains(relatedTarget) && !this.#isSheet) this.#close();
    });
    document.addEventListener("pointerdown", ({ target }) => {
      if (this.isOpen && !this.#isSheet && !this.#box.contains(target)) this.#close();
    });
    this.#box.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing && event.keyCode !== 229) this.#escape(event);
    });
    for (const kind of ["click", "auxclick"]) this.#list.addEventListener(kind, (event) => this.#choose(event));
    // Only a pointer that moves points: a list that grows under a resting one chooses nothing.
    this.#list.addEventListener("pointermove", ({ target, pointerType }) => {
      const link = pointerType === "mouse" && target.closest("[role=option]");
      if (link && link !== this.#active) this.#activate(link, { scroll: false });
    });
    this.#client.addEventListener("results", ({ detail }) => this.#receive(detail));
    this.#client.addEventListener("state", () => this.#draw());
    narrow.addEventListener("change", () => this.#keepOthersOut());
    addEventListener("pagehide", () => this.#reporter.flush());
    const fit = () => this.#fit();
    globalThis.visualViewport?.addEventListener("resize", fit);
    globalThis.visualViewport?.addEventListener("scroll", fit);
  }

  get #text() {
    return this.#input.value.trim();
  }

  get #isSheet() {
    return this.isOpen && narrow.matches;
  }

  /* ------------------------------------------------------------- asking and answering */

  #search() {
    this.#show();
    this.#box.querySelector(".hc-search__clear").hidden = !this.#input.value;
    if (!this.#text) {
      this.#client.forget();
      this.#client.load();
      this.#answer = undefined;
    } else if (this.#answer?.text === this.#input.value && this.#client.state === "ready") {
      this.#client.forget();
    } else {
      this.#client.ask(this.#input.value, SHOWN);
    }
    if (!this.#answer) this.#draw();
  }

  #receive(answer) {
    const results = answer.total;
    // Half a syllable of an input method finds nothing, and that is no news.
    const unfinished = this.#composing && composes;
    if (!this.#text || (unfinished && !results)) return;
    this.#answer = answer;
    if (!unfinished) this.#reporter.saw(answer.text, results);
    this.#draw();
  }

  /* ------------------------------------------------------------- drawing */

  #draw() {
    if (!this.isOpen) return;
    const { state, reason } = this.#client;
    this.#activate(undefined);
    let groups = [], notes = [], more = [], said = "";
    if (state === "failed" || (state === "slow" && this.#text)) {
      said = say(state === "slow" ? "loading" : reason === "offline" ? "offline" : "failed");
      notes = [element("p", {}, said)];
      if (state === "failed") more = this.#waysOn();
    } else if (!this.#text) {
      [groups, more] = this.#beginnings();
    } else if (this.#answer) {
      groups = answerGroups(this.#answer, this.#root, this.#page);
      [notes, more] = this.#remarks(this.#answer);
      said = spoken(this.#answer);
    }
    this.#meanings = drawGroups(this.#list, groups);
    this.#list.hidden = !this.#meanings.size;
    this.#notes.replaceChildren(...notes);
    this.#more.replaceChildren(...more);
    this.#panel.classList.toggle("hc-search__panel--empty", !this.#meanings.size && !notes.length && !more.length);
    this.#input.setAttribute("aria-expanded", String(this.#meanings.size > 0));
    this.#list.scrollTop = 0;
    this.#tell(said);
  }

  /* Before anything is typed: what was searched here, what others search, or the topics. */
  #beginnings() {
    const recent = this.#recent.list();
    const popular = this.#client.popular.filter((text) => !recent.includes(text));
    const groups = [queryGroup("recent", recent, this.#page), queryGroup("popular", popular, this.#page)];
    // What others search may still be on its way.
    const none = !popular.length && this.#client.state !== "loading";
    if (!recent.length) return [groups, none ? [this.#topicList()] : []];
    const forget = element("button", { type: "button", class: "hc-search__forget" }, say("forget"));
    forget.addEventListener("click", () => {
      this.#recent.clear();
      this.#input.focus();
      this.#draw();
    });
    return [groups, [forget]];
  }

  /* Beside what was found: another spelling, words that no page has, and where to go when there is nothing. */
  #remarks({ hits, others, missed, suggestion, text }) {
    const nothing = !hits.length && !others.length;
    const notes = [];
    if (nothing) notes.push(element("p", {}, say("none", { query: shortened(text.trim()) })));
    if (suggestion) {
      const button = element("button", { type: "button", class: "hc-search__meant" }, say("meant", { query: suggestion }));
      button.addEventListener("click", () => {
        this.#input.value = suggestion;
        this.#input.focus();
        this.#search();
      });
      notes.push(button);
    }
    if (!nothing && missed?.length) notes.push(element("p", { class: "hc-search__missed" }, say("missed", { words: missed.join(", ") })));
    return [notes, nothing ? this.#waysOn() : []];
  }

  #topicList() {
    return element("nav", { "aria-label": say("topics") },
      element("div", { class: "hc-group__label" }, say("topics")), element("ul", { class: "hc-search__topics" }, topics()));
  }

  #waysOn() {
    const href = contact && new URL(contact, this.#root);
    if (href && this.#text) href.searchParams.set("q", shortened(this.#text));
    return [this.#topicList(), href ? element("p", { class: "hc-search__contact" }, element("a", { href: href.href }, say("contact"))) : ""];
  }

  #tell(said) {
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => { this.#status.textContent = said; }, SETTLED);
  }

  /* ------------------------------------------------------------- keys */

  #press(event) {
    // 229: some browsers tell of a key that an input method takes only by this number.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!this.isOpen) this.#search();
      else this.#walk(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Home" || event.key === "End") {
      this.#activate(undefined);
    } else if (event.key === "Enter" && this.#active) {
      event.preventDefault();
      if ((event.ctrlKey || event.metaKey) && !this.#meanings.get(this.#active).query) {
        this.#report(this.#active);
        open(this.#active.href, "_blank", "noopener");
      } else {
        this.#active.click();
      }
    }
  }

  /* Down from the field to the first, and from the last back to the field. */
  #walk(step) {
    const links = [...this.#meanings.keys()];
    const places = links.length + 1;
    const now = links.indexOf(this.#active) + 1;
    this.#activate(links[((now + step + places) % places) - 1]);
  }

  #activate(link, { scroll = true } = {}) {
    this.#active?.setAttribute("aria-selected", "false");
    this.#active = link;
    if (!link) {
      this.#input.removeAttribute("aria-activedescendant");
      return;
    }
    link.setAttribute("aria-selected", "true");
    this.#input.setAttribute("aria-activedescendant", link.id);
    if (scroll) link.scrollIntoView({ block: "nearest" });
  }

  /* First the list goes, then the text, then the focus; a sheet is left at once. */
  #escape(event) {
    event.preventDefault();
    event.stopPropagation();
    if (this.#isSheet) this.#close({ back: true });
    else if (this.isOpen) {
      this.#close();
      this.#input.focus();
    } else if (this.#input.value) {
      this.#empty();
      this.#close();
    } else this.#close({ back: true });
  }

  /* ------------------------------------------------------------- choosing */

  #choose(event) {
    const link = event.target.closest("[role=option]");
    const meaning = this.#meanings.get(link);
    if (!meaning || (event.type === "auxclick" && event.button !== 1)) return;
    const plain = event.type === "click" && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (meaning.query && plain) {
      event.preventDefault();
      this.#input.value = meaning.query;
      this.#input.focus();
      this.#search();
      return;
    }
    this.#report(link);
    if (!plain) return;
    this.#remember();
    // A place on this very page: nothing is loaded, and the list would stay.
    if (new URL(link.href).pathname === location.pathname) this.#close();
  }

  #report(link) {
    const { hit, position, href } = this.#meanings.get(link);
    if (this.#text) this.#recent.keep(this.#text);
    if (!hit) this.#reporter.flush();
    else this.#reporter.opened(this.#answer.text, this.#answer.total, href, position);
  }

  /* For the way back: a browser that makes the page anew asks its history for the query. */
  #remember() {
    history.replaceState({ ...history.state, hcSearch: this.#text }, "");
  }

  #submit(event) {
    if (!this.#text) {
      event.preventDefault();
      this.#show();
      return;
    }
    this.#recent.keep(this.#text);
    this.#reporter.flush();
    this.#remember();
  }

  /* ------------------------------------------------------------- opening and closing */

  #show() {
    if (this.isOpen) return;
    this.#panel.hidden = false;
    this.#box.dataset.hcOpen = "";
    this.#keepOthersOut();
    this.#fit();
    this.#draw();
  }

  #empty() {
    this.#input.value = "";
    this.#input.focus();
    this.#search();
  }

  /* `back`: give the focus to where it came from, and forget a query of the address. */
  #close({ back = false } = {}) {
    this.#reporter.flush();
    this.#panel.hidden = true;
    delete this.#box.dataset.hcOpen;
    this.#activate(undefined);
    this.#tell("");
    this.#input.setAttribute("aria-expanded", "false");
    this.#keepOthersOut();
    const url = new URL(location.href);
    const kept = { ...history.state };
    delete kept.hcSearch;
    url.searchParams.delete("q");
    history.replaceState(kept, "", url);
    if (!back) return;
    const opener = this.#opener?.isConnected ? this.#opener : this.#box.querySelector(".hc-search__open");
    if (opener.checkVisibility()) opener.focus();
    else this.#input.blur();
    this.#opener = undefined;
  }

  /* Under a sheet lies the page; neither keys nor a screen reader may wander there. */
  #keepOthersOut() {
    const others = document.querySelectorAll(".md-container, .hc-skip, .md-header__inner > :not(.hc-search), .hc-search__open");
    for (const other of others) other.inert = this.#isSheet;
  }

  /* A keyboard on the screen covers the lower part of a sheet, and only the visual viewport tells. */
  #fit() {
    const seen = globalThis.visualViewport;
    if (!seen || !this.#isSheet) return;
    this.#box.style.setProperty("--hc-seen", `${seen.height}px`);
    this.#box.style.setProperty("--hc-above", `${seen.offsetTop}px`);
  }
}
