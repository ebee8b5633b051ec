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
  let tries = 0, searching;
  const load = () => {
    // A browser remembers of a script that it could not get it; under another name it asks again.
    if (tries) script.search = `again=${tries}`;
    return import(script);
  };
  const search = () => (searching ??= load().then(({ SearchBox }) => new SearchBox(box, root), (error) => {
    searching = undefined;
    tries++;
    throw error;
  }));
  const input = box?.querySelector("input");
  const failed = () => document.getElementById("hc-words").content.querySelector("[data-word=failed]").textContent;
  const unavailable = () => {
    const panel = box.querySelector(".hc-search__panel");
    panel.textContent = failed();
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
    const field = listing.querySelector("input");
    // At once, so that what is typed while the script comes is not lost. A browser that gives the page back fills it in itself.
    field.value ||= new URLSearchParams(location.search).get("q") ?? "";
    const list = () => load().then(({ Listing }) => new Listing(listing, root), () => {
      tries++;
      listing.querySelector(".hc-find__status").textContent = failed();
      field.addEventListener("input", list, { once: true });
    });
    list();
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
    input.addEventListener("blur", () => { if (!matchMedia("(max-width: 59.9844em)").matches) close(); });
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
    const { key, target, isComposing } = event;
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && key === "k";
    const letter = !event.ctrlKey && !event.metaKey && !event.altKey && ["/", "s", "f"].includes(key);
    if (isComposing || event.defaultPrevented || !(command || letter)) return;
    if (letter && (target.isContentEditable || target.closest("input:not([type=radio], [type=checkbox]), textarea, select"))) return;
    event.preventDefault();
    if (listing) listing.querySelector("input").select();
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
