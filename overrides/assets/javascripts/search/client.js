/*
 * The page's side of the conversation with the search worker.
 *
 * At most one query is with the worker: of what is typed meanwhile only the last is asked for, so that no answer is ever
 * late. Whatever goes wrong, the next query tries again from the start.
 */

/* Milliseconds after which a reader is told to wait; what comes sooner needs no words. */
const SLOW = 300;

export class Client extends EventTarget {
  #root; #worker; #timer; #asked = 0; #wanted; #busy = false;

  /* "idle", "loading", "slow", "ready" or "failed"; each change is an event `state`, each answer an event `results`. */
  state = "idle";
  reason = "";
  popular = [];

  /* `root`: address of the locale, with a slash at its end. */
  constructor(root) {
    super();
    this.#root = root;
  }

  load() {
    if (this.state !== "idle" && this.state !== "failed") return;
    this.#become("loading");
    this.#timer = setTimeout(() => this.#become("slow"), SLOW);
    try {
      this.#worker ??= this.#start();
      this.#worker.postMessage({ type: "load", index: new URL("search/index.json", this.#root).href });
    } catch {
      this.#fail("error");
    }
  }

  ask(text, limit) {
    this.#wanted = { type: "query", text, limit };
    if (this.state === "ready") this.#send();
    else this.load();
  }

  /* Nobody waits for an answer any more. */
  forget() {
    this.#wanted = undefined;
    this.#asked++;
  }

  #start() {
    const worker = new Worker(new URL("assets/javascripts/search/worker.js", this.#root));
    worker.addEventListener("message", ({ data }) => this.#hear(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      worker.terminate();
      this.#worker = undefined;
      this.#fail("error");
    });
    return worker;
  }

  #hear(message) {
    if (message.type === "ready") {
      this.popular = message.popular ?? [];
      this.#become("ready");
      this.#send();
    } else if (message.type === "failed") {
      this.#fail(message.reason);
    } else if (message.type === "results") {
      this.#busy = false;
      if (message.id === this.#asked) this.dispatchEvent(new CustomEvent("results", { detail: message }));
      this.#send();
    }
  }

  #send() {
    if (this.#busy || !this.#wanted) return;
    this.#busy = true;
    this.#worker.postMessage({ ...this.#wanted, id: ++this.#asked });
    this.#wanted = undefined;
  }

  #fail(reason) {
    this.#busy = false;
    this.reason = navigator.onLine === false ? "offline" : reason;
    this.#become("failed");
  }

  #become(state) {
    if (state !== "slow") clearTimeout(this.#timer);
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }
}
