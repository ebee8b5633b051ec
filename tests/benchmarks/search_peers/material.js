// Material's own worker, told what Material's own bundle tells it.
const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3

export async function load() {
  const site = new URL("site/", location)
  const { worker } = await (await fetch("adapter.json")).json()
  const { config, docs } = await (await fetch(new URL("search/search_index.json", site))).json()
  const asked = new Worker(new URL(worker, site))
  const ask = (message, type) => new Promise((answer, fail) => {
    asked.onmessage = ({ data }) => data.type === type ? answer(data.data) : fail(new Error(`type ${data.type}`))
    asked.onerror = fail
    asked.postMessage(message)
  })
  await ask({ type: SETUP, data: { config, docs, options: { suggest: false } } }, READY)
  return async text => {
    const { items } = await ask({ type: QUERY, data: text }, RESULT)
    return items.slice(0, 10).map(([first]) => first.location.split("#")[0])
  }
}
