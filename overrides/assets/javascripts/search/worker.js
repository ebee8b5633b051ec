/*
 * The search worker: what a page asks, and what it is answered (docs/formats/search.md tells the messages).
 *
 * The build makes one script of this file and the others of the worker.
 */
"use strict"

let asking, asked = 0

class HelpcenterFailure extends Error {
  constructor(reason, message) {
    super(message)
    this.reason = reason
  }
}

async function helpcenterFetch(url, options) {
  let response
  try {
    response = await fetch(url, options)
  } catch (error) {
    // There is no other sign of a broken connection than that nothing came.
    throw new HelpcenterFailure("offline", error.message)
  }
  if (response.status === 404 || response.status === 410) throw new HelpcenterFailure("missing", `${url}: ${response.status}`)
  if (!response.ok) throw new HelpcenterFailure("error", `${url}: ${response.status}`)
  let text
  try {
    text = await response.text()
  } catch (error) {
    throw new HelpcenterFailure("offline", error.message)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new HelpcenterFailure("format", error.message)
  }
}

/* The search of an index. What is kept from before a release is asked for once more. */
async function helpcenterLoad(url) {
  try {
    return new HelpcenterSearch(await helpcenterFetch(url, { cache: "no-cache" }))
  } catch (error) {
    if (!(error instanceof HelpcenterFormatError) && error.reason !== "format") throw error
    return new HelpcenterSearch(await helpcenterFetch(url, { cache: "reload" }))
  }
}

function helpcenterReason(error) {
  if (error instanceof HelpcenterFailure) return error.reason
  return error instanceof HelpcenterFormatError ? "format" : "error"
}

async function helpcenterReady(url) {
  try {
    asking = await helpcenterLoad(url)
    postMessage({ type: "ready", pages: asking.pages.length, popular: asking.popular })
  } catch (error) {
    // Another `load` tries again: a phone may have been offline for a moment.
    console.warn(error)
    postMessage({ type: "failed", reason: helpcenterReason(error) })
  }
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

async function helpcenterMaterial(message) {
  if (message.type === 0) {
    postMessage({ type: 1 })
    return
  }
  const number = ++asked
  let items = []
  try {
    if (message.data.trim()) {
      asking ||= helpcenterLoad(new URL("../../../search/index.json", self.location))
      items = helpcenterItems(await asking, message.data)
    }
  } catch (error) {
    asking = undefined
    console.warn(error)
  }
  if (number === asked) postMessage({ type: 3, data: { items } })
}

addEventListener("message", ({ data: message }) => {
  if (typeof message.type === "number") helpcenterMaterial(message)
  else if (message.type === "load") helpcenterReady(new URL(message.index, self.location))
  else if (message.type === "query" && asking) {
    const { id, text, limit } = message
    postMessage({ type: "results", id, text, ...helpcenterFound(asking, text, limit) })
  }
})
