// Builds an index: node build.js ENGINE OPTIONS < documents.json > index.json
import { readFileSync } from "node:fs"

const [engine, options] = process.argv.slice(2)
const { language, documents } = JSON.parse(readFileSync(0, "utf-8"))
const fields = documents.map(({ url, title, keywords, answer, sections }, id) => ({
  id, url, title, answer, sections,
  keywords: keywords.join("\n"),
  headings: sections.map(one => one.title).join("\n"),
  body: sections.map(one => one.text).join("\n"),
}))
const { build } = await import(`./${engine}.js`)
process.stdout.write(await build(fields, language, JSON.parse(options)))
