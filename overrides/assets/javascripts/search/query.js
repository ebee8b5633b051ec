/* Asking an index: the counterpart of query.py, with the same numbers and the same ranking. */
"use strict"

const EXACT = 1, VARIANT = 0.9, STEM = 0.8, TYPED_PREFIX = 0.6, PREFIX = 0.35, SUFFIX = 0.25, FUZZY = 0.3
const SYNONYM = 0.6, PARTS = 0.6, CHARACTERS = 0.1, PHRASE_WORD = 0.3, STOP = 0.05, ANSWERED = 0.15
const SHORTEST_PREFIX = 3, SHORTEST_SUFFIX = 4, SHORTEST_FUZZY = 4, LONG = 8, GAP = 3
const HEADING = 1.2, PAGES = 30, LONGEST = 120

/* What something found: document number → nearness, score, and term → nearness. */
class HelpcenterMatch {
  constructor() { this.pages = new Map() }

  add(number, nearness, score, terms) {
    let page = this.pages.get(number)
    if (!page) this.pages.set(number, page = { nearness: 0, score: 0, terms: new Map() })
    page.nearness = Math.max(page.nearness, nearness)
    page.score = Math.max(page.score, score)
    for (const [term, near] of terms) page.terms.set(term, Math.max(page.terms.get(term) || 0, near))
  }

  join(other, weight) {
    for (const [number, page] of other.pages) {
      const terms = [...page.terms].map(([term, near]) => [term, near * weight])
      this.add(number, page.nearness * weight, page.score * weight, terms)
    }
  }
}

/* The pages of one language. */
class HelpcenterGroup {
  constructor(group, pages) {
    this.language = group.rules.language
    this.rules = group.rules
    this.fields = group.fields
    this.analyzer = group.analyzer
    this.terms = group.terms
    this.lunr = group.lunr
    this.phrases = this.readPhrases(group)
    this.pages = pages
    this.names = new Map()
  }

  readPhrases(raw) {
    const phrases = [], read = text => this.analyzer.read(text)
    for (const words of raw.synonyms) {
      const members = words.map(read)
      for (const typed of members) phrases.push([typed, members.filter(member => member !== typed)])
    }
    for (const [typed, found] of raw.one_way) phrases.push([read(typed), found.map(read)])
    return phrases.sort((a, b) => b[0].length - a[0].length)
  }

  hits(text, above) {
    const concepts = this.concepts(text), last = this.lastSurface(text)
    this.parts = new Map()
    const matches = concepts.map(concept => this.answer(concept, last))
    const allStop = concepts.every(concept => concept.stop), totals = new Map()
    concepts.forEach((concept, c) => {
      const counts = allStop || !concept.stop
      for (const [number, page] of matches[c].pages) {
        let total = totals.get(number)
        if (!total) totals.set(number, total = { number, answered: 0, named: false, score: 0 })
        total.answered += counts && page.nearness >= ANSWERED ? 1 : 0
        total.score += page.score * (counts ? 1 : STOP)
      }
    })
    // A page that is named so holds every word of the query, so that it is among those that answer most.
    const most = [...totals.values()].reduce((a, b) => Math.max(a, b.answered), 0), typed = this.analyzer.read(text)
    for (const total of totals.values()) total.named = total.answered === most && this.isNamed(total.number, typed)
    for (const total of totals.values()) total.score = HelpcenterGroup.rounded(total.score)
    const ranked = [...totals.values()].sort((a, b) =>
      b.answered - a.answered || b.named - a.named || b.score - a.score || a.number - b.number)
    const answering = ranked.filter(total => total.answered), found = answering.length ? answering : ranked
    HelpcenterGroup.lift(found, above)
    return {
      found: found.slice(0, PAGES).map(total => ({ ...total, group: this, concepts, matches })),
      missed: concepts.filter((concept, c) => !concept.stop && !matches[c].pages.size).map(concept => concept.label)
    }
  }

  static rounded(score) { return Math.round(score * 1e6) / 1e6 }

  /* Let scores tell the order: to those of a higher rank the best score of the rank below is added. */
  static lift(ranked, above) {
    let best = above, base = above, below = null
    for (const total of [...ranked].reverse()) {
      if (!below || total.answered !== below.answered || total.named !== below.named) base = best
      total.score = best = HelpcenterGroup.rounded(base + total.score)
      below = total
    }
  }

