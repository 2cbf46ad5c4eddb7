import { expect } from 'chai'
import { makeUndoList } from './undo-list.ts'

describe('what a sandbox has started', () => {
  it('is undone in reverse order, once, and to the end even when a step fails', async () => {
    const undone: Array<string> = []
    const undo = makeUndoList()
    undo.add(() => {
      undone.push('first')
      return Promise.resolve()
    })
    undo.add(() => Promise.reject(new Error('a step failed')))
    undo.add(() => {
      undone.push('last')
      return Promise.resolve()
    })
    const failures = await Promise.all(
      [undo.run(), undo.run()].map((run) => run.catch((error: unknown) => (error as Error).message)),
    )
    expect(undone).to.deep.equal(['last', 'first'])
    expect(failures).to.deep.equal(['a step failed', 'a step failed'])
  })
})
