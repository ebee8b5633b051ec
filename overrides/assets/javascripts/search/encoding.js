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
    this.pages = HelpcenterIndex.pages(raw.pages)
    this.groups = raw.groups.map(group => this.expand(group, raw))
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

  expand(group, raw) {
    const analyzer = new HelpcenterAnalyzer(group.rules, raw.tables, group.protected)
    const fields = Object.keys(raw.fields), documents = this.documents(group)
    const counts = new HelpcenterCounts(fields, documents.map(number => this.texts(group, number)), analyzer)
    const terms = new HelpcenterTerms(counts.terms)
    return { ...group, analyzer, terms, fields, documents, lunr: counts.lunr(documents, terms, raw) }
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

  /* The texts of a page by field, and terms that its body has beside them. */
  texts(group, number) {
    const page = this.pages[number]
    if (group.kind === "bridge") return { keywords: page.bridge.map(([, name]) => name).join("\n"), more: [] }
    return {
      title: page.title,
      keywords: page.keywords.join("\n"),
      answer: page.answer,
      headings: page.sections.map(section => section[1]).join("\n"),
      body: page.sections.map(section => section[2]).join("\n"),
      more: page.sections.flatMap(section => section[3])
    }
  }
}

/* Which terms stand how often in which field of which document: the counterpart of index.py. */
class HelpcenterCounts {
  constructor(fields, documents, analyzer) {
    this.numbers = new Map()
    this.known = new Map()
    // Of each field, of each document: its terms, and how often each stands there.
    this.rows = fields.map(field => documents.map(texts => this.count(analyzer, texts[field] || "", field === "body" ? texts.more : [])))
    const found = [...this.numbers.keys()], order = [...found.keys()].sort((a, b) => found[a] < found[b] ? -1 : 1)
    this.terms = order.map(number => found[number])
    this.places = new Int32Array(found.length)
    order.forEach((number, place) => { this.places[number] = place })
  }

  number(term) {
    let number = this.numbers.get(term)
    if (number === undefined) this.numbers.set(term, number = this.numbers.size)
    return number
  }

  count(analyzer, text, more) {
    const row = new Map(), add = number => row.set(number, (row.get(number) || 0) + 1)
    for (const [word] of text.matchAll(analyzer.word)) {
      let numbers = this.known.get(word)
      if (!numbers) this.known.set(word, numbers = analyzer.terms(word).map(term => this.number(term)))
      numbers.forEach(add)
    }
    for (const term of more) add(this.number(term))
    return row
  }

  /* lunr's index; what it says of a term or a page is made when it is asked for. */
  lunr(documents, terms, { fields: boosts, saturation: [k1, b] }) {
    const fields = Object.keys(boosts), postings = this.terms.map(() => [])
    this.rows.forEach((rows, f) => rows.forEach((row, d) => {
      for (const number of row.keys()) postings[this.places[number]].push([f, d])
    }))
    const weights = postings.map(found => Math.log(1 + Math.abs((documents.length - found.length + 0.5) / (found.length + 0.5))))
    const averages = this.rows.map(rows => rows.reduce((sum, row) => sum + HelpcenterCounts.length(row), 0) / rows.length)
    const place = new Map(this.terms.map((term, at) => [term, at])), place0 = new Map(documents.map((number, d) => [String(number), d]))
    const vector = (field, number) => {
      const f = fields.indexOf(field), row = this.rows[f][place0.get(number)], boost = boosts[field]
      const norm = averages[f] ? k1 * (1 - b + b * (HelpcenterCounts.length(row) / averages[f])) : k1
      const scores = [...row].map(([term, n]) => {
        const at = this.places[term]
        return [at, Math.floor(weights[at] * ((k1 + 1) * n) / (norm + n) * boost * 1000 + 0.5) / 1000]
      })
      return new lunr.Vector(scores.sort((x, y) => x[0] - y[0]).flat())
    }
    const posting = term => {
      const made = { _index: place.get(term) }
      for (const field of fields) made[field] = {}
      for (const [f, d] of postings[made._index]) made[fields[f]][documents[d]] = {}
      return made
    }
    return new lunr.Index({
      invertedIndex: HelpcenterCounts.lazily(term => place.has(term) ? posting(term) : undefined),
      fieldVectors: HelpcenterCounts.lazily(ref => vector(...ref.split("/"))),
      tokenSet: terms, fields
    })
  }

  static length(row) {
    let length = 0
    for (const n of row.values()) length += n
    return length
  }

  /* An object whose members are made when they are asked for, once. */
  static lazily(make) {
    return new Proxy(Object.create(null), {
      get: (known, name) => name in known ? known[name] : known[name] = make(name)
    })
  }
}
