/* Characters that are spoken alike, and words typed as they are spoken: the counterpart of sounds.py. */
"use strict"

const ALIKE = /([zcs])h|ng(?![aeiou])/g, WORD = 2, SINGLE = 3, NEXT_TO = 1, SOUNDING = 0.9

/* The words of a group of pages by their sounds. */
class HelpcenterSounds {
  constructor(lookup) {
    const { scripts } = lookup.analyzer.tables
    this.lookup = lookup
    this.han = new RegExp(`^[${scripts[0]}]+$`, "u")
  }

  isHan(word) { return this.han.test(word) }

  /* Character → its sounds. */
  get known() {
    if (this.sounds) return this.sounds
    const common = Array.from(HelpcenterSounds.common()), { sounds: runs, readings } = this.lookup.group.rules
    this.sounds = new Map()
    let place = 0
    for (const [, sound, count] of runs.matchAll(/([a-z]+)([0-9]+)/g)) {
      for (const character of common.slice(place, place + Number(count))) this.sounds.set(character, [sound])
      place += Number(count)
    }
    for (const [sound, characters] of readings)
      for (const character of characters) this.sounds.set(character, [...this.sounds.get(character) || [], sound])
    return this.sounds
  }

  /* The characters of the first level of GB 2312, in its order, which is that of their sounds. */
  static common() {
    const bytes = []
    for (let row = 0xb0; row < 0xd8; row++)
      // The last row is not full.
      for (let cell = 0xa1; cell < (row < 0xd7 ? 0xff : 0xfa); cell++) bytes.push(row, cell)
    return new TextDecoder("gb2312").decode(Uint8Array.from(bytes))
  }

  /* How a word may sound, in letters of English; nothing when a character of it is not known. */
  of(word) {
    const ways = Array.from(word).reduce(
      (ways, character) => ways.flatMap(way => (this.known.get(character) || []).map(sound => way + sound)), [""])
    return [...new Set(ways.map(HelpcenterSounds.plain))]
  }

  /* Without what many speakers do not tell apart: z and zh, in and ing. */
  static plain(letters) { return letters.replace(ALIKE, (_, before) => before || "n") }

  /* Words of titles and keywords, those of titles first. */
  get named() {
    const { lookup } = this
    const terms = () => lookup.terms.all.filter(term => this.isHan(term) && lookup.heft(term) <= NAMING)
    return this.names ||= new Set(terms().sort((a, b) => lookup.heft(a) - lookup.heft(b)))
  }

  /* Those, and words of the shop's vocabulary: all that leads to a page. */
  get sayable() {
    const { group } = this.lookup
    const words = () => [...group.synonyms, ...group.one_way.map(([typed, found]) => [typed, ...found])].flat()
    return this.said ||= new Set([...this.named, ...words().flatMap(word => this.lookup.termsOf(word)).filter(term => this.isHan(term))])
  }

  /* Sound → words: those that lead to a page, then small ones. */
  get words() {
    if (this.spoken) return this.spoken
    const { cut, stop } = this.lookup.group.rules
    this.spoken = new Map()
    for (const word of new Set([...this.sayable, ...[...cut, ...stop.split(" ")].filter(small => this.isHan(small))]))
      for (const way of this.of(word)) this.spoken.set(way, [...this.spoken.get(way) || [], word])
    return this.spoken
  }

  /* Pairs of characters that sound like one, with one of them another: in titles and keywords. */
  alike(pair) {
    const typed = Array.from(pair), isOther = word => {
      const characters = Array.from(word)
      return characters.length === 2 && typed.length === 2 && (characters[0] === typed[0]) !== (characters[1] === typed[1])
    }
    const words = new Set(this.of(pair).flatMap(way => this.words.get(way) || []))
    // Two others are too often the end of one word and the beginning of the next.
    const found = [...words].filter(word => this.named.has(word) && isOther(word)).slice(0, CORRECTIONS)
    return found.map(word => this.lookup.strand(word, SIMILAR * SOUNDING))
  }

  /* What was typed by its sound in the characters of known words; nothing when a part of it is no word. */
  write(text) {
    const letters = this.lookup.analyzer.read(text).map(piece => piece.surface).join("")
    if (!/^[a-z]+$/.test(letters)) return ""
    const typed = HelpcenterSounds.plain(letters), longest = Math.max(0, ...[...this.words.keys()].map(sound => sound.length))
    // Place → last character → cost, whether it says something, and what is written up to there.
    const ways = Array.from({ length: typed.length + 1 }, () => new Map())
    ways[0].set("", [0, false, ""])
    ways.forEach((before, start) => {
      for (let end = start + 1; before.size && end <= Math.min(start + longest, typed.length); end++) {
        for (const word of this.words.get(typed.slice(start, end)) || []) {
          const characters = Array.from(word), last = characters[characters.length - 1]
          for (const [ending, [cost, says, text]] of before) {
            const isPair = this.lookup.terms.places.has(ending + characters[0])
            const more = cost + (characters.length === 1 ? SINGLE : WORD) - (isPair && ending ? NEXT_TO : 0)
            const known = ways[end].get(last)
            if (!known || more < known[0]) ways[end].set(last, [more, says || this.sayable.has(word), text + word])
          }
        }
      }
    })
    const found = [...ways[typed.length].values()].filter(way => way[1])
    return found.length ? found.reduce((best, way) => way[0] < best[0] ? way : best)[2] : ""
  }
}
