/* Small additions to the page. Loaded before Material's bundle, at the end of the body; every part works on its own. */
(() => {
  "use strict";

  /* Material's bundle asks `sitemap.xml` of every `link[rel=alternate]`: one request per locale and page view. The extra
     space leaves the relation what it is (a list of tokens) and takes the links out of that exact selector. */
  for (const link of document.querySelectorAll("link[rel=alternate][hreflang]")) link.setAttribute("rel", "alternate ");

  /* Where this locale lies, and where all of them do; the latter names what is remembered for the whole site. */
  const base = JSON.parse(document.getElementById("__config").textContent).base;
  const site = new URL("../", new URL(base.replace(/\/*$/, "/"), location.href));

  /* A label opens the drawer without a script, but no key reaches it. */
  for (const icon of document.querySelectorAll("[data-hc-name]")) {
    icon.tabIndex = 0;
    icon.setAttribute("role", "button");
    icon.setAttribute("aria-label", icon.dataset.hcName);
    icon.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      icon.click();
    });
  }
  const toggles = [...document.querySelectorAll("[data-md-toggle]")];
  const closed = () => document.getElementById("__drawer")?.checked !== true;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || closed()) return;
    toggles.find((toggle) => toggle.id === "__drawer").click();
    document.querySelector("label[for=__drawer] [data-hc-name]")?.focus();
  });
  /* The toggles are steered by their labels; as bare checkboxes they would be stops without a name. */
  for (const toggle of toggles) toggle.tabIndex = -1;

  /*
   * The search. Nothing of it is loaded before a reader turns to it. If its script cannot be had, the box stays what it is
   * without: a form that leads to the page of results.
   */
  const root = new URL(base.replace(/\/*$/, "/"), location.href).href;
  const script = new URL("search/interface.js", document.currentScript.src);
  const box = document.querySelector("[data-hc-box]");
  const listing = document.querySelector("[data-hc-type=search]");
  const topics = () => [...document.querySelectorAll(".hc-nav > ul > li > a")].map((link) => {
    const item = document.createElement("li"), copy = document.createElement("a");
    copy.href = link.href;
    copy.textContent = link.textContent.trim();
    item.append(copy);
    return item;
  });
  let tries = 0, searching;
  const load = () => {
    // A browser remembers of a script that it could not get it; under another name it asks again.
    if (tries) script.search = `again=${tries}`;
    return import(script);
  };
  const search = () => (searching ??= load().then(
    ({ SearchBox, Listing }) => (listing ? new Listing(listing, root) : new SearchBox(box, root)),
    (error) => {
      searching = undefined;
      tries++;
      throw error;
    },
  ));
  const input = (listing ?? box)?.querySelector("input");
  /* Without its script the search can still say so, and lead on. */
  const unavailable = () => {
    const word = navigator.onLine === false ? "offline" : "failed";
    const said = document.getElementById("hc-words").content.querySelector(`[data-word=${word}]`).textContent;
    if (listing) {
      listing.querySelector(".hc-find__status").textContent = said;
      return;
    }
    const panel = box.querySelector(".hc-search__panel");
    panel.innerHTML = `<div class="hc-search__notes"><p role="alert"></p></div>
      <div class="hc-search__more"><ul class="hc-search__topics"></ul></div>`;
    panel.querySelector("p").textContent = said;
    panel.querySelector("ul").append(...topics());
    panel.hidden = false;
  };
  const open = (query, opener) => {
    // At once, so that no key is lost while the scripts come, and a phone shows its keyboard.
    box.dataset.hcOpen = "";
    if (query !== undefined) input.value = query;
    input.focus();
    search().then((found) => found.open({ opener }), unavailable);
  };
  if (listing) {
    // At once, so that what is typed while the script comes is not lost. A browser that gives the page back fills it in itself.
    input.value ||= new URLSearchParams(location.search).get("q") ?? "";
    search().catch(unavailable);
    input.addEventListener("input", () => { if (!searching) search().catch(unavailable); });
  } else if (box) {
    for (const kind of ["focus", "input"]) {
      input.addEventListener(kind, () => {
        if (!searching) search().then((found) => found.wake(), unavailable);
      });
    }
    const close = () => {
      if (searching) return;
      box.querySelector(".hc-search__panel").hidden = true;
      delete box.dataset.hcOpen;
    };
    box.querySelector(".hc-search__close").addEventListener("click", close);
    box.addEventListener("keydown", ({ key }) => { if (key === "Escape") close(); });
    box.addEventListener("focusout", ({ relatedTarget }) => {
      if (!box.contains(relatedTarget) && !matchMedia("(max-width: 59.9844em)").matches) close();
    });
  }
  /* What a wrong address was about: the words of its last part. */
  const wordsOfAddress = () => {
    const part = location.pathname.replace(/\/+$/, "").split("/").pop().replace(/\.\w+$/, "");
    try {
      return decodeURIComponent(part).replace(/[-_+]+/g, " ").trim();
    } catch {
      return "";
    }
  };
  for (const opener of box ? document.querySelectorAll("[data-hc-search]") : []) {
    opener.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open("hcAddress" in opener.dataset ? wordsOfAddress() : undefined, opener);
    });
  }
  document.addEventListener("keydown", (event) => {
    const { key, code, target, isComposing } = event;
    // On a keyboard of other letters, K is the key that has this place.
    const isK = key.toLowerCase() === "k" || (code === "KeyK" && key > "\x7f");
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && isK;
    // No letters: who speaks to a computer may say one at any time (WCAG 2.1.4).
    const slash = !event.ctrlKey && !event.metaKey && !event.altKey && key === "/";
    if (isComposing || event.defaultPrevented || !(command || slash)) return;
    if (slash && (target.isContentEditable || target.closest("input:not([type=radio], [type=checkbox]), textarea, select"))) return;
    event.preventDefault();
    if (listing) input.select();
    else if (box) open(undefined, document.activeElement === document.body ? undefined : document.activeElement);
  });

  /* A query in the address: `?q=` opens the search, but the contact page says what was searched and puts it into its mail. */
  const query = new URLSearchParams(location.search).get("q")?.trim();
  const searched = document.querySelector("[data-hc-searched]");
  if (query && searched) {
    searched.textContent = searched.dataset.hcSearched.replace("%(query)s", () => query);
    searched.hidden = false;
    for (const link of document.querySelectorAll("article a[href^='mailto:']")) {
      if (!/[?&]subject=/i.test(link.href)) link.href += `${link.href.includes("?") ? "&" : "?"}subject=${encodeURIComponent(query)}`;
    }
  } else if (query && !listing && box) {
    open(query);
  }
  /* The way back from a result, where the browser has not kept the page as it was. */
  const [visit] = performance.getEntriesByType("navigation");
  if (visit?.type === "back_forward" && history.state?.hcSearch && box && !query) open(history.state.hcSearch);

  /* The language menu: closes as menus do, keeps the reader's place, remembers the choice for the chooser page. */
  const menu = document.querySelector("[data-hc-language]");
  if (menu) {
    document.addEventListener("click", (event) => {
      if (menu.open && !menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      event.stopPropagation();
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    menu.addEventListener("click", (event) => {
      const tag = event.target.closest("[data-hc-locale]")?.dataset.hcLocale;
      if (!tag) return;
      try {
        localStorage.setItem(`helpcenter:${site.pathname}:locale`, tag);
      } catch {
        /* Storage may be switched off; the link works all the same. */
      }
    });
  }
  const keepAnchor = () => {
    for (const link of document.querySelectorAll("[data-hc-keep-anchor]")) link.hash = location.hash;
  };
  addEventListener("hashchange", keepAnchor);
  keepAnchor();

  /* A table or a row of tabs wider than the screen scrolls in its own box, which the keyboard must reach. */
  addEventListener("load", () => {
    const scrollers = [...document.querySelectorAll(".md-typeset__scrollwrap, .tabbed-labels")];
    const watcher = new ResizeObserver(() => {
      for (const box of scrollers) {
        if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
        else box.removeAttribute("tabindex");
      }
    });
    /* What is in a box may grow after the box has its size. */
    for (const box of scrollers) for (const part of [box, ...box.children]) watcher.observe(part);
  });
})();
