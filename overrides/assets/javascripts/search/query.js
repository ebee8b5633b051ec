/* Asking an index: the counterpart of query.py, with the same numbers and the same ranking. */
"use strict"

const ANSWERED = 0.15, COUNTED = 0.3, STOP = 0.05, OVERVIEW = 0.3, NEXT = 2, SAME = 0.5, SURE = 0.35, SHORTEST = 3
const REREAD = 20, PAGES = 30, LONGEST = 120

/* What a group of pages holds for a text. */
class HelpcenterFound {
  constructor(group, answers, suggestion) {
    this.group = group
    this.answers = answers
    this.asked = answers.filter(answer => !answer.concept.stop)
    this.suggestion = suggestion
    this.pages = []
    // The largest part of the words that one page answers by themselves.
    this.share = 0
  }

  get missed() { return this.asked.filter(answer => !answer.pages.numbers.length).map(answer => answer.concept.label) }
  wanted(number) { return this.asked.map(answer => answer.termsOn(number)) }
}

/* The pages of one language. */
class HelpcenterGroup {
  constructor(group, pages) {
    this.kind = group.kind
    this.rules = group.rules
    this.analyzer = group.analyzer
    this.documents = group.documents
    this.pages = pages
    this.answers = new HelpcenterAnswers(group, pages)
    this.read = new Map()
    this.named = new Map()
  }

  find(text, corrected = true) {
    let answers = this.answers.of(text), suggestion = ""
    if (corrected) {
      [answers, suggestion] = this.retyped(text, answers)
      if (suggestion) text = suggestion
      else {
        this.answers.correct(answers, text)
        suggestion = this.answers.suggestion(answers, text)
      }
    }
    const found = new HelpcenterFound(this, answers.map(answer => answer.settle()), suggestion)
    found.pages = this.rank(found, text)
    found.share = found.pages.reduce((most, page) => Math.max(most, page.share), 0)
    return found
  }

  /* Read a text of which nothing is found as if it was typed on another layout of the keyboard, or by its sound. */
  retyped(text, answers) {
    const asked = answers.filter(answer => !answer.concept.stop)
    if (asked.length && !asked.some(answer => answer.nearness >= ANSWERED)) {
      for (const reading of this.analyzer.retyped(text)) {
        const read = this.answers.of(reading)
        // Some single letters of any text make sense.
        const isWord = answer => answer.nearness >= DIRECT && answer.typed.every(({ surface }) => helpcenterLength(surface) >= SHORTEST)
        if (read.length && read.every(answer => answer.concept.stop || isWord(answer))) return [read, reading]
      }
      const { sounds } = this.answers.lookup, spoken = sounds && sounds.write(text)
      if (spoken) return [this.answers.of(spoken), spoken]
    }
    return [answers, ""]
  }

  rank(found, text) {
    const allStop = found.answers.every(answer => answer.concept.stop), numbers = []
    const asked = allStop ? found.answers.length : found.asked.length
    const [scores, shares] = [0, 1].map(() => new Float64Array(this.pages.length))
    const [seen, answered, direct] = [0, 1, 2].map(() => new Uint16Array(this.pages.length))
    let most = 0
    for (const answer of found.answers) {
      const { numbers: held, near, most: worth } = answer.pages
      if (!held.length) continue
      const counts = allStop || !answer.concept.stop, weight = counts ? 1 : STOP
      most += weight
      const rarity = weight * this.rarity(answer)
      for (const number of held) {
        if (!seen[number]++) numbers.push(number)
        scores[number] += worth[number] * rarity
        shares[number] += weight * Math.min(1, near[number] / DIRECT)
        if (counts && near[number] >= ANSWERED) answered[number]++
        if (counts && near[number] >= DIRECT) direct[number]++
      }
    }
    const named = this.allNamed(text)
    // A page that holds nothing but the query's small words answers nothing, unless there are no other words.
    const answering = numbers.some(number => answered[number]) ? numbers.filter(number => answered[number]) : numbers
    return this.reread(found, answering.map(number => ({
      number, named: named.has(number), answered: answered[number], share: direct[number] / asked, source: found,
      score: helpcenterRounded(scores[number] * (shares[number] / most) * (this.pages[number].type === "index" ? OVERVIEW : 1))
    })).sort(HelpcenterGroup.order))
  }

  static order(a, b) { return b.named - a.named || b.score - a.score || a.number - b.number }

  /* What a concept weighs by the number of pages that answer it. */
  rarity({ pages }) {
    let count = 0
    for (const number of pages.numbers) if (pages.near[number] >= COUNTED) count++
    count ||= pages.numbers.length
    return Math.sqrt(helpcenterRounded(Math.log(1 + (this.documents.length - count + 0.5) / (count + 0.5))))
  }

  /* Put pages first that answer a query of several words in one place. */
  reread(found, ranked) {
    const beside = found.asked.length - 1
    if (beside < 1) return ranked
    const again = ranked.slice(0, REREAD).map(page => {
      const [pairs, most] = this.passages(page.number).together(found.wanted(page.number))
      const together = (1 + NEXT * pairs / beside) * (1 + SAME * Math.max(0, most - 1) / beside)
      return { ...page, score: helpcenterRounded(page.score * together) }
    })
    return [...again.sort(HelpcenterGroup.order), ...ranked.slice(REREAD)]
  }

