/* Reading an index as it was sent: the counterpart of encoding.py. */
"use strict"

const FORMAT = 3

/* Another release made the index. */
class HelpcenterFormatError extends Error {}

/* The pages of an index, and its groups, ready to be asked. */
class HelpcenterIndex {
  constructor(raw) {
    if (!raw || raw.format !== FORMAT) throw new HelpcenterFormatError(`format ${raw && raw.format}, not ${FORMAT}`)
    this.language = raw.language
    this.popular = raw.popular
    this.pages = raw.pages.map(page => (
      { url: "", type: "", keywords: [], answer: "", summary: "", bridge: [], sections: [], ...page }
    ))
    this.groups = raw.groups.map(group => this.expand(group, raw))
  }

  expand(group, raw) {
    const analyzer = new HelpcenterAnalyzer(group.rules, raw.tables, group.protected)
    const terms = new HelpcenterTerms(group.terms ? group.terms.split(" ") : [])
    return { ...group, analyzer, terms, fields: raw.fields, lunr: HelpcenterIndex.lunr(group, terms, raw.fields) }
  }

  /* lunr's index, which repeats in its inverted index what the vectors say. */
  static lunr(group, terms, fields) {
    const fieldVectors = {}
    const postings = terms.all.map((_, place) => {
      const posting = { _index: place }
      for (const field of fields) posting[field] = {}
      return posting
    })
    fields.forEach((field, f) => group.documents.forEach((number, d) => {
      const row = group.vectors[f][d], elements = new Array(row.length)
      for (let i = 0, place = 0; i < row.length; i += 2) {
        place += row[i]
        elements[i] = place
        elements[i + 1] = row[i + 1] / 1000
        postings[place][field][number] = {}
      }
      fieldVectors[`${field}/${number}`] = new lunr.Vector(elements)
    }))
    const invertedIndex = Object.create(null)
    terms.all.forEach((term, place) => { invertedIndex[term] = postings[place] })
    return new lunr.Index({ invertedIndex, fieldVectors, tokenSet: terms, fields, pipeline: new lunr.Pipeline })
  }
}
