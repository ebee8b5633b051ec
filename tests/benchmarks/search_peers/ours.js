// The worker of a built site, spoken to as its page does.
export async function load() {
  const asked = new Worker(new URL("assets/javascripts/search/worker.js", location))
  const ask = message => new Promise((answer, fail) => {
    asked.onmessage = ({ data }) => answer(data)
    asked.onerror = fail
    asked.postMessage(message)
  })
  const { type, reason } = await ask({ type: "load", index: new URL("search/index.json", location).href })
  if (type !== "ready") throw new Error(reason)
  let id = 0
  return async text => {
    const { hits, others } = await ask({ type: "query", id: ++id, text, limit: 10 })
    return [...hits, ...others].slice(0, 10).map(hit => hit.url)
  }
}
