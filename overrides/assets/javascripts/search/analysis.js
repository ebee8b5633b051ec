/* From text to index terms: the counterpart of analysis.py. The tables and the rules of the language come with the index. */
"use strict"

/* Takes endings off folded words, by the patterns of their language: the counterpart of endings.py. */
class HelpcenterStripper {
  constructor({ parts, patterns, vowels, finals }, shortest) {
    const expand = pattern => pattern.replace(/<([a-z_]+)>|([A-Z])/g, (_, name, capital) => `(?:${expand(parts[name || capital])})`)
    this.patterns = patterns.map(pattern => new RegExp(`^(?:${expand(pattern)})$`, "u"))
    this.vowels = vowels
    this.finals = finals
    this.shortest = shortest
  }

  stem(word) {
    if (word.length > 40) return word
    for (let shorter; (shorter = this.once(word)) !== word;) word = shorter
    if (word.length > this.shortest && this.vowels.includes(word[word.length - 1])) word = word.slice(0, -1)
    const final = this.finals.find(([end]) => word.endsWith(end))
    return final ? word.slice(0, -final[0].length) + final[1] : word
  }

  once(word) {
    let shortest = word
    for (const pattern of this.patterns) {
      const match = pattern.exec(word)
      if (match && match[1].length >= this.shortest && match[1].length < shortest.length) shortest = match[1]
    }
    return shortest
  }
}

class HelpcenterAnalyzer {
  constructor(rules, tables, words) {
    const letter = `[\\p{L}\\p{N}_${tables.marks}]`
    this.rules = rules
    this.tables = tables
    this.shortest = tables.shortest
    this.folded = new Map(Object.entries(tables.folded))
    this.word = new RegExp(`${letter}+(?:[${tables.joiners}]${letter}+)*`, "gu")
    this.open = new RegExp(`${letter}$`, "u")
    this.run = new RegExp(`([${tables.han}]+)|([${tables.grams}]+)|([^${tables.han}${tables.grams}]+)`, "gu")
    this.dropped = new RegExp(`[${tables.dropped}]`, "gu")
    this.hasGrams = new RegExp(`[${tables.han}${tables.grams}]`, "u")
    this.stemmer = rules.stemmer && helpcenterStemmers[rules.stemmer]
    this.stripper = rules.endings && new HelpcenterStripper(rules.endings, tables.shortest)
    this.protected = new Set(words.map(word => this.fold(this.lower(word.normalize("NFKC")))))
    this.known = new Map()
    this.cut = new Map()
    this.stop = new Set()
    for (const word of rules.stop.split(" ").filter(Boolean))
      for (const piece of this.pieces(word)) this.stop.add(piece.surface)
  }

  /* Words as they stand in the text, with their places. */
  words(text) { return [...text.matchAll(this.word)] }

  lower(word) {
    if (this.rules.language === "tr" || this.rules.language === "az") word = word.replace(/I/g, "ı").replace(/İ/g, "i")
    return word.toLowerCase()
  }

  fold(word) {
    // й is a letter, not и with an accent.
    word = word.split("й").map(part => part.normalize("NFD").replace(this.dropped, "")).join("й")
    word = Array.from(word, c => this.folded.get(c) ?? c).join("").normalize("NFC")
    for (const article of this.rules.articles)
      if (word.startsWith(article) && word.length - article.length >= this.shortest) return word.slice(article.length)
    return word
  }

  /* The pieces of a query, or of what it is compared with; each word is cut once. */
  read(text) {
    return this.words(text).flatMap(([word]) => {
      if (!this.cut.has(word)) this.cut.set(word, this.pieces(word))
      return this.cut.get(word)
    })
  }

  /* A piece: surface, stem, bare (stem of the folded word), parts, letters (can be misspelled). */
  pieces(word) {
    word = this.lower(word.normalize("NFKC")).replace(/[_‐‑]/g, "-").replace(/[’ʼ]/g, "'")
    if (!this.hasGrams.test(word)) return this.spelled(word)
    const pieces = []
    for (const [, han, grams, other] of word.matchAll(this.run))
      pieces.push(...(other ? this.spelled(other) : this.pairs(Array.from(han || grams), Boolean(han))))
    return pieces
  }

