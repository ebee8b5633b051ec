/* What a typed text asks for: the counterpart of concepts.py, with the same numbers. */
"use strict"

const TYPED = 1, MEANT = 0.9, SYNONYM = 0.6, PHRASE_WORD = 0.3, GAP = 3

/* Reads queries with the words of a shop. */
class HelpcenterReader {
  constructor(group) {
    this.analyzer = group.analyzer
    const read = text => this.analyzer.read(text), as = (weight, text = "") => words => ({ words, weight, text })
    const rules = []
    for (const words of group.synonyms) {
      const members = words.map(read)
      for (const typed of members) rules.push({ typed, found: members.filter(other => other !== typed).map(as(SYNONYM)) })
    }
    for (const [typed, found] of group.one_way) rules.push({ typed: read(typed), found: found.map(read).map(as(SYNONYM)) })
    for (const [typed, meant] of group.misspellings || [])
      rules.push({ typed: read(typed), found: meant.map(word => as(MEANT, word)(read(word))) })
    // A phrase is read once, so what several rules say of the same words is one rule.
    const said = new Map()
    for (const { typed, found } of rules) {
      const words = typed.map(piece => piece.surface).join(" ")
      if (!said.has(words)) said.set(words, { typed, found: [] })
      said.get(words).found.push(...found)
    }
    // Long phrases first, since they are the more exact.
    this.rules = [...said.values()].filter(rule => rule.typed.length).sort((a, b) => b.typed.length - a.typed.length)
    // Of hundreds of rules a word begins few.
    this.beginnings = new Map()
    this.rules.forEach(({ typed }, number) => {
      for (const key of new Set(this.keysOf(typed[0]))) {
        if (!this.beginnings.has(key)) this.beginnings.set(key, [])
        this.beginnings.get(key).push(number)
      }
    })
  }

  /* What a text asks for, in its order; a word that is repeated only once. */
  concepts(text) {
    const pieces = this.pieces(text), used = new Set(), seen = new Set(), concepts = []
    const begun = new Set(pieces.flatMap(({ piece }) => this.begunBy(piece)))
    for (const { typed, found } of [...begun].sort((a, b) => a - b).map(number => this.rules[number])) {
      const places = typed.length > 1 ? this.find(typed, pieces, used) : []
      if (!places.length) continue
      places.forEach(place => used.add(place))
      const read = places.map(place => pieces[place]), whole = read.map(one => one.piece)
      concepts.push({
        at: places[0], words: [...new Set(read.map(one => one.word))], label: read.map(one => one.label).join(" "), stop: false,
        alternatives: [
          { words: whole, weight: TYPED, text: "" }, ...found,
          ...whole.map(piece => ({ words: [piece], weight: PHRASE_WORD, text: "" }))
        ]
      })
    }
    pieces.forEach(({ piece, word, label }, at) => {
      if (used.has(at) || seen.has(piece.surface)) return
      seen.add(piece.surface)
      const alternatives = [{ words: [piece], weight: TYPED, text: "" }]
      for (const { typed, found } of this.begunBy(piece).map(number => this.rules[number]))
        if (typed.length === 1) alternatives.push(...found)
      concepts.push({ at, words: [word], label, alternatives, stop: this.isSmall(piece) })
    })
    // Small words that the vocabulary knows say little only beside words that say something.
    if (concepts.every(concept => concept.stop))
      for (const concept of concepts) concept.stop = concept.alternatives.length === 1
    return concepts.sort((a, b) => a.at - b.at)
  }

  /* Whether a word says little, or is made of such words: `est-ce`. */
  isSmall(piece) {
    const { stop } = this.analyzer, parts = this.parts(piece)
    return stop.has(piece.surface) || (parts.length > 0 && parts.every(part => stop.has(part.surface)))
  }

  /* The words that a word with a hyphen is made of; the characters of a pair are none. */
  parts({ surface, parts }) { return this.analyzer.hasGrams.test(surface) ? [] : parts }

  /* A reader is told of the word as typed; of a text without spaces, of the pair of characters. */
  pieces(text) {
    return this.analyzer.words(text).flatMap(([typed], word) => this.analyzer.read(typed).map(piece => (
      { piece, word, label: this.analyzer.hasGrams.test(typed) ? piece.surface : typed }
    )))
  }

  /* A phrase, its words in order and not far apart: their places, or nothing. */
  find(typed, pieces, used) {
    for (let start = 0; start < pieces.length; start++) {
      if (used.has(start) || !this.isSame(typed[0], pieces[start].piece)) continue
      const places = [start]
      for (const word of typed.slice(1)) {
        let place = places[places.length - 1] + 1
        const end = Math.min(place + 1 + GAP, pieces.length)
        while (place < end && (used.has(place) || !this.isSame(word, pieces[place].piece))) place++
        if (place >= end) break
        places.push(place)
      }
      if (places.length === typed.length) return places
    }
    return []
  }

  /* Numbers of the rules whose first word is one that was typed, rising. */
  begunBy(typed) {
    const numbers = this.namesOf(typed).flatMap(key => this.beginnings.get(key) || [])
    return [...new Set(numbers)].sort((a, b) => a - b)
  }

  /* Whether what was typed is a form of a word of the vocabulary. */
  isSame(word, typed) {
    const names = this.namesOf(typed)
    return this.keysOf(word).some(key => names.includes(key))
  }

  /* What a word of the vocabulary is found by, and what a typed one asks for: the same word, or the same stem. */
  keysOf(word) { return ["=" + word.surface, "~" + (word.stem || word.surface)] }

  namesOf(typed) {
    // "gardez-vous" asks for what is kept.
    const saying = this.parts(typed).filter(part => !this.analyzer.stop.has(part.surface))
    const read = saying.length === 1 ? saying[0] : typed
    return ["=" + typed.surface, "~" + (read.stem || read.surface), ...(read.bare ? ["~" + read.bare] : [])]
  }
}
