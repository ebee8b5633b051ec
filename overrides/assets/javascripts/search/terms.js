/*
 * The terms of an index that a word stands for: the counterpart of terms.py.
 *
 * lunr finds them by walking two automata. The one of a misspelled word has nodes for every pair of mistakes: a million
 * for a word of thirty letters. Comparing the word with the terms costs at most as much as there are terms.
 */
"use strict"

class HelpcenterTerms {
  constructor(terms) {
    this.all = terms
    this.known = new Set(terms)
    this.chosen = []
  }

  /* To lunr it is the token set of the index; the terms of a query were chosen before it was made. */
  intersect() { return this }
  toArray() { return this.chosen }

  exact(word) { return this.known.has(word) ? [word] : [] }
  beginning(start) { return this.all.filter(term => term.startsWith(start)) }
  holding(part) { return this.all.filter(term => term.includes(part)) }

  /* Terms that so many letters added, missing, wrong or exchanged with their neighbour lead to. */
  near(word, edits) {
    const letters = Array.from(word), found = []
    for (let length = letters.length - edits; length <= letters.length + edits; length++)
      for (const term of this.ofLength(length))
        if (HelpcenterTerms.areNear(letters, term, edits)) found.push(term.join(""))
    return found
  }

  ofLength(length) {
    if (!this.lengths) {
      this.lengths = new Map()
      for (const term of this.all.map(term => Array.from(term))) {
        if (!this.lengths.has(term.length)) this.lengths.set(term.length, [])
        this.lengths.get(term.length).push(term)
      }
    }
    return this.lengths.get(length) || []
  }

  /* Optimal string alignment, only as far beside the diagonal as there may be edits. */
  static areNear(a, b, edits) {
    const far = edits + 1
    let before = [], above = b.map((_, j) => j + 1 > edits ? far : j + 1)
    above.unshift(0)
    for (let i = 1; i <= a.length; i++) {
      const row = new Array(b.length + 1).fill(far)
      if (i <= edits) row[0] = i
      let least = row[0]
      for (let j = Math.max(1, i - edits); j <= Math.min(b.length, i + edits); j++) {
        let cost = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1)
        row[j] = cost
        least = Math.min(least, cost)
      }
      if (least > edits) return false
      before = above
      above = row
    }
    return above[b.length] <= edits
  }
}