  pairs(run, split) {
    const single = run.map(c => this.made(c))
    if (run.length === 1) return single
    return run.slice(1).map((c, i) => this.made(run[i] + c, split ? [single[i], single[i + 1]] : []))
  }

  made(surface, parts = []) { return { surface, stem: "", bare: "", parts, letters: false } }

  spelled(word) {
    const part = this.atApostrophe(word)
    const parts = part.split(/[-./]/).filter(p => this.fold(p)).map(p => this.piece(p))
    const surface = this.fold(part.replace(/[-./]/g, ""))
    if (parts.length > 1 && (part.includes("-") || /[0-9]/.test(surface)))
      return [{ surface, stem: "", bare: "", parts, letters: parts.every(p => p.letters) }]
    return parts
  }

  atApostrophe(word) {
    if (!word.includes("'")) return word
    switch (this.rules.apostrophe) {
      case "cut": return word.split("'")[0]
      case "possessive": return word.replace(/'(?:s|re|ve|ll|d|m)$/, "").replace(/'/g, "")
      case "elision": return word.split("'").pop()
      default: return word.replace(/'/g, "")
    }
  }

  piece(word) {
    const surface = this.fold(word)
    if (this.protected.has(surface) || /[0-9]/.test(surface)) return this.made(surface)
    const stem = this.stemmed(word, surface), bare = this.stemmed(surface, surface)
    return { surface, stem, bare: bare === stem ? "" : bare, parts: [], letters: true }
  }

  /* What a whole text was meant as if it was typed on another layout of the keyboard. */
  retyped(text) { return this.keyboard().readings(text) }

  /* Whether two letters of terms lie beside each other on the keyboard. */
  isNeighbour(one, other) { return this.keyboard().isNeighbour(one, other) }

  keyboard() { return this.keys ||= new HelpcenterKeyboard(this.rules.layouts, letter => this.fold(letter)) }

  /* Known words that a folded word is made of, without what links them: as few and as even as there are, or none. */
  splitCompound(word, isKnown) {
    if (!this.rules.compounds) return []
    const letters = Array.from(word), whole = letters.length, shortest = this.tables.part
    // Place → how the word can be cut before it: number of parts, length of the shortest, and the parts.
    const cuts = new Map([[0, { count: 0, least: whole, parts: [] }]])
    for (let end = shortest; end <= whole; end++) {
      if (end < whole && end > whole - shortest) continue
      for (const [start, cut] of [...cuts]) {
        if (end - start < shortest) continue
        for (const part of this.unlinked(letters.slice(start, end).join(""), end < whole)) {
          const count = cut.count + 1, least = Math.min(cut.least, end - start), other = cuts.get(end)
          const better = !other || count < other.count || (count === other.count && least > other.least)
          if (better && isKnown(part)) cuts.set(end, { count, least, parts: [...cut.parts, part] })
        }
      }
    }
    const found = cuts.get(whole)
    return found && found.parts.length > 1 ? found.parts : []
  }

  unlinked(part, inside) {
    const rest = this.rules.links.filter(link => inside && part.endsWith(link)).map(link => part.slice(0, -link.length))
    return [part, ...rest.filter(word => Array.from(word).length >= this.tables.part)]
  }

  stemmed(word, surface) {
    const stem = this.stripper ? this.stripper.stem(surface) : this.fold(this.stemmer ? this.stemmer.stem(word) : word)
    return stem.length < this.shortest || stem === surface ? "" : stem
  }

  /* What stands for a word in the index. */
  terms(word) {
    let terms = this.known.get(word)
    if (!terms) {
      const of = piece => [piece.surface, ...(piece.stem ? [piece.stem] : []), ...piece.parts.flatMap(of)]
      this.known.set(word, terms = [...new Set(this.pieces(word).flatMap(of))])
    }
    return terms
  }
}
