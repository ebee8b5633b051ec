/* What was found, in the shape that Material draws: for each page the page itself, then its sections. */
"use strict"

const TEASER = 200, BEFORE = 50, SECTIONS = 6

function helpcenterEscape(text) {
  return text.replace(/[&<>"]/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c])
}

/* The stretches of a text that matched, as [start, end]. */
function helpcenterSpans(analyzer, text, terms) {
  const spans = []
  // Of a script without spaces the pairs are shown; a character alone only when nothing longer matched.
  const grams = [...terms].filter(term => analyzer.hasGrams.test(term))
  const longest = grams.filter(term => Array.from(term).length > 1)
  for (const found of analyzer.words(text)) {
    const word = found[0], at = found.index
    if (!analyzer.hasGrams.test(word)) {
      if (analyzer.terms(word).some(term => terms.has(term))) spans.push([at, at + word.length])
      continue
    }
    for (const gram of longest.length ? longest : grams)
      for (let i = word.indexOf(gram); i >= 0; i = word.indexOf(gram, i + 1)) spans.push([at + i, at + i + gram.length])
  }
  spans.sort((a, b) => a[0] - b[0] || b[1] - a[1])
  return spans.reduce((joined, [start, end]) => {
    const last = joined[joined.length - 1]
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else joined.push([start, end])
    return joined
  }, [])
}

function helpcenterMark(analyzer, text, terms) {
  let html = "", from = 0
  for (const [start, end] of helpcenterSpans(analyzer, text, terms)) {
    html += `${helpcenterEscape(text.slice(from, start))}<mark>${helpcenterEscape(text.slice(start, end))}</mark>`
    from = end
  }
  return html + helpcenterEscape(text.slice(from))
}

/* The part of a text where most matches stand together. */
function helpcenterTeaser(analyzer, text, terms) {
  const spans = helpcenterSpans(analyzer, text, terms)
  let start = 0, most = 0
  spans.forEach(([at], i) => {
    const count = spans.slice(i).filter(([other]) => other < at + TEASER - BEFORE).length
    if (count > most) [most, start] = [count, Math.max(0, at - BEFORE)]
  })
  // Begin and end between words where there are spaces near.
  const space = start ? text.slice(start, start + BEFORE).search(/\s/) : -1
  start += space + 1
  let end = Math.min(text.length, start + TEASER)
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), end - BEFORE)
  const part = helpcenterMark(analyzer, text.slice(start, end), terms)
  return `${start ? "… " : ""}${part}${end < text.length ? " …" : ""}`
}

function helpcenterLanguageName(tag, locale) {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(tag) || tag
  } catch {
    return tag
  }
}

function helpcenterResults(search, text) {
  return search.query(text).map(hit => {
    const { group, page, anchor, scored, score, number } = hit
    const pages = hit.matches.map(match => match.pages.get(number))
    const terms = new Set(pages.flatMap(found => found ? [...found.terms.keys()] : []))
    const typed = Object.fromEntries(
      hit.concepts.map((concept, c) => [concept, pages[c]]).filter(([concept]) => !concept.stop)
        .map(([concept, found]) => [concept.label, Boolean(found)])
    )
    const teaser = section => section ? helpcenterTeaser(group.analyzer, section.text, terms) : ""
    const article = {
      location: page.url,
      title: helpcenterMark(group.analyzer, page.title, terms),
      text: teaser(anchor ? null : scored.find(section => !section.anchor) || scored[0]),
      score,
      terms: typed
    }
    // A page in another language says so.
    if (group !== search.groups[0]) article.tags = [helpcenterLanguageName(page.lang, search.language)]
    const sections = scored.filter(section => section.anchor).slice(0, SECTIONS).map(section => ({
      location: `${page.url}#${section.anchor}`,
      title: helpcenterMark(group.analyzer, section.heading, terms),
      text: teaser(section),
      // Material opens what scores as much as the page, and folds the rest away.
      score: section.anchor === anchor ? score : score / 2,
      terms: {}
    }))
    sections.sort((a, b) => b.score - a.score)
    return [article, ...sections]
  })
}
