/* What was found, as the page shows it: texts with the stretches that matched, never markup. */
"use strict"

const TEASER = 200, BEFORE = 50, SECTIONS = 6

/* A text, and of each of its letters in what form it is compared: marks are places in the text as it is written. */
class HelpcenterUnfolded {
  constructor(analyzer, word) {
    this.text = ""
    this.places = []
    // A letter with its accents, and the half of a Japanese syllable with its voicing, are compared as one.
    for (const { 0: letter, index } of word.matchAll(/[\s\S][\p{M}\uff9e\uff9f]*/gu)) {
      const form = analyzer.comparable ? analyzer.comparable(letter) : analyzer.fold(analyzer.lower(letter.normalize("NFKC")))
      for (let i = 0; i < form.length; i++) this.places.push([index, index + letter.length])
      this.text += form
    }
  }

  /* Where a part stands in the text, as [start, end]. */
  find(part) {
    const found = []
    for (let i = this.text.indexOf(part); part && i >= 0; i = this.text.indexOf(part, i + 1))
      found.push([this.places[i][0], this.places[i + part.length - 1][1]])
    return found
  }
}

/* The stretches of a text that matched, as [start, end]. */
function helpcenterMarks(analyzer, text, terms) {
  const marks = []
  // Of a script without spaces the pairs are marked; a character alone only when nothing longer matched.
  const grams = [...terms].filter(term => analyzer.hasGrams.test(term))
  const longest = grams.filter(term => Array.from(term).length > 1)
  const mixed = analyzer.hasGrams.test(text.normalize("NFKC"))
  for (const { 0: word, index } of analyzer.words(text)) {
    if (!mixed || !analyzer.hasGrams.test(word.normalize("NFKC"))) {
      if (analyzer.terms(word).some(term => terms.has(term))) marks.push([index, index + word.length])
    } else if (grams.length) {
      const unfolded = new HelpcenterUnfolded(analyzer, word)
      for (const gram of longest.length ? longest : grams)
        for (const [start, end] of unfolded.find(gram)) marks.push([index + start, index + end])
    }
  }
  marks.sort((a, b) => a[0] - b[0] || b[1] - a[1])
  return marks.reduce((joined, [start, end]) => {
    const last = joined[joined.length - 1]
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else joined.push([start, end])
    return joined
  }, [])
}

/* The part of a text where most matches stand together, as [text, marks]. */
function helpcenterTeaser(analyzer, text, terms) {
  const marks = helpcenterMarks(analyzer, text, terms)
  let start = 0, most = 0
  marks.forEach(([at], i) => {
    const count = marks.slice(i).filter(([other]) => other < at + TEASER - BEFORE).length
    if (count > most) [most, start] = [count, Math.max(0, at - BEFORE)]
  })
  // Begin and end between words where there are spaces near; never within a character.
  const space = start ? text.slice(start, start + BEFORE).search(/\s/) : -1
  start += space + 1
  // What parts the cells of a table parts nothing at an end of the text.
  if (start && text.startsWith("· ", start)) start += 2
  let end = Math.min(text.length, start + TEASER)
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), end - BEFORE)
  if (text.slice(start, end).endsWith(" ·")) end -= 2
  if (/[\udc00-\udfff]/.test(text.charAt(start))) start++
  if (/[\udc00-\udfff]/.test(text.charAt(end))) end++
  const before = start ? "… " : "", by = before.length - start
  return [
    before + text.slice(start, end) + (end < text.length ? " …" : ""),
    marks.filter(([from, to]) => to > start && from < end)
      .map(([from, to]) => [Math.max(from, start) + by, Math.min(to, end) + by])
  ]
}

function helpcenterHit(hit) {
  const { page, anchor, scored, group, number, answers } = hit, asked = answers.filter(answer => !answer.concept.stop)
  // Small words are on every page, and say nothing of this one.
  const found = (asked.length ? asked : answers).flatMap(answer => [...answer.termsOn(number).keys()])
  const telling = found.filter(term => !group.analyzer.stop.has(term)), terms = new Set(telling.length ? telling : found)
  const marked = text => [text, helpcenterMarks(group.analyzer, text, terms)]
  const teaser = section => helpcenterTeaser(group.analyzer, section ? section.text : page.summary || "", terms)
  return {
    url: page.url, anchor, type: page.type, lang: page.lang, score: hit.score, best: hit.best,
    title: marked(page.title),
    answer: page.answer ? marked(page.answer) : null,
    teaser: teaser(scored.find(section => anchor ? section.anchor === anchor : !section.anchor) || scored[0]),
    sections: scored.filter(section => section.anchor).slice(0, SECTIONS).map(section => (
      { anchor: section.anchor, title: marked(section.heading), teaser: teaser(section) }
    ))
  }
}

/* The answer to a query, as docs/formats/search.md describes it. */
function helpcenterFound(search, text, limit) {
  const found = search.query(text, limit)
  return { ...found, hits: found.hits.map(helpcenterHit), others: found.others.map(helpcenterHit) }
}