  /* The pages that are named as the query is: title or keyword are the same, from the first word to the last. */
  allNamed(text) {
    const spellings = this.analyzer.read(text).map(({ surface }) => [surface, ...this.analyzer.variants(surface)])
    const isNamed = number => this.names(number).some(name =>
      name.length === spellings.length && name.every((word, i) => spellings[i].includes(word.surface)))
    // A word is a term of each page that is named so.
    const likely = spellings.length ? spellings[0].flatMap(word => [...this.answers.lookup.worth(word).numbers]) : []
    return new Set(likely.filter(isNamed))
  }

  texts(number) {
    const { title, keywords, bridge } = this.pages[number]
    return this.kind === "bridge" ? bridge.filter(([anchor]) => !anchor).map(([, name]) => name) : [title, ...keywords]
  }

  names(number) {
    if (!this.named.has(number)) this.named.set(number, this.texts(number).map(name => this.analyzer.read(name)))
    return this.named.get(number)
  }

  passages(number) {
    if (!this.read.has(number)) {
      const { answer, sections, bridge } = this.pages[number], names = this.texts(number)
      const [all, shown] = this.kind === "bridge"
        ? [names, bridge.filter(([anchor]) => anchor).map(([anchor, name]) => [anchor, name, ""])] : [[...names, answer], sections]
      this.read.set(number, new HelpcenterPassages(all, shown, this.analyzer))
    }
    return this.read.get(number)
  }
}

class HelpcenterSearch {
  constructor(raw) {
    const index = this.index = new HelpcenterIndex(raw)
    this.language = index.language
    this.pages = index.pages
    this.popular = index.popular
    this.made = []
    // The pages of the locale are read at once.
    this.group(0)
  }

  /* Read the rest while somebody is still typing; what is not ready then is read with the first query. */
  prepare() { for (const { answers } of this.groups) answers.reader }

  group(place) { return this.made[place] ||= new HelpcenterGroup(this.index.expand(place), this.pages) }
  get groups() { return this.index.kinds.map((_, place) => this.group(place)) }

  /* What a text finds: hits, others (pages in another language), missed (words nothing was found for), suggestion. */
  query(text, limit = PAGES) {
    text = Array.from(text.slice(0, 2 * LONGEST)).slice(0, LONGEST).join("")
    const [own, ...rest] = this.groups, found = own.find(text)
    // Nobody misspells a word in one language that is right in the other.
    const more = rest.map(group => group.find(text, found.share < DIRECT))
    const bridges = more.filter(other => other.group.kind === "bridge")
    const ranked = this.bridged(found, bridges.filter(bridge => bridge.share >= DIRECT))
    const shown = pages => pages.slice(0, Math.min(limit, PAGES)).map(page => this.hit(page))
    const hits = shown(ranked), share = Math.max(found.share, ...bridges.map(bridge => bridge.share))
    // What answers stands at the top of the page.
    if (hits.length && this.isBest(hits[0])) Object.assign(hits[0], { best: true, anchor: "" })
    const others = HelpcenterSearch.lifted(more.filter(other => other.group.kind === "other")
      .map(other => other.pages.filter(page => page.share === 1 || page.share > share)))
    // Whose pages are listed: what a word finds there was found.
    const listed = more.filter(one => one.group.kind === "bridge" || others.some(page => page.source === one))
    return {
      hits, others: shown(others),
      // What the longest list would show: a short one says how much more there is.
      total: Math.min(ranked.length, PAGES) + Math.min(others.length, PAGES),
      missed: found.missed.filter(word => listed.every(one => one.missed.includes(word))),
      suggestion: listed.every(one => one.share <= found.share) && found.suggestion || null
    }
  }

  hit(page) {
    const { source, number } = page, wanted = source.wanted(number)
    const { anchor, scores } = source.group.passages(number).best(wanted), read = this.pages[number]
    const scored = read.sections
      .map(([anchor, heading, text]) => ({ anchor, heading, text, score: scores.get(anchor) || 0 }))
      .filter(section => section.score > 0).sort((a, b) => b.score - a.score)
    return { ...page, page: read, anchor, scored, best: false, answers: source.answers, group: source.group }
  }

  /* Whether the short answer of a question answers every word that was typed. */
  isBest({ page, number, source }) {
    const wanted = source.wanted(number)
    return page.type === "faq" && Boolean(page.answer) && wanted.length > 0 && source.group.passages(number).namesAll(wanted, SURE)
  }

  /* Pages found by their names in another language stand first only when they answer more of what was typed. */
  bridged(own, bridges) {
    const parts = [
      ...bridges.filter(bridge => bridge.share > own.share).map(bridge => bridge.pages.filter(page => page.share > own.share)),
      own.pages,
      ...bridges.filter(bridge => bridge.share <= own.share).map(bridge => bridge.pages.filter(page => page.share >= DIRECT))
    ]
    const seen = new Set()
    return HelpcenterSearch.lifted(parts.map(part => part.filter(page => !seen.has(page.number) && seen.add(page.number))))
  }

  /* Let scores tell the order: to those of a better part is added what the best of the next one has. */
  static lifted(parts) {
    const lifted = []
    let best = 0
    for (const part of [...parts].reverse()) {
      for (const named of [false, true]) {
        const base = best
        for (const page of part.filter(page => page.named === named).reverse()) {
          best = helpcenterRounded(base + page.score)
          lifted.push({ ...page, score: best })
        }
      }
    }
    return lifted.reverse()
  }
}
