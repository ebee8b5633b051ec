/* Where on a page an answer stands: the counterpart of passages.py, with the same numbers. */
"use strict"

const HEADING = 1.2, APART = 2, COMPARED = 30

/* A page as it is compared with queries: the terms of each word of its names, and of its sections. */
class HelpcenterPassages {
  constructor(names, sections, analyzer) {
    const read = text => analyzer.words(text).map(([word]) => analyzer.terms(word))
    this.names = names.map(read)
    // The terms of what is not sent of a text are as one word: nobody knows what they stand beside.
    this.sections = sections.map(([anchor, heading, text, more = []]) =>
      ({ anchor, heading: read(heading), text: read(text), more: [more] }))
  }

  /* How many pairs of words follow each other as in the query; and how many stand in the passage that holds most. */
  together(wanted) {
    const bits = new Map(), count = HelpcenterTerms.count
    wanted.slice(0, COMPARED).forEach((terms, number) => {
      for (const [term, near] of terms) if (near >= DIRECT) bits.set(term, (bits.get(term) || 0) | 1 << number)
    })
    let pairs = 0, most = 0
    for (const lines of [...this.names.map(name => [name]), ...this.sections.map(section => [section.heading, section.text, section.more])]) {
      let held = 0
      for (const line of lines) {
        const masks = line.map(word => {
          let mask = 0
          for (const term of word) mask |= bits.get(term) || 0
          return mask
        })
        masks.forEach((mask, place) => {
          held |= mask
          for (let after = 1; mask && after <= APART; after++) pairs |= mask & masks[place + after] >> 1
        })
      }
      most = Math.max(most, count(held))
    }
    return [count(pairs), most]
  }

  /* Whether title, keywords and short answer hold every concept of a query, nearly enough. */
  namesAll(wanted, least) {
    const held = new Set(this.names.flat(2))
    return wanted.every(terms => [...terms].some(([term, near]) => near >= least && held.has(term)))
  }

  /* The anchor of the section that answers more nearly than the title, if one does; and the scores of all by anchor. */
  best(wanted) {
    const sum = numbers => numbers.reduce((a, b) => a + b, 0)
    const nearness = new Map()
    wanted.forEach((terms, i) => {
      for (const [term, near] of terms) nearness.set(term, [...(nearness.get(term) || []), [i, near]])
    })
    const worth = line => {
      const most = wanted.map(() => 0)
      for (const word of line)
        for (const term of word)
          for (const [i, near] of nearness.get(term) || []) most[i] = Math.max(most[i], near)
      return most
    }
    const title = sum(worth(this.names[0] || [])), scores = new Map()
    let best = 0, anchor = ""
    for (const section of this.sections) {
      const above = worth(section.heading), below = worth([...section.text, ...section.more])
      const score = sum(above.map((near, i) => Math.max(near * HEADING, below[i])))
      scores.set(section.anchor, score)
      if (score > best) {
        best = score
        anchor = sum(above.map((near, i) => Math.max(near, below[i]))) > title ? section.anchor : ""
      }
    }
    return { anchor, scores }
  }
}
