/* What each concept of a query finds, as typed and as it may have been meant: the counterpart of answers.py. */
"use strict"

const DOUBTED = 0.5, FEW = 2, NAMING = 1, BODY = 4, LIKELY = 0.375, GUESSED = 3

class HelpcenterAnswer {
  constructor(concept) {
    this.concept = concept
    this.strands = []
    this.correction = ""
    this.pages = null
    this.terms = new Map()
  }

  /* Count its pages: how near the concept is there, and what it is worth. */
  settle() {
    this.pages = new HelpcenterPages(this.strands)
    return this
  }

  /* The terms by which it was found on a page, and how near each of them is. */
  termsOn(number) {
    let found = this.terms.get(number)
    if (!found) {
      this.terms.set(number, found = new Map())
      for (const { nearness, numbers, terms } of this.strands)
        if (HelpcenterAnswer.holds(numbers, number)) for (const term of terms) found.set(term, Math.max(found.get(term) || 0, nearness))
    }
    return found
  }

  /* Whether a number is among others that rise. */
  static holds(numbers, number) {
    let from = 0, to = numbers.length
    while (from < to) {
      const middle = (from + to) >> 1
      if (numbers[middle] < number) from = middle + 1
      else to = middle
    }
    return numbers[from] === number
  }

  get nearness() { return this.strands.reduce((most, strand) => Math.max(most, strand.nearness), 0) }
  get typed() { return this.concept.alternatives[0].words }
}

/* Asks a group of pages for words. */
class HelpcenterAnswers {
  constructor(group, pages) {
    this.group = group
    this.analyzer = group.analyzer
    this.lookup = new HelpcenterLookup(group)
    this.pages = pages
  }

  /* A shop has many words. */
  get reader() { return this.reads ??= new HelpcenterReader(this.group) }

  /* What a text asks for, as it was typed. */
  of(text) {
    const last = this.last(text), answers = this.reader.concepts(text).map(concept => this.answer(concept, last))
    for (let i = 1; i < answers.length; i++) {
      const pair = [answers[i - 1], answers[i]], words = pair.map(answer => answer.typed)
      if (!words.every(([word, ...more]) => !more.length && !word.parts.length)) continue
      const joined = this.lookup.joined(words[0][0], words[1][0])
      for (const answer of pair) answer.strands.push(...joined)
    }
    return answers
  }

  answer(concept, last) {
    const answer = new HelpcenterAnswer(concept)
    for (const { words, weight, text } of concept.alternatives) {
      const typed = weight === TYPED && words.length === 1 && words[0].surface === last
      const found = helpcenterAllOf(words.map(word => this.lookup.word(word, typed)))
      answer.strands.push(...(weight === TYPED ? found : helpcenterTimes(found, weight)))
      if (found.length && !answer.correction) answer.correction = text
    }
    return answer
  }

  /* The word that may still be being typed. */
  last(text) {
    const words = this.analyzer.open.test(text) ? this.analyzer.words(text) : []
    const pieces = words.length ? this.analyzer.read(words[words.length - 1][0]) : []
    return pieces.length ? pieces[pieces.length - 1].surface : ""
  }

  /* Look up what may have been meant by the words that led to nothing, or to little. */
  correct(answers, text) {
    const last = this.last(text)
    for (const answer of answers)
      if (!answer.concept.stop && answer.typed.length === 1) this.correctOne(answer, answer.typed[0], answer.typed[0].surface === last)
  }

  correctOne(answer, piece, typed) {
    const { lookup } = this, { nearness } = answer
    if (nearness < DIRECT) {
      let [strands, words] = lookup.split(piece, typed)
      if (words.length && strands.length) answer.correction = words.map(word => this.written(word)).join(" ")
      if (!strands.length) {
        strands = lookup.similar(piece, typed && !nearness)
        if (strands.length && strands[0].nearness > Math.max(nearness, LIKELY)) {
          const [meant] = strands[0].terms
          answer.correction = this.proposal(piece, meant) || answer.correction
          // What was meant leads to its stem and its beginnings as if it had been typed.
          const forms = this.analyzer.read(meant).flatMap(word => lookup.word(word, false))
          strands.push(...helpcenterTimes(forms, strands[0].nearness))
        }
      }
      answer.strands.push(...strands)
    } else if (nearness >= STEM && this.isDoubtful(answer)) {
      const strands = lookup.similar(piece, false).filter(strand => lookup.heft(strand.terms[0]) <= NAMING)
      answer.strands.push(...helpcenterTimes(strands, DOUBTED))
    }
  }

  /* The term that was meant by a word; nothing for another form of the word, or a mere guess. */
  proposal(piece, meant) {
    const written = this.lookup.isForm(piece, meant) ? "" : this.written(meant)
    return [...written].length - [...piece.surface].length <= GUESSED ? written : ""
  }

  isDoubtful(answer) {
    const near = answer.strands.filter(strand => strand.nearness >= DIRECT)
    return near.every(strand => strand.terms.every(term => this.lookup.heft(term) === BODY)) &&
      new Set(near.flatMap(strand => [...strand.numbers])).size <= FEW
  }

  /* A word as the pages write it: within a sentence, if there is one. */
  written(term) {
    const { numbers, worths } = this.lookup.worth(term)
    const best = [...numbers.keys()].sort((a, b) => worths[b] - worths[a] || a - b).slice(0, FEW)
    let form = ""
    for (const number of best.map(place => numbers[place])) {
      const { title, keywords, answer, sections } = this.pages[number]
      for (const text of [title, ...keywords, answer, ...sections.flatMap(section => section.slice(1, 3))]) {
        for (const [place, [word]] of this.analyzer.words(text).entries()) {
          const pieces = this.analyzer.read(word)
          if (pieces.length !== 1 || ![pieces[0].surface, pieces[0].stem].includes(term)) continue
          if (place && term === pieces[0].surface) return word
          form ||= this.analyzer.lower(word)
        }
      }
    }
    return form || term
  }

  /* The query as it was probably meant; nothing when that is how it was typed. */
  suggestion(answers, text) {
    if (!answers.some(answer => answer.correction)) return ""
    const typed = this.analyzer.words(text).map(([word]) => word), words = [...typed]
    for (const { correction, concept } of answers) {
      if (!correction) continue
      const [first, ...others] = concept.words, { label } = concept
      // Of a text without spaces, a pair is only a part.
      const { sounds } = this.lookup, isPart = sounds && sounds.isHan(label) && typed[first].includes(label)
      words[first] = isPart ? words[first].replace(label, () => correction) : correction
      for (const word of others) words[word] = ""
    }
    return words.filter(Boolean).join(" ")
  }
}