  /* Whether a query is the title or a keyword of a page, from its first word to its last. Stems are not compared. */
  isNamed(number, typed) {
    let names = this.names.get(number)
    if (!names) {
      const page = this.pages[number]
      this.names.set(number, names = [page.title, ...page.keywords].map(name => this.analyzer.read(name)))
    }
    const spellings = typed.map(({ surface }) => [surface, this.variant(surface)])
    return names.some(name =>
      name.length === typed.length && name.every((word, i) => spellings[i].includes(word.surface)))
  }

  variant(surface) { return this.rules.variants.reduce((word, [long, short]) => word.split(long).join(short), surface) }

  concepts(text) {
    const pieces = [], labels = []
    for (const [word] of this.analyzer.words(text)) {
      for (const piece of this.analyzer.pieces(word)) {
        pieces.push(piece)
        // A reader is told of the word as typed; of a text without spaces, of the pair of characters.
        labels.push(this.analyzer.hasGrams.test(word) ? piece.surface : word)
      }
    }
    const used = new Set(), concepts = []
    for (const [typed, found] of this.phrases) {
      const places = typed.length > 1 ? this.find(typed, pieces, used) : []
      if (!places.length) continue
      places.forEach(place => used.add(place))
      const whole = places.map(place => pieces[place])
      const alternatives = [
        [whole, EXACT], ...found.map(words => [words, SYNONYM]), ...whole.map(piece => [[piece], PHRASE_WORD])
      ]
      concepts.push({ at: places[0], alternatives, stop: false, label: places.map(place => labels[place]).join(" ") })
    }
    const seen = new Set()
    pieces.forEach((piece, at) => {
      if (used.has(at) || seen.has(piece.surface)) return
      seen.add(piece.surface)
      const alternatives = [[[piece], EXACT]]
      for (const [typed, found] of this.phrases)
        if (typed.length === 1 && this.same(typed[0], piece)) alternatives.push(...found.map(words => [words, SYNONYM]))
      const stop = alternatives.length === 1 && this.analyzer.stop.has(piece.surface)
      concepts.push({ at, alternatives, stop, label: labels[at] })
    })
    return concepts.sort((a, b) => a.at - b.at)
  }

  same(a, b) {
    return a.surface === b.surface || [b.stem || b.surface, b.bare].includes(a.stem || a.surface)
  }

  find(typed, pieces, used) {
    for (let start = 0; start < pieces.length; start++) {
      if (used.has(start) || !this.same(typed[0], pieces[start])) continue
      const places = [start]
      for (const word of typed.slice(1)) {
        const from = places[places.length - 1] + 1
        let place = from
        const end = Math.min(from + 1 + GAP, pieces.length)
        while (place < end && (used.has(place) || !this.same(word, pieces[place]))) place++
        if (place >= end) break
        places.push(place)
      }
      if (places.length === typed.length) return places
    }
    return []
  }

  answer(concept, last) {
    const match = new HelpcenterMatch()
    for (const [words, weight] of concept.alternatives) {
      const typed = weight === EXACT && words.length === 1 && words[0].surface === last
      match.join(this.allOf(words.map(word => this.lookUp(word, typed))), weight)
    }
    if (!match.pages.size && !concept.stop)
      for (const word of concept.alternatives[0][0]) match.join(this.lookUpSimilar(word), 1)
    return match
  }

  lastSurface(text) {
    const words = this.analyzer.open.test(text) ? this.analyzer.words(text) : []
    const pieces = words.length ? this.analyzer.pieces(words[words.length - 1][0]) : []
    return pieces.length ? pieces[pieces.length - 1].surface : ""
  }

  allOf(found) {
    if (found.length === 1) return found[0]
    const match = new HelpcenterMatch()
    for (const number of found.length ? found[0].pages.keys() : []) {
      const pages = found.map(other => other.pages.get(number))
      if (!pages.every(Boolean)) continue
      const score = pages.reduce((sum, page) => sum + page.score, 0) / pages.length
      match.add(number, Math.min(...pages.map(page => page.nearness)), score, pages.flatMap(page => [...page.terms]))
    }
    return match
  }

