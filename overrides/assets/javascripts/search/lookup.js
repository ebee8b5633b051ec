/* What an index holds for a typed word: the counterpart of lookup.py, with the same numbers. */
"use strict"

const EXACT = 1, VARIANT = 0.9, STEM = 0.8, TYPED_PREFIX = 0.6, PREFIX = 0.35, SUFFIX = 0.25
const PARTS = 0.6, CHARACTERS = 0.1, ONE_PART = 0.3, AKIN = 0.4, SIMILAR = 0.5, DIRECT = 0.5
const SHORTEST_PREFIX = 3, SHORTEST_SUFFIX = 4, SHORTEST_AKIN = 4, SHORTEST_PART = 3, LONGER = 2
const TERMS = 24, CORRECTIONS = 8, BESIDE = 0.5

function helpcenterRounded(number) { return Math.floor(number * 1e6 + 0.5) / 1e6 }
function helpcenterLength(text) { return Array.from(text).length }
function helpcenterTimes(strands, weight) { return strands.map(strand => ({ ...strand, nearness: strand.nearness * weight })) }

/* Pages, in no order, that some ways lead to: by number, how near the nearest is, and what the best is worth. */
class HelpcenterPages {
  constructor(strands) {
    const size = strands.reduce((most, { numbers }) => Math.max(most, numbers.length ? numbers[numbers.length - 1] + 1 : 0), 0)
    this.near = new Float64Array(size)
    this.most = new Float64Array(size)
    this.numbers = []
    for (const { nearness, numbers, worths } of strands) {
      for (let i = 0; i < numbers.length; i++) {
        const number = numbers[i], worth = nearness * worths[i]
        if (!this.near[number]) this.numbers.push(number)
        if (nearness > this.near[number]) this.near[number] = nearness
        if (worth > this.most[number]) this.most[number] = worth
      }
    }
  }
}

/* The pages that hold every one of some words, with the mean of what each is worth there. */
function helpcenterAllOf(found) {
  if (found.length === 1) return found[0]
  const best = found.map(strands => new HelpcenterPages(strands)), byNearness = new Map()
  for (const number of best.length ? best[0].numbers.sort((a, b) => a - b) : []) {
    let near = Infinity, sum = 0
    for (const pages of best) {
      near = Math.min(near, pages.near[number] || 0)
      sum += pages.most[number]
    }
    if (!near) continue
    if (!byNearness.has(near)) byNearness.set(near, { nearness: near, numbers: [], worths: [] })
    const strand = byNearness.get(near)
    strand.numbers.push(number)
    strand.worths.push(sum / best.length / near)
  }
  const terms = [...new Set(found.flatMap(strands => strands.flatMap(strand => strand.terms)))]
  return [...byNearness.values()].map(strand => ({ ...strand, terms }))
}

/*
 * The terms of a group of pages, and what they are worth. A strand is one way in which a word is found: how near it is, the
 * numbers of pages, rising, what it is worth on each of them, and the terms.
 */
class HelpcenterLookup {
  constructor(group) {
    this.group = group
    this.analyzer = group.analyzer
    this.terms = group.terms
    this.worths = new Map()
    this.words = new Map()
    // Sent only where a language needs it.
    this.sounds = group.rules.sounds ? new HelpcenterSounds(this) : null
  }

  /* A word as it was typed; it may still be being typed. Words of the vocabulary stand for many that are. */
  word(piece, typed) {
    if (typed) return this.lookUp(piece, typed)
    if (!this.words.has(piece)) this.words.set(piece, this.lookUp(piece, typed))
    return this.words.get(piece)
  }

  lookUp(piece, typed) {
    const near = new Map(), { surface } = piece, { terms } = this, { rules } = this.group
    const add = (found, nearness) => { for (const term of found) if (nearness > (near.get(term) || 0)) near.set(term, nearness) }
    add(terms.exact(surface), EXACT)
    for (const variant of this.analyzer.variants(surface)) add(terms.exact(variant), VARIANT)
    for (const stem of [piece.stem, piece.bare]) add(terms.exact(stem), STEM)
    if (typed || (piece.letters && helpcenterLength(surface) >= SHORTEST_PREFIX))
      add(this.weightiest(terms.beginning(surface)), typed ? TYPED_PREFIX : PREFIX)
    if (rules.compounds && piece.letters && helpcenterLength(surface) >= SHORTEST_SUFFIX)
      add(this.weightiest(terms.holding(piece.stem || surface)), SUFFIX)
    if (piece.letters && !piece.parts.length && [...near.values()].every(nearness => nearness < STEM)) {
      const [share, akin] = this.akin(surface)
      add(akin, AKIN * share)
    }
    return [...[...near].map(([term, nearness]) => this.strand(term, nearness)), ...this.inParts(piece)]
  }

