import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { makeOwnNames } from './distribution-user-name.ts'
import { type HtpasswdContent, parseHtpasswd, renderHtpasswd } from './distribution-wire.ts'

const names = makeOwnNames('prod')
const own = names.nameOf('one')

const parsed = (text: string): HtpasswdContent => {
  const content = parseHtpasswd(text, names)
  if (E.isLeft(content)) throw new Error(content.left)
  return content.right
}

describe('the text of an htpasswd file', () => {
  it('is told apart into our users and everything else', () => {
    const comment = `# pull-secret-service deployment=${names.deployment} fence=7`
    const content = parsed(`${comment}\ndocker:$2y$05$x\n\n# by hand\n${own}:$2b$10$y\n`)
    expect(content.fence).to.equal(7)
    expect([...content.own]).to.deep.equal([[own, '$2b$10$y']])
    expect(content.foreign).to.deep.equal(['docker:$2y$05$x', '', '# by hand'])
  })

  it('keeps every foreign line as it was', () => {
    const foreign = [
      'docker:$2y$05$x',
      '',
      '  spaced :$2y$ \r',
      '# a comment: with a colon',
      'caf\xe9:$2y$05$z',
      ':no name',
      '# pull-secret-service deployment=other-00000000 fence=9',
    ]
    for (const text of [foreign.join('\n'), `${foreign.join('\n')}\n`]) {
      const rendered = renderHtpasswd({ ...parsed(text), fence: 1 }, names)
      expect(rendered).to.equal(`# pull-secret-service deployment=${names.deployment} fence=1\n${foreign.join('\n')}\n`)
    }
  })

  it('is read back as it was rendered', () => {
    const content = {
      fence: 3,
      own: new Map([
        [own, '$2b$10$y'],
        [names.nameOf('two'), '$2b$10$z'],
      ]),
      kept: new Set([own]),
      foreign: ['docker:$2y$05$x'],
    }
    expect(parsed(renderHtpasswd(content, names))).to.deep.equal(content)
  })

  it('is malformed with a line without a colon, wherever it stands', () => {
    for (const text of ['docker', `docker:x\n${own}\n`, '  x  \n'])
      expect(parseHtpasswd(text, names), text).to.deep.equal(E.left('malformed'))
  })

  it('may be empty', () => {
    expect(parsed('')).to.deep.equal({ fence: 0, own: new Map(), kept: new Set(), foreign: [] })
  })

  it('counts the last of two lines with one name, as the registry does', () => {
    expect([...parsed(`${own}:first\n${own}:last\n`).own]).to.deep.equal([[own, 'last']])
  })
})
