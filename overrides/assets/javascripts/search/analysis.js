/* From text to index terms: the counterpart of analysis.py. The tables and the rules of the language come with the index. */
"use strict"

/* Takes endings off folded words, by the patterns of their language: the counterpart of endings.py. */
class HelpcenterStripper {
  constructor({ parts, shortest, patterns, vowels, finals }) {
    const expand = pattern => pattern.replace(/<([a-z_]+)>|([A-Z])/g, (_, name, capital) => `(?:${expand(parts[name || capital])})`)
    this.patterns = patterns.map(pattern => new RegExp(`^(?:${expand(pattern)})$`, "u"))
    // Engines interpret a pattern first and compile it when it is used again, which takes 40 ms for these; for a text as
    // long as this one they compile it at once.
    for (const pattern of this.patterns) pattern.test("x".repeat(1000))
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

/*
 * A word: surface, stem, parts, letters (can be misspelled), and the stem of the folded word, which only queries ask for.
 * Of small words nobody asks for a stem before they are typed.
 */
class HelpcenterPiece {
  constructor(analyzer, word, surface) {
    this.analyzer = analyzer
    this.word = word
    this.surface = surface
    this.parts = []
    this.letters = true
  }

  get stem() { return this.stemmed ??= this.analyzer.stemmed(this.word, this.surface) }

  /* It is compared with every word of the shop's vocabulary. */
  get bare() { return this.bared ??= this.unlike(this.analyzer.stemmed(this.surface, this.surface)) }
  unlike(bare) { return bare === this.stem ? "" : bare }
}

const ASCII = /^[\0-\x7f]*$/

class HelpcenterAnalyzer {
  constructor(rules, tables, words) {
    const letter = `[\\p{L}\\p{N}_${tables.marks}]`, grams = tables.scripts.join("")
    this.rules = rules
    this.tables = tables
    this.folded = new Map([...Object.entries(tables.folded), ...rules.folding])
    this.plain = HelpcenterAnalyzer.plain(tables.zeros, rules.simplified)
    const any = letters => new RegExp(`[${[...letters.keys()].join("")}]`, "gu")
    this.foldable = any(this.folded)
    this.plainable = any(this.plain)
    this.word = new RegExp(`${letter}+(?:[${tables.joiners}]${letter}+|[${tables.points}]\\p{Nd}+)*`, "gu")
    this.open = new RegExp(`${letter}$`, "u")
    this.run = new RegExp([...tables.scripts, `^${grams}`].map(script => `([${script}]+)`).join("|"), "gu")
    this.cluster = new RegExp(tables.cluster, "gu")
    this.dropped = new RegExp(`[${tables.dropped}]`, "gu")
    this.hasGrams = new RegExp(`[${grams}]`, "u")
    this.hyphens = new RegExp(`[${tables.hyphens}_]`, "gu")
    this.apostrophes = new RegExp(`[${tables.apostrophes}]`, "gu")
    this.special = new RegExp(`[${tables.joiners}${tables.points} _${grams}]`, "u")
    this.point = new RegExp(`[ ${tables.points}]`, "u")
    this.number = new RegExp(`^[0-9]+(?:[. ${tables.points}][0-9]+)+$`, "u")
    this.separator = new RegExp(`[-./@× ${tables.points}]`, "u")
    this.stemmer = rules.stemmer && helpcenterStemmers[rules.stemmer]
    this.stripper = rules.endings && new HelpcenterStripper(rules.endings)
    const cut = [...rules.cut].sort((a, b) => b.length - a.length)
    this.parting = cut.length ? new RegExp(`(${cut.join("|")})`, "u") : null
    const changes = pairs => pairs.map(([pattern, other]) => [new RegExp(pattern, "u"), other])
    this.before = changes(rules.before)
    this.after = changes(rules.after)
    this.protected = new Set(words.map(word => this.fold(this.normal(word))))
    this.known = new Map()
    this.cut = new Map()
    this.stop = new Set()
    this.small = []
    for (const word of [...rules.stop.split(" ").filter(Boolean), ...rules.cut])
      for (const piece of this.pieces(word)) {
        this.stop.add(piece.surface)
        this.small.push(piece)
      }
  }

  /* What a stemmer leaves of small words, where it is none itself. */
  get stopStems() { return this.stems ??= new Set(this.small.map(piece => piece.stem).filter(stem => stem && !this.stop.has(stem))) }

  /* Digits of all scripts to those of ASCII, traditional characters to simplified ones. */
  static plain(zeros, simplified) {
    const plain = new Map(), characters = Array.from(simplified)
    for (const zero of zeros) for (let i = 0; i < 10; i++) plain.set(String.fromCodePoint(zero.codePointAt(0) + i), String(i))
    for (let i = 0; i < characters.length; i += 2) plain.set(characters[i], characters[i + 1])
    return plain
  }

  /* Words as they stand in the text, with their places. */
  words(text) { return [...text.matchAll(this.word)] }

  lower(word) {
    if (this.rules.language === "tr" || this.rules.language === "az") word = word.replace(/I/g, "ı").replace(/İ/g, "i")
    return word.toLowerCase()
  }

  fold(word) {
    if (ASCII.test(word)) return word
    word = word.replace(this.dropped, "")
    // Before alef with hamza becomes one without: إلغاء does not begin with an article.
    const article = this.rules.articles.find(prefix => word.startsWith(prefix) && Array.from(word.slice(prefix.length)).length >= this.tables.shortest)
    return this.unaccented(article ? word.slice(article.length) : word)
  }

  unaccented(word) {
    // й is a letter, not и with an accent.
    const bare = part => part.normalize("NFD").replace(this.dropped, "")
    word = (word.includes("й") ? word.split("й").map(bare).join("й") : bare(word)).normalize("NFC")
    return word.replace(this.foldable, c => this.folded.get(c))
  }

  normal(word) {
    if (ASCII.test(word)) return this.lower(word)
    return this.lower(word.normalize("NFKC")).replace(this.plainable, c => this.plain.get(c))
  }

  /* How a letter of a text is compared with those of terms. */
  comparable(letter) { return this.unaccented(this.normal(letter)) }

  /* The pieces of a query, or of what it is compared with; each word is cut once. */
  read(text) {
    return this.words(text).flatMap(([word]) => {
      if (!this.cut.has(word)) this.cut.set(word, this.pieces(word))
      return this.cut.get(word)
    })
  }

  /* A piece: surface, stem, bare (stem of the folded word), parts, letters (can be misspelled). */
  pieces(word) {
    word = this.normal(word)
    // Nearly every word has none of these and is one piece.
    if (!this.special.test(word)) return this.fold(word) ? [this.piece(word)] : []
    word = word.replace(this.hyphens, "-").replace(this.apostrophes, "'")
    if (!this.hasGrams.test(word)) return this.spelled(word)
    return [...word.matchAll(this.run)].flatMap(([run, ...groups]) => this.ofScript(run, groups.findIndex(Boolean)))
  }

  /* The pieces of a run of characters of one script: Han, Hangul, Hiragana, Katakana, clustered, or with an alphabet. */
  ofScript(run, script) {
    if (script > 4) return this.spelled(run)
    if (this.protected.has(this.fold(run))) return [this.made(this.fold(run))]
    return (this.parting ? run.split(this.parting).filter(Boolean) : [run]).flatMap(part => this.grams(part, script))
  }

  grams(run, script) {
    if (this.rules.cut.includes(run)) return [this.made(this.fold(run))]
    if (script === 1 && this.stripper) run = this.stripper.stem(run)
    return this.pairs(script === 4 ? this.fold(run).match(this.cluster) || [] : Array.from(run), script === 0)
  }

  pairs(run, split) {
    const single = run.map(c => this.made(c))
    if (run.length < 2) return single
    return run.slice(1).map((c, i) => this.made(run[i] + c, split ? [single[i], single[i + 1]] : []))
  }

  made(surface, parts = []) { return { surface, stem: "", bare: "", parts, letters: false } }

  spelled(word) {
    const part = this.atApostrophe(word)
    return (this.number.test(part) ? [part] : part.split(this.point)).flatMap(chunk => this.joined(chunk))
  }

  /* An order number, a price, a size, an address or E-Mail is one piece, found also by each of its own. */
  joined(word) {
    const parts = word.split(this.separator).filter(p => this.fold(p)).map(p => this.piece(p))
    const surfaces = parts.map(part => part.surface), surface = surfaces.join("")
    if (parts.length < 2 || !(/[-@]/.test(word) || /[0-9]/.test(surface))) return parts
    const letters = !word.includes("@") && parts.every(part => part.letters)
    // As it is typed: 140x200.
    return [{ ...this.made(word.includes("×") ? surfaces.join("x") : surface, parts), letters }]
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
    if (this.protected.has(surface)) return this.made(surface)
    if (/[0-9]/.test(surface)) return this.made(surface, this.runs(surface))
    return new HelpcenterPiece(this, word, surface)
  }

  /* What a whole text was meant as if it was typed on another layout of the keyboard. */
  retyped(text) { return this.keyboard().readings(text) }

  /* Whether two letters of terms lie beside each other on the keyboard. */
  isNeighbour(one, other) { return this.keyboard().isNeighbour(one, other) }

  keyboard() { return this.keys ||= new HelpcenterKeyboard(this.rules.layouts, this.rules.latin, letter => this.fold(letter)) }

  /* Other spellings of a folded word: ruckgabe of rueckgabe, and the other way round. */
  variants(surface) {
    const pairs = [...this.rules.variants, ...this.rules.variants.map(([long, short]) => [short, long])]
    const found = new Set(pairs.map(([one, other]) => surface.split(one).join(other)))
    for (const [one, other] of pairs) {
      const parts = surface.split(one)
      for (let i = 1; i < parts.length; i++) found.add(parts.slice(0, i).join(one) + other + parts.slice(i).join(one))
    }
    found.delete(surface)
    return [...found]
  }

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

  /* The letters and the digits of pel482913 or 140x200, each by themselves. */
  runs(surface) {
    const runs = surface.match(/[0-9]+|[^0-9]+/g)
    if (runs.length < 2 || runs.length > 3) return []
    return runs.filter(run => Array.from(run).length > 1).map(run => this.piece(run))
  }

  stemmed(word, surface) {
    let stem = surface
    if (this.stripper) stem = this.stripper.stem(surface)
    else {
      const changed = this.before.reduce((text, [pattern, other]) => text.replace(pattern, other), word)
      stem = this.fold(this.stemmer ? this.stemmer.stem(changed) : changed)
    }
    for (const [pattern, other] of this.after) {
      const shorter = stem.replace(pattern, other)
      if (shorter !== stem && !this.isShort(shorter)) stem = shorter
    }
    return stem === surface || this.isShort(stem) ? "" : stem
  }

  /* Letters beyond the first plane are two to JavaScript. */
  isShort(stem) { return stem.length < 2 * this.tables.shortest && Array.from(stem).length < this.tables.shortest }

  /* What stands for a word in the index. */
  terms(word) {
    let terms = this.known.get(word)
    if (!terms) {
      const found = new Set(), add = piece => {
        found.add(piece.surface)
        if (piece.stem) found.add(piece.stem)
        piece.parts.forEach(add)
      }
      this.pieces(word).forEach(add)
      this.known.set(word, terms = [...found])
    }
    return terms
  }
}
