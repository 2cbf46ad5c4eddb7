import { expect } from 'chai'
import { markedCount, runnableBlocks, scriptOf } from './runnable-blocks.ts'

const page = `# Page

\`\`\`sh
not marked
\`\`\`

<!-- runnable -->
\`\`\`sh
one
two
\`\`\`

<!-- runnable, needs psql, jq -->
\`\`\`sh
three
\`\`\`

<!-- runnable -->
\`\`\`python
print("four")
\`\`\`
`

describe('the runnable blocks of a document', () => {
  it('are those that are marked, with what they need', () => {
    expect(runnableBlocks(page)).to.deep.equal([
      { line: 8, language: 'sh', needs: [], text: 'one\ntwo\n' },
      { line: 14, language: 'sh', needs: ['psql', 'jq'], text: 'three\n' },
      { line: 19, language: 'python', needs: ['python3'], text: 'print("four")\n' },
    ])
    expect(markedCount(page)).to.equal(3)
  })

  it('are one script, in order', () => {
    expect(scriptOf(runnableBlocks(page))).to.match(/one\ntwo\n[^]*three\n[^]*print\("four"\)\n[^]*python3 /)
  })

  it('count as marked although nobody could run them', () => {
    expect(markedCount('<!-- runnable -->\n\nwords')).to.equal(1)
    expect(runnableBlocks('<!-- runnable -->\n\nwords')).to.deep.equal([])
  })
})
