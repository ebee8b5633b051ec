/* What every Snowball stemmer stands on. The stemmers themselves are in stemmers.js, which the build writes. */
"use strict"

var helpcenterStemmers = Object.create(null)

class HelpcenterStemmer {
  stem(word) {
    this.current = word
    this.cursor = 0
    this.limit = word.length
    this.limit_backward = 0
    this.bra = 0
    this.ket = word.length
    this._stem()
    return this.current
  }

  /* Characters: one step forward or backward when the character is (or is not) in a set. */
  in_grouping(set) { return this.step(set, true) }
  out_grouping(set) { return this.step(set, false) }
  in_grouping_b(set) { return this.step_b(set, true) }
  out_grouping_b(set) { return this.step_b(set, false) }
  go_in_grouping(set) { while (this.step(set, true)) { } return this.cursor < this.limit }
  go_out_grouping(set) { while (this.step(set, false)) { } return this.cursor < this.limit }
  go_in_grouping_b(set) { while (this.step_b(set, true)) { } return this.cursor > this.limit_backward }
  go_out_grouping_b(set) { while (this.step_b(set, false)) { } return this.cursor > this.limit_backward }

  step(set, wanted) {
    if (this.cursor >= this.limit || set.has(this.current[this.cursor]) !== wanted) return false
    this.cursor++
    return true
  }

  step_b(set, wanted) {
    if (this.cursor <= this.limit_backward || set.has(this.current[this.cursor - 1]) !== wanted) return false
    this.cursor--
    return true
  }

  eq_s(text) {
    if (this.cursor + text.length > this.limit || !this.current.startsWith(text, this.cursor)) return false
    this.cursor += text.length
    return true
  }

  eq_s_b(text) {
    if (this.cursor - text.length < this.limit_backward || !this.current.endsWith(text, this.cursor)) return false
    this.cursor -= text.length
    return true
  }

  /* Rows are [text, result, method name]; the longest text that stands at the cursor wins, if its method agrees. */
  find_among(rows) {
    const start = this.cursor
    return this.choose(rows, this.limit - start, length => start + length, length => this.current.slice(start, start + length))
  }

  find_among_b(rows) {
    const start = this.cursor
    return this.choose(rows, start - this.limit_backward, length => start - length, length => this.current.slice(start - length, start))
  }

  choose(rows, room, position, text) {
    // By their text, as some stemmers have hundreds; kept with the rows.
    rows.known ||= new Map(rows.map(row => [row[0], row]))
    rows.lengths ||= [...new Set(rows.map(row => row[0].length))].sort((a, b) => b - a)
    for (const length of rows.lengths) {
      const row = length <= room && rows.known.get(text(length))
      if (!row) continue
      this.cursor = position(length)
      if (row.length < 3) return row[1]
      const agreed = this[row[2]]()
      if (agreed) {
        this.cursor = position(length)
        return row[1]
      }
    }
    return 0
  }

  replace_s(start, end, text) {
    const growth = text.length - (end - start)
    this.current = this.current.slice(0, start) + text + this.current.slice(end)
    this.limit += growth
    if (this.cursor >= end) this.cursor += growth
    else if (this.cursor > start) this.cursor = start
    return growth
  }

  slice_from(text) {
    this.replace_s(this.bra, this.ket, text)
    this.ket = this.bra + text.length
  }

  slice_del() { this.slice_from("") }

  insert(start, end, text) {
    const growth = this.replace_s(start, end, text)
    if (start <= this.bra) this.bra += growth
    if (start <= this.ket) this.ket += growth
  }

  slice_to() { return this.current.slice(this.bra, this.ket) }
  assign_to() { return this.current.slice(0, this.limit) }
}
