/* Reading an index as it was sent: the counterpart of encoding.py. */
"use strict"

const FORMAT = 3

/* Another release made the index. */
class HelpcenterFormatError extends Error {}

/* The pages of an index, and its groups, which are made when they are asked for. */
class HelpcenterIndex {
  constructor(raw) {
    if (!raw || raw.format !== FORMAT) throw new HelpcenterFormatError(`format ${raw && raw.format}, not ${FORMAT}`)
    this.language = raw.language
    this.popular = raw.popular
    this.pages = HelpcenterIndex.pages(raw.pages)
    this.raw = raw
    this.kinds = raw.groups.map(group => group.kind)
  }

  /* Pages, of the columns that they were sent in. */
  static pages(columns) {
    return columns.url.map((url, number) => ({
      url,
      title: columns.title[number],
      type: columns.type[number],
      lang: columns.lang[number],
      keywords: columns.keywords[number],
      answer: columns.answer[number],
      summary: columns.summary[number],
      bridge: columns.bridge[number],
      // [anchor, heading, text, terms of the rest of the text]
      sections: columns.anchors[number].map((anchor, s) => [
        anchor, columns.headings[number][s], columns.texts[number][s],
        columns.more[number][s] ? columns.more[number][s].split(" ") : []
      ])
    }))
  }

  /* A group, with lunr's index of its texts: what takes the time. */
  expand(place) {
    const { raw } = this, group = raw.groups[place]
    const analyzer = new HelpcenterAnalyzer(group.rules, raw.tables, group.protected)
    const fields = Object.keys(raw.fields), documents = this.documents(group)
    const postings = new HelpcenterPostings(analyzer, raw, documents, documents.map(number => this.texts(group, number)))
    return { ...group, analyzer, postings, terms: new HelpcenterTerms(postings.terms), fields, documents }
  }

  /* Numbers of a group's pages. */
  documents(group) {
    const language = tag => tag.split(/[-_]/)[0].toLowerCase()
    const wanted = group.kind === "other" ? group.rules.language : language(this.language), numbers = []
    this.pages.forEach((page, number) => {
      if (language(page.lang) === wanted && (group.kind !== "bridge" || page.bridge.length)) numbers.push(number)
    })
    return numbers
  }

  /* The texts of a page by field, no word of which goes on in the next one; and terms that its body has beside them. */
  texts(group, number) {
    const page = this.pages[number]
    if (group.kind === "bridge") return { keywords: page.bridge.map(([, name]) => name), more: [] }
    return {
      title: [page.title],
      keywords: page.keywords,
      answer: [page.answer],
      headings: page.sections.map(section => section[1]),
      body: page.sections.map(section => section[2]),
      more: page.sections.flatMap(section => section[3])
    }
  }
}

/* Which terms stand how often in which field of which page, in numbers: the counterpart of index.py. */
class HelpcenterPostings {
  constructor(analyzer, { fields, saturation }, documents, texts) {
    this.fields = Object.keys(fields)
    this.boosts = Object.values(fields)
    this.saturation = saturation
    this.documents = documents
    // Where a term stands: number of the field times that of all pages, and number of the page, in one.
    this.lengths = new Int32Array(this.fields.length * documents.length)
    this.known = new Map()
    this.numbers = new Map()
    // How often each term stands in the field that is being counted.
    this.counted = []
    const found = { terms: [], wheres: [], counts: [] }
    this.fields.forEach((field, f) => texts.forEach((page, d) =>
      this.count(analyzer, page[field] || [], field === "body" ? page.more : [], f * documents.length + d, found)))
    this.sort(found)
    this.known = this.counted = null
    this.lunr = new lunr.Index({ invertedIndex: {}, fieldVectors: {}, tokenSet: null, fields: this.fields })
  }

  number(term) {
    let number = this.numbers.get(term)
    if (number === undefined) {
      this.numbers.set(term, number = this.numbers.size)
      this.counted.push(0)
    }
    return number
  }

  count(analyzer, texts, more, where, found) {
    const { counted } = this, touched = []
    let length = more.length
    for (const text of texts) {
      for (const word of text.match(analyzer.word) || []) {
        let numbers = this.known.get(word)
        if (!numbers) this.known.set(word, numbers = analyzer.terms(word).map(term => this.number(term)))
        for (const number of numbers) if (!counted[number]++) touched.push(number)
        length += numbers.length
      }
    }
    for (const term of more) {
      const number = this.number(term)
      if (!counted[number]++) touched.push(number)
    }
    for (const number of touched) {
      found.terms.push(number)
      found.wheres.push(where)
      found.counts.push(counted[number])
      counted[number] = 0
    }
    this.lengths[where] = length
  }

  /* Put what was found in the order of the terms, each of which begins at a place of `starts`. */
  sort(found) {
    this.terms = [...this.numbers.keys()].sort()
    const places = new Int32Array(this.terms.length), starts = this.starts = new Int32Array(this.terms.length + 1)
    this.terms.forEach((term, place) => { places[this.numbers.get(term)] = place })
    for (const number of found.terms) starts[places[number] + 1]++
    for (let place = 0; place < this.terms.length; place++) starts[place + 1] += starts[place]
    const next = starts.slice()
    this.wheres = new Int32Array(found.terms.length)
    this.counts = new Int32Array(found.terms.length)
    found.terms.forEach((number, i) => {
      const at = next[places[number]]++
      this.wheres[at] = found.wheres[i]
      this.counts[at] = found.counts[i]
    })
    this.numbers = new Map(this.terms.map((term, place) => [term, place]))
    const total = this.documents.length
    this.averages = this.fields.map((_, f) => this.lengths.subarray(f * total, (f + 1) * total).reduce((a, b) => a + b, 0) / total)
  }

  /* The number of the weightiest field in which a term stands. */
  heft(term) {
    const place = this.numbers.get(term)
    return place === undefined ? this.fields.length : Math.floor(this.wheres[this.starts[place]] / this.documents.length)
  }

  /* What a term is worth on each page that has it, as lunr weighs it; and how rare it is. */
  worth(term) {
    const place = this.numbers.get(term), [from, to] = [this.starts[place], this.starts[place + 1]]
    const total = this.documents.length, rows = to - from, [k1, b] = this.saturation
    const rarity = Math.log(1 + Math.abs((total - rows + 0.5) / (rows + 0.5)))
    const posting = { _index: place }, vectors = {}, nothing = {}
    for (const field of this.fields) posting[field] = {}
    for (let i = from; i < to; i++) {
      const where = this.wheres[i], f = Math.floor(where / total), number = this.documents[where % total], field = this.fields[f]
      const norm = this.averages[f] ? k1 * (1 - b + b * (this.lengths[where] / this.averages[f])) : k1
      const worth = Math.floor(rarity * ((k1 + 1) * this.counts[i]) / (norm + this.counts[i]) * this.boosts[f] * 1000 + 0.5) / 1000
      posting[field][number] = nothing
      vectors[`${field}/${number}`] = { elements: [place, worth] }
    }
    // The term itself is empty: the token set knows which is meant.
    const { lunr } = this
    lunr.invertedIndex = { "": posting }
    lunr.fieldVectors = vectors
    lunr.tokenSet = { intersect: () => ({ toArray: () => [""] }) }
    return { rarity, found: lunr.query(query => query.clause({ term: "", usePipeline: false })) }
  }
}
