/*
 * The search worker. It speaks the protocol of Material's own: SETUP is answered with READY, QUERY with RESULT.
 *
 * It is started on every page, so it does nothing before a reader types: the scripts and the index are asked for with
 * the first letter, once.
 */
"use strict"

const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3

const SCRIPTS = ["lunr.js", "snowball.js", "stemmers.js", "keyboards.js", "analysis.js", "terms.js", "query.js", "results.js"]

let version = "", asked = 0, loading

async function helpcenterFetch(name) {
  const url = new URL(`../../../search/${name}`, self.location)
  if (version) url.searchParams.set("v", version)
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return response.json()
}

async function helpcenterLoad() {
  const files = Promise.all([helpcenterFetch("index.json"), helpcenterFetch("pages.json")])
  // One by one: after a failure only those that are missing are asked for again.
  while (SCRIPTS.length) {
    importScripts(SCRIPTS[0])
    SCRIPTS.shift()
  }
  return new HelpcenterSearch(...await files)
}

/* For Material's interface, which draws HTML: a page, then its sections. */
function helpcenterItems(search, text) {
  const escape = part => part.replace(/[&<>"]/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c])
  const html = ([part, marks]) => {
    let drawn = "", from = 0
    for (const [start, end] of marks) {
      drawn += `${escape(part.slice(from, start))}<mark>${escape(part.slice(start, end))}</mark>`
      from = end
    }
    return drawn + escape(part.slice(from))
  }
  const { hits, others, missed } = helpcenterFound(search, text, 30)
  const terms = Object.fromEntries(missed.map(word => [word, false]))
  const names = new Intl.DisplayNames([search.language], { type: "language" })
  return [...hits, ...others].map((hit, place) => [
    {
      location: hit.url, title: html(hit.title), text: hit.anchor ? "" : html(hit.teaser), score: hit.score, terms,
      ...(place < hits.length ? {} : { tags: [names.of(hit.lang)] })
    },
    ...hit.sections.map(section => ({
      location: `${hit.url}#${section.anchor}`, title: html(section.title), text: html(section.teaser),
      // Material opens what scores as much as the page, and folds the rest away.
      score: section.anchor === hit.anchor ? hit.score : hit.score / 2, terms: {}
    })).sort((a, b) => b.score - a.score)
  ])
}

async function helpcenterAnswer(text) {
  try {
    // Its own statement: before the scripts have come there is nothing that answers.
    const search = await (loading ||= helpcenterLoad())
    return helpcenterItems(search, text)
  } catch (error) {
    // The next letter tries again: a phone may have been offline for a moment.
    loading = undefined
    console.warn(error)
    return []
  }
}

addEventListener("message", async ({ data: message }) => {
  if (message.type === SETUP) {
    version = message.data.config.version || ""
    postMessage({ type: READY })
  } else if (message.type === QUERY) {
    const number = ++asked
    const items = message.data.trim() ? await helpcenterAnswer(message.data) : []
    // Whoever types on does not want the answer to half a word.
    if (number === asked) postMessage({ type: RESULT, data: { items } })
  }
})
