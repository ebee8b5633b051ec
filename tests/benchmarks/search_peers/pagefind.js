// Pagefind by its own script; the address of a page stands in a file of the page's own, which a list of results needs.
export async function load() {
  const pagefind = await import(new URL("pagefind/pagefind.js", location))
  // Its addresses are made to stand below the site's root; the site is the folder of this page.
  await pagefind.options({ baseUrl: "/" })
  await pagefind.init()
  return async text => {
    const { results } = await pagefind.search(text)
    const pages = await Promise.all(results.slice(0, 10).map(result => result.data()))
    return pages.map(page => page.raw_url.replace(/^\//, ""))
  }
}
