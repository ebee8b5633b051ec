/*
 * The search worker: what a page asks, and what it is answered (docs/formats/search.md tells the messages).
 *
 * The build makes one script of this file and the others of the worker.
 */
"use strict"

// Not `search`: whoever takes this script into a page has a name of their own for what they ask.
let loaded

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
    loaded = await helpcenterLoad(url)
    postMessage({ type: "ready", pages: loaded.pages.length, popular: loaded.popular })
    setTimeout(() => loaded.prepare())
  } catch (error) {
    // Another `load` tries again: a phone may have been offline for a moment.
    console.warn(error)
    postMessage({ type: "failed", reason: helpcenterReason(error) })
  }
}

addEventListener("message", ({ data: message }) => {
  if (message.type === "load") helpcenterReady(new URL(message.index, self.location))
  else if (message.type === "query" && loaded) {
    const { id, text, limit } = message
    postMessage({ type: "results", id, text, ...helpcenterFound(loaded, text, limit) })
  }
})
