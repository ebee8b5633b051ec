/* The last searches that led somewhere, in this browser and for this locale only. A browser may keep nothing: then there are none. */

import { shortened } from "./words.js";

const MOST = 5;

export class Recent {
  #key;

  /* `path`: of the locale, which tells sites on one host apart. */
  constructor(path) {
    this.#key = `helpcenter:${path}:searches`;
  }

  list() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key) ?? "[]");
      return Array.isArray(kept) ? kept.filter((text) => typeof text === "string").slice(0, MOST) : [];
    } catch {
      return [];
    }
  }

  keep(text) {
    const wanted = shortened(text.trim());
    if (!wanted) return;
    const others = this.list().filter((other) => other !== wanted);
    try {
      localStorage.setItem(this.#key, JSON.stringify([wanted, ...others].slice(0, MOST)));
    } catch {
      /* Storage may be full or switched off. */
    }
  }

  clear() {
    try {
      localStorage.removeItem(this.#key);
    } catch {
      /* As above. */
    }
  }
}