  /* A misspelled word, the likeliest correction first; a name that is protected is never misspelled. */
  similar(piece, typed) {
    if (this.sounds && this.sounds.isHan(piece.surface)) return this.sounds.alike(piece.surface)
    const whole = helpcenterLength(piece.surface)
    if (!piece.letters || piece.parts.length || whole < LENGTHS[0]) return []
    // Neither is a form of a small word; and nobody means the stem of one.
    const small = this.analyzer.stopStems
    if (small.has(piece.stem)) return []
    const costs = new Map(), isNeighbour = (a, b) => this.analyzer.isNeighbour(a, b)
    const words = new Set([piece.surface, piece.stem])
    for (const word of words) {
      const letters = Array.from(word), edits = helpcenterAllowed(letters.length), begun = typed && word === piece.surface
      for (const term of edits ? this.terms.near(word, edits, begun) : []) {
        if (words.has(term) || small.has(term)) continue
        const far = helpcenterCost(letters, Array.from(term), isNeighbour, begun) / letters.length
        costs.set(term, Math.min(costs.get(term) ?? far, far))
      }
    }
    const keys = new Map([...costs].map(([term, cost]) =>
      [term, [Math.floor(cost * 100), this.heft(term), helpcenterLength(term), this.terms.places.get(term)]]))
    const best = [...costs.keys()].sort((a, b) => HelpcenterLookup.compare(keys.get(a), keys.get(b)))
    const nearest = best.length ? costs.get(best[0]) * whole + BESIDE : 0
    return best.slice(0, CORRECTIONS).filter(term => costs.get(term) < 1 && costs.get(term) * whole <= nearest)
      .map(term => this.strand(term, SIMILAR * (1 - costs.get(term))))
  }

  /* Whether a term near a word is another form of it. */
  isForm({ surface, stem }, term) {
    // Where what the stemmer leaves ends as the term does, the slip lies before the ending: "Rechnugen".
    const [word, left, letters] = [surface, stem || surface, term].map(text => Array.from(text))
    return left[left.length - 1] !== letters[letters.length - 1] &&
      helpcenterIsForm(word, letters, (a, b) => this.analyzer.isNeighbour(a, b))
  }

  /* Words that were run together, or make a compound; the words as well when it was the first. */
  split(piece, typed) {
    const letters = Array.from(piece.surface), cuts = []
    if (!piece.letters || piece.parts.length || letters.length < 2 * SHORTEST_PART) return [[], []]
    for (let place = SHORTEST_PART; place <= letters.length - SHORTEST_PART; place++) {
      const before = letters.slice(0, place).join(""), after = letters.slice(place).join("")
      if (!this.terms.exact(before).length) continue
      if (this.terms.exact(after).length || (typed && this.terms.beginning(after).length))
        cuts.push([this.heft(before) + this.heft(after), place, [before, after]])
    }
    cuts.sort(HelpcenterLookup.compare)
    const words = cuts.length ? cuts[0][2] : this.analyzer.splitCompound(piece.surface, word => this.isKnown(word))
    const found = words.flatMap(word => this.analyzer.read(word)).map(part => helpcenterTimes(this.word(part, false), PARTS))
    const alone = found.flatMap(strands => helpcenterTimes(strands, ONE_PART))
    return [[...helpcenterAllOf(found), ...alone], cuts.length ? words : []]
  }

  /* Two words as one: `e mail`. */
  joined(before, after) { return this.terms.exact(before.surface + after.surface).map(term => this.strand(term, VARIANT)) }

  /* The number of the weightiest field in which a term stands. */
  heft(term) { return this.group.postings.heft(term) }

  /* What a term is worth on each page that has it, by lunr's count, but however rare it is. */
  worth(term) {
    let worth = this.worths.get(term)
    if (!worth) {
      const { rarity, found } = this.terms.exact(term).length ? this.group.postings.worth(term) : { found: [] }
      const pages = found.map(({ ref, score }) => [Number(ref), helpcenterRounded(score / rarity)]).sort((a, b) => a[0] - b[0])
      this.worths.set(term, worth = { numbers: Int32Array.from(pages, page => page[0]), worths: Float64Array.from(pages, page => page[1]) })
    }
    return worth
  }

  strand(term, nearness) { return { nearness, ...this.worth(term), terms: [term] } }

  weightiest(terms) {
    const keys = new Map(terms.map(term => [term, [this.heft(term), helpcenterLength(term)]]))
    return terms.sort((a, b) => HelpcenterLookup.compare(keys.get(a), keys.get(b))).slice(0, TERMS)
  }

  /* Terms that begin as the word does, for as many letters as there are any; and the share of those letters. */
  akin(surface) {
    const letters = Array.from(surface), whole = letters.length
    for (let length = whole - 1; length >= Math.max(SHORTEST_AKIN, Math.ceil(6 * whole / 10)); length--) {
      const begun = this.terms.beginning(letters.slice(0, length).join("")).filter(term => helpcenterLength(term) <= whole + LONGER)
      if (begun.length) return [length / whole, this.weightiest(begun)]
    }
    return [0, []]
  }

  inParts(piece) {
    if (!piece.parts.length) return []
    const single = piece.parts.every(part => helpcenterLength(part.surface) === 1)
    // "gardez-vous" asks for what is kept.
    const saying = piece.parts.filter(part => single || !this.analyzer.stop.has(part.surface))
    const found = (saying.length ? saying : piece.parts).map(part => this.word(part, false))
    const whole = helpcenterTimes(helpcenterAllOf(found), single ? CHARACTERS : PARTS)
    // Nobody's order number stands in a page; that it is one says what the question is about.
    return single || whole.length ? whole : found.flatMap(strands => helpcenterTimes(strands, ONE_PART))
  }

  isKnown(word) { return this.termsOf(word).some(term => this.terms.places.has(term)) }

  termsOf(word) {
    const of = piece => [piece.surface, piece.stem, ...piece.parts.flatMap(of)]
    return this.analyzer.read(word).flatMap(of)
  }

  static compare(a, b) {
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] - b[i]
    return 0
  }
}
