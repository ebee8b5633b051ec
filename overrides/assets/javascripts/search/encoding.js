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
    // Of each field, of each document: number of a term → how often it stands there, and how many words there are.
    this.rows = fields.map(field => documents.map(texts => this.count(analyzer, texts[field] || "", field === "body" ? texts.more : [])))
    const found = [...this.numbers.keys()]
    this.terms = found.slice().sort()
    const places = new Map(this.terms.map((term, place) => [term, place]))
    this.places = found.map(term => places.get(term))
  }

  number(term) {
    let number = this.numbers.get(term)
    if (number === undefined) this.numbers.set(term, number = this.numbers.size)
    return number
  }

  count(analyzer, text, more) {
    const counts = new Map(), row = { counts, length: more.length }
    for (const [word] of text.matchAll(analyzer.word)) {
      let numbers = this.known.get(word)
      if (!numbers) this.known.set(word, numbers = analyzer.terms(word).map(term => this.number(term)))
      for (const number of numbers) counts.set(number, (counts.get(number) || 0) + 1)
      row.length += numbers.length
    }
    for (const term of more) {
      const number = this.number(term)
      counts.set(number, (counts.get(number) || 0) + 1)
    }
    return row
  }

  /* lunr's index; what it says of a term or of a page is made when it is asked for. */
  lunr(documents, terms, { fields: boosts, saturation: [k1, b] }) {
    const fields = Object.keys(boosts), total = documents.length
    // Of each term, where it stands: number of the field and of the document in one.
    const postings = this.terms.map(() => [])
    this.rows.forEach((rows, f) => rows.forEach(({ counts }, d) => {
      for (const number of counts.keys()) postings[this.places[number]].push(f * total + d)
    }))
    const place = new Map(this.terms.map((term, at) => [term, at]))
    const row = new Map(documents.map((number, d) => [String(number), d]))
    const averages = this.rows.map(rows => rows.reduce((sum, { length }) => sum + length, 0) / total)
    const weight = at => Math.log(1 + Math.abs((total - postings[at].length + 0.5) / (postings[at].length + 0.5)))
    // lunr multiplies it with the terms that are asked for: the others would be made for nothing.
    const vector = (field, number) => {
      const f = fields.indexOf(field), { counts, length } = this.rows[f][row.get(number)]
      const norm = averages[f] ? k1 * (1 - b + b * (length / averages[f])) : k1, scores = []
      for (const term of terms.chosen) {
        const at = place.get(term), n = counts.get(this.numbers.get(term))
        if (n) scores.push([at, Math.floor(weight(at) * ((k1 + 1) * n) / (norm + n) * boosts[field] * 1000 + 0.5) / 1000])
      }
      return new lunr.Vector(scores.sort((one, other) => one[0] - other[0]).flat())
    }
    const posting = at => {
      const made = { _index: at }
      for (const field of fields) made[field] = {}
      for (const where of postings[at]) made[fields[Math.floor(where / total)]][documents[where % total]] = {}
      return made
    }
    return new lunr.Index({
      invertedIndex: HelpcenterCounts.lazily(term => place.has(term) ? posting(place.get(term)) : undefined),
      fieldVectors: new Proxy({}, { get: (_, ref) => vector(...ref.split("/")) }),
      tokenSet: terms, fields
    })
  }

  /* An object whose members are made when they are asked for, once. */
  static lazily(make) {
    return new Proxy(Object.create(null), {
      get: (known, name) => name in known ? known[name] : known[name] = make(name)
    })
  }
}