  lookUp(piece, typed) {
    const match = new HelpcenterMatch(), { surface } = piece, { terms } = this
    this.ask(match, terms.exact(surface), EXACT)
    const variant = this.variant(surface)
    if (variant !== surface) this.ask(match, terms.exact(variant), VARIANT)
    for (const stem of [piece.stem, piece.bare]) this.ask(match, terms.exact(stem), STEM)
    if (typed || (piece.letters && surface.length >= SHORTEST_PREFIX))
      this.ask(match, terms.beginning(surface), typed ? TYPED_PREFIX : PREFIX)
    if (this.rules.compounds && piece.letters && surface.length >= SHORTEST_SUFFIX)
      this.ask(match, terms.holding(piece.stem || surface), SUFFIX)
    if (piece.parts.length) {
      const weight = piece.parts.every(part => Array.from(part.surface).length === 1) ? CHARACTERS : PARTS
      match.join(this.allOf(piece.parts.map(part => this.lookUpPart(part))), weight)
    }
    return match
  }

  /* A character stands in two pairs of a text without spaces. */
  lookUpPart(part) {
    if (!this.parts.has(part.surface)) this.parts.set(part.surface, this.lookUp(part, false))
    return this.parts.get(part.surface)
  }

  lookUpSimilar(piece) {
    const match = new HelpcenterMatch()
    if (piece.letters && !piece.parts.length && piece.surface.length >= SHORTEST_FUZZY)
      this.ask(match, this.terms.near(piece.surface, piece.surface.length >= LONG ? 2 : 1), FUZZY)
    return match
  }

  ask(match, terms, nearness) {
    if (!terms.length) return
    this.terms.chosen = terms
    // The term itself is empty: the token set knows which are meant.
    for (const result of this.lunr.query(query => query.clause({ term: "", usePipeline: false }))) {
      const found = Object.keys(result.matchData.metadata).map(term => [term, nearness])
      match.add(Number(result.ref), nearness, result.score * nearness, found)
    }
  }

  termsIn(text) { return new Set(this.analyzer.words(text).flatMap(([word]) => this.analyzer.terms(word))) }
}

class HelpcenterSearch {
  constructor(raw) {
    const index = new HelpcenterIndex(raw)
    this.language = index.language
    this.popular = index.popular
    this.pages = index.pages
    this.groups = index.groups.filter(group => group.kind !== "bridge").map(group => new HelpcenterGroup(group, index.pages))
  }

  /* What a text finds: hits, others (pages in another language), missed (words nothing was found for), suggestion. */
  query(text, limit = PAGES) {
    text = Array.from(text.slice(0, 2 * LONGEST)).slice(0, LONGEST).join("")
    const [own, ...rest] = this.groups, answers = own.hits(text, 0)
    // From the last group to the first, since a page scores more than all that stand behind it.
    let others = []
    for (const group of rest.reverse()) others = [...group.hits(text, others.length ? others[0].score : 0).found, ...others]
    const shown = found => found.slice(0, Math.min(limit, PAGES)).map(hit => {
      const page = this.pages[hit.number]
      return { ...hit, best: false, page, ...this.sections(hit, page) }
    })
    const hits = shown(answers.found)
    if (hits.length) hits[0].best = HelpcenterSearch.isBest(hits[0])
    return { hits, others: shown(others), missed: answers.missed, suggestion: null }
  }

  /* Whether the short answer of a question answers every word that was typed. */
  static isBest({ page, number, concepts, matches }) {
    return page.type === "faq" && Boolean(page.answer) && concepts.some(concept => !concept.stop) &&
      concepts.every((concept, c) => concept.stop || (matches[c].pages.get(number)?.nearness ?? 0) >= ANSWERED)
  }

  /* The anchor of the section that answers more nearly than the title, and what each section is worth. */
  sections({ group, number, concepts, matches }, page) {
    const wanted = matches.filter((match, c) => match.pages.has(number) && !concepts[c].stop)
      .map(match => match.pages.get(number).terms)
    const sum = numbers => numbers.reduce((a, b) => a + b, 0)
    const worth = text => {
      const found = group.termsIn(text)
      return wanted.map(terms => [...terms].reduce((most, [term, near]) => found.has(term) ? Math.max(most, near) : most, 0))
    }
    const title = sum(worth(page.title)), scored = []
    for (const [anchor, heading, text] of page.sections) {
      const above = worth(heading), below = worth(text)
      const score = sum(above.map((near, i) => Math.max(near * HEADING, below[i])))
      const beyond = sum(above.map((near, i) => Math.max(near, below[i]))) > title
      if (score > 0) scored.push({ anchor, heading, text, score, beyond })
    }
    const best = scored.reduce((a, b) => a && a.score >= b.score ? a : b, null)
    return { anchor: best && best.beyond ? best.anchor : "", scored: scored.sort((a, b) => b.score - a.score) }
  }
}
