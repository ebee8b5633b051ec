// Orama with the stemmer and the small words of the language, or with its tokenizer for Chinese; one letter of a word may be
// wrong; titles first.
import { create, insertMultiple, load as restore, save, search } from "@orama/orama"
import { tokenizer } from "./language.js"

const empty = () => create({
  schema: { url: "string", title: "string", keywords: "string", answer: "string", headings: "string", body: "string" },
  components: { tokenizer },
})

export async function build(documents) {
  const index = empty()
  await insertMultiple(index, documents.map(({ id, sections, ...fields }) => ({ id: String(id), ...fields })))
  return JSON.stringify(save(index))
}

export async function load() {
  const index = empty()
  restore(index, await (await fetch("index.json")).json())
  return async term => {
    const { hits } = await search(index, {
      term,
      properties: ["title", "keywords", "answer", "headings", "body"],
      boost: { title: 4, keywords: 4, headings: 2, answer: 2 },
      tolerance: 1,
      limit: 10,
    })
    return hits.map(hit => hit.document.url)
  }
}
