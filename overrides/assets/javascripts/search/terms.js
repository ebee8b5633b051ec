/*
 * The terms of an index that a word stands for: the counterpart of terms.py.
 *
 * lunr finds them by walking two automata. The one of a misspelled word has nodes for every pair of mistakes: a million
 * for a word of thirty letters. Comparing the word with the terms costs at most as much as there are terms, and most of
 * them lack too many of its letters to be compared at all.
 */
"use strict"

class HelpcenterTerms {
  constructor(terms) {
    this.all = terms
    this.places = new Map(terms.map((term, place) => [term, place]))
  }

  exact(word) { return this.places.has(word) ? [word] : [] }
  holding(part) { return this.all.filter(term => term.includes(part)) }

  /* They are sorted, so that those with one beginning stand together. */
  beginning(start) {
    let from = 0, to = this.all.length
    while (from < to) {
      const middle = (from + to) >> 1
      if (this.all[middle] < start) from = middle + 1
      else to = middle
    }
    while (to < this.all.length && this.all[to].startsWith(start)) to++
    return this.all.slice(from, to)
  }

  /* Terms that so many letters added, missing, wrong or exchanged with their neighbour lead to; or a beginning of them. */
  near(word, edits, beginning = false) {
    const letters = Array.from(word), sign = HelpcenterTerms.sign(letters), { terms, signs } = this.spelled()
    const found = []
    for (let place = 0; place < terms.length; place++) {
      const term = terms[place], longer = term.length - letters.length
      if (longer < -edits || (!beginning && longer > edits)) continue
      // A letter that only one of the two has takes one mistake; a wrong one accounts for one on either side.
      if (HelpcenterTerms.count(sign & ~signs[place]) > edits) continue
      if (!beginning && HelpcenterTerms.count(signs[place] & ~sign) > edits) continue
      if (HelpcenterTerms.areNear(letters, term, edits, beginning)) found.push(this.all[place])
    }
    return found
  }

  /* Each term as a list of its letters, and which letters it has, told apart by 32 bits. */
  spelled() {
    if (!this.letters) {
      const terms = this.all.map(term => Array.from(term))
      this.letters = { terms, signs: Int32Array.from(terms, HelpcenterTerms.sign) }
    }
    return this.letters
  }

  static sign(letters) { return letters.reduce((bits, letter) => bits | 1 << (letter.codePointAt(0) & 31), 0) }

  static count(bits) {
    let count = 0
    for (; bits; bits &= bits - 1) count++
    return count
  }

  /* Optimal string alignment, only as far beside the diagonal as there may be edits. */
  static areNear(a, b, edits, beginning) {
    const far = edits + 1, width = Math.min(b.length, a.length + edits)
    let before = [], above = [0]
    for (let j = 1; j <= width; j++) above.push(j > edits ? far : j)
    for (let i = 1; i <= a.length; i++) {
      const row = new Array(width + 1).fill(far)
      if (i <= edits) row[0] = i
      let least = row[0]
      for (let j = Math.max(1, i - edits); j <= Math.min(width, i + edits); j++) {
        let cost = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1)
        row[j] = cost
        least = Math.min(least, cost)
      }
      if (least > edits) return false
      before = above
      above = row
    }
    return (beginning ? Math.min(...above) : above[b.length]) <= edits
  }
}
