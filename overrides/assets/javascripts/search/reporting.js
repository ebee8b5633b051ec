/*
 * Tells the site what is searched, by the event `helpcenter:search` on the document. Nothing is sent anywhere: a site
 * that wants to count listens. A query is told when the reader rests, or does something with it; not every letter.
 */

import { locale } from "./words.js";

const REST = 1000;

export class Reporter {
  #waiting; #timer; #told;

  /* An answer is shown. */
  saw(query, results) {
    clearTimeout(this.#timer);
    this.#waiting = { query: query.trim(), results };
    this.#timer = setTimeout(() => this.flush(), REST);
  }

  /* The reader does something else with it, or is gone. */
  flush() {
    clearTimeout(this.#timer);
    const { query, results } = this.#waiting ?? {};
    this.#waiting = undefined;
    if (!query || query === this.#told) return;
    this.#told = query;
    tell({ kind: results ? "query" : "miss", query, results });
  }

  /* A result is opened; its position counts from one. */
  opened(query, results, url, position) {
    this.flush();
    tell({ kind: "click", query: query.trim(), results, url, position });
  }
}

function tell(detail) {
  document.dispatchEvent(new CustomEvent("helpcenter:search", { detail: { ...detail, locale } }));
}
