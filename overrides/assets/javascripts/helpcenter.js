/* Small additions to the page. Loaded before Material's bundle, at the end of the body; every part works on its own. */
(() => {
  "use strict";

  /* Material's bundle asks `sitemap.xml` of every `link[rel=alternate]`: one request per locale and page view. The extra
     space leaves the relation what it is (a list of tokens) and takes the links out of that exact selector. */
  for (const link of document.querySelectorAll("link[rel=alternate][hreflang]")) link.setAttribute("rel", "alternate ");

  /* Where this locale lies, and where all of them do; the latter names what is remembered for the whole site. */
  const base = JSON.parse(document.getElementById("__config").textContent).base;
  const site = new URL("../", new URL(base.replace(/\/*$/, "/"), location.href));

  /* A label opens the drawer and the search without a script, but no key reaches it. */
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

  for (const button of document.querySelectorAll("[data-hc-search]")) {
    button.addEventListener("click", () => {
      const toggle = document.getElementById("__search");
      if (toggle && !toggle.checked) toggle.click();
      document.querySelector("[data-md-component=search-query]")?.focus();
    });
  }

  /* Material searches when a key goes up. A pasted, dictated or picked word (as in Chinese) comes without one. */
  const query = document.querySelector("[data-md-component=search-query]");
  query?.addEventListener("input", () => query.dispatchEvent(new KeyboardEvent("keyup")));

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
