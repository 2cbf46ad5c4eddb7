import { expect } from 'chai'
import { takeTurns, type Turn } from './take-turns.ts'

const threeTurns = () => {
  const shown: Array<string> = []
  const turns = takeTurns(3, { out: (text) => shown.push(text), err: (text) => shown.push(`!${text}`) })
  return { shown, turns: turns as [Turn, Turn, Turn] }
}

describe('take turns', () => {
  it('shows the first writer as it writes, and holds back the others', () => {
    const { shown, turns } = threeTurns()
    turns[1].out('b')
    turns[0].out('a1')
    turns[0].err('a2')
    expect(shown).to.deep.equal(['a1', '!a2'])
  })

  it('shows what a writer held back, in its order, when those before it have ended', () => {
    const { shown, turns } = threeTurns()
    turns[2].out('c')
    turns[1].out('b1')
    turns[1].err('b2')
    turns[0].end()
    turns[1].out('b3')
    expect(shown).to.deep.equal(['b1', '!b2', 'b3'])
    turns[1].end()
    expect(shown.at(-1)).to.equal('c')
  })

  it('shows all of a writer that ended before its turn', () => {
    const { shown, turns } = threeTurns()
    turns[1].out('b')
    turns[1].end()
    turns[2].out('c')
    turns[2].end()
    expect(shown).to.deep.equal([])
    turns[0].end()
    expect(shown).to.deep.equal(['b', 'c'])
  })
})
