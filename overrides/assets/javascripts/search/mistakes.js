/* How far a typed word is from a term: the counterpart of mistakes.py, with the same numbers. */
"use strict"

const WRONG = 1, SLIPPED = 0.7, SWAPPED = 0.7, DOUBLED = 0.6, FIRST = 0.5, LENGTHS = [4, 7, 10], BEGUN = 0.5, SLIP = 1.5

/* How many mistakes a word of so many letters may have. */
function helpcenterAllowed(length) { return LENGTHS.filter(least => length >= least).length }

/* How much it takes to make a word of a term, both as lists of letters; the word may be the beginning of the term. */
function helpcenterCost(word, term, isNeighbour, beginning) {
  const added = (letters, place) =>
    place === 1 ? WRONG + FIRST : letters[place - 1] === letters[place - 2] ? DOUBLED : WRONG
  let before = [], above = [0]
  for (let j = 1; j <= term.length; j++) above.push(above[j - 1] + added(term, j))
  for (let i = 1; i <= word.length; i++) {
    const row = [above[0] + added(word, i)]
    for (let j = 1; j <= term.length; j++) {
      const one = word[i - 1], other = term[j - 1], first = i === 1 || j === 1 ? FIRST : 0
      const wrong = one === other ? 0 : (isNeighbour(one, other) ? SLIPPED : WRONG) + first
      let least = Math.min(above[j] + added(word, i), row[j - 1] + added(term, j), above[j - 1] + wrong)
      if (Math.min(i, j) > 1 && one === term[j - 2] && word[i - 2] === other)
        least = Math.min(least, before[j - 2] + SWAPPED + (Math.min(i, j) > 2 ? 0 : FIRST))
      row.push(least)
    }
    before = above
    above = row
  }
  return beginning ? Math.min(...above) : above[term.length]
}

/* Whether words, both as lists of letters, differ by their endings, and by more than a slip: another form is no mistake. */
function helpcenterIsForm(word, term, isNeighbour) {
  let begun = 0
  while (begun < word.length && word[begun] === term[begun]) begun++
  return begun >= Math.max(LENGTHS[0], BEGUN * word.length) && helpcenterCost(word, term, isNeighbour, false) >= SLIP
}
