// MiniSearch with what its documentation offers: prefixes, a fifth of a word's letters may be wrong, titles
// first; words are cut by Intl.Segmenter, since its own tokenizer knows spaces and punctuation only.
import MiniSearch from "minisearch"

const APART = { "ı": "i", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe" }

function options(language, folds) {
  const segmenter = new Intl.Segmenter(language, { granularity: "word" })
  const lower = word => word.toLocaleLowerCase(language)
  const fold = word => lower(word).normalize("NFD").replace(/\p{M}/gu, "").replace(/[ıłøßæœ]/g, letter => APART[letter])
  return {
    fields: ["title", "keywords", "answer", "headings", "body"],
    tokenize: text => Array.from(segmenter.segment(text)).filter(one => one.isWordLike).map(one => one.segment),
    processTerm: folds ? fold : lower,
    searchOptions: {
      prefix: true,
      fuzzy: 0.2,
      boost: { title: 4, keywords: 4, headings: 2, answer: 2, body: 1 },
    },
  }
}

export function build(documents, language, { folds }) {
  const index = new MiniSearch(options(language, folds))
  index.addAll(documents)
  // What a list of results draws stands beside the index, as in the index of ours.
  const shown = documents.map(({ url, title, answer, sections }) => ({ url, title, answer, sections }))
  return JSON.stringify({ language, folds, shown, index })
}

export async function load() {
  const { language, folds, shown, index } = await (await fetch("index.json")).json()
  const search = MiniSearch.loadJS(index, options(language, folds))
  return text => search.search(text).slice(0, 10).map(hit => shown[hit.id].url)
}
