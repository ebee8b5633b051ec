/* Words typed with another layout of the keyboard, and keys that lie beside each other: the counterpart of keyboards.py. */
"use strict"

const ROWS = 4, SHIFTS = [0, 0.5, 0.75, 1.25], NEAR = 1
const INITIAL = "ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ".split(" ")
const MEDIAL = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split(" ")
const FINAL = "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split(" ")
// A consonant belongs to the syllable before it only when no vowel follows.
const KEYS = /([ㄱ-ㅎ])(ㅗ[ㅏㅐㅣ]|ㅜ[ㅓㅔㅣ]|ㅡㅣ|[ㅏ-ㅣ])((?:ㄱㅅ|ㄴ[ㅈㅎ]|ㄹ[ㄱㅁㅂㅅㅌㅍㅎ]|ㅂㅅ|[ㄱ-ㄷㄹ-ㅂㅅ-ㅈㅊ-ㅎ])(?![ㅏ-ㅣ]))?/gu

class HelpcenterKeyboard {
  constructor(layouts, latin, fold) {
    this.layouts = layouts
    this.latin = latin.length ? this.compared(new Map(latin)) : null
    this.fold = fold
  }

  /* What a text may have been meant as, each word of it whole; a word with any other sign stays as it is. */
  readings(text) {
    const typed = text.replace(/^[ \t\n\r\u00a0\u3000]+|[ \t\n\r\u00a0\u3000]+$/g, "").split(/[ \t\n\r\u00a0\u3000]+/)
    this.tables ||= this.layouts.flatMap(a => this.layouts.filter(b => a !== b).map(b => this.reading(a, b)))
    const found = new Set(this.tables.map(table => typed.map(word => this.read(word, table)).join(" ")))
    found.delete(typed.join(" "))
    if (this.latin) {
      const reading = typed.map(word => this.read(word.toLowerCase(), this.latin)).join(" ")
      if (reading !== typed.join(" ").toLowerCase()) found.add(reading)
    }
    return [...found]
  }

  read(word, { table, key }) {
    const typed = HelpcenterKeyboard.decompose(word)
    if (typed.replace(key, "") || !/\p{L}/u.test(word + typed)) return word
    return HelpcenterKeyboard.compose(typed.replace(key, match => table.get(match)))
  }

  /* What was typed → what the same keys mean on another layout; a plain key before one with Shift. */
  reading(typed, meant) {
    const keys = layout => Array.from(layout.slice(0, ROWS).join("") + this.shifted(layout))
    const table = new Map(), other = keys(meant)
    keys(typed).forEach((key, i) => {
      // The one key of lam and alef writes two letters.
      const written = key >= "ㄱ" && key <= "ㅣ" ? key : key.normalize("NFKC")
      if (!table.has(written)) table.set(written, other[i])
    })
    return this.compared(table)
  }

  compared(table) {
    const any = [...table.keys()].sort((a, b) => b.length - a.length).map(key => key.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|")
    return { table, key: new RegExp(any, "gu") }
  }

  shifted(layout) {
    const rows = layout.slice(ROWS)
    const upper = row => row.toUpperCase().length === row.length ? row.toUpperCase() : row
    return (rows.length ? rows : layout.map(upper)).join("")
  }

  isNeighbour(one, other) {
    this.neighbours ||= this.allNeighbours()
    return this.neighbours.has(one + other)
  }

  allNeighbours() {
    const keys = this.layouts[0].slice(0, ROWS).flatMap((row, y) => Array.from(row)
      .map((key, place) => [this.fold(key.toLowerCase()), place + SHIFTS[y], y, key])).filter(key => /^\p{L}$/u.test(key[3]))
    const found = new Set()
    for (const [one, x, y] of keys)
      for (const [other, at, row] of keys)
        if (one !== other && Math.abs(x - at) <= NEAR && Math.abs(y - row) <= 1) found.add(one + other)
    return found
  }

  /* Syllables of Hangul letters, in the order of their keys; and the keys of syllables. */
  static compose(keys) {
    return keys.replace(KEYS, (_, initial, medial, final) => String.fromCharCode(
      0xac00 + (INITIAL.indexOf(initial) * 21 + MEDIAL.indexOf(medial)) * 28 + (final ? FINAL.indexOf(final) + 1 : 0)))
  }

  static decompose(text) {
    return text.replace(/[가-힣]/g, syllable => {
      const number = syllable.charCodeAt(0) - 0xac00, final = number % 28
      return INITIAL[Math.floor(number / 588)] + MEDIAL[Math.floor(number / 28) % 21] + (final ? FINAL[final - 1] : "")
    })
  }
}
