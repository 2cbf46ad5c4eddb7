import { expect } from 'chai'
import { databaseSettings } from '../test/database-settings.ts'
import { connectionTarget } from './connection-target.ts'
import { DatabaseSettingError } from './database-setting-error.ts'

const targetOf = (url: string) => connectionTarget(databaseSettings(url))

const refusalOf = (url: string): unknown => {
  try {
    return targetOf(url)
  } catch (error) {
    return error instanceof DatabaseSettingError ? error.fault.message : error
  }
}

describe('the address of the database', () => {
  it('is taken part by part, with what its encoding hides', () => {
    expect(targetOf('postgres://re%40der:p%2Fss@database.example:6432/pull%20secrets')).to.deep.equal({
      place: { host: 'database.example', port: 6432, role: 're@der', database: 'pull secrets' },
      password: 'p/ss',
    })
  })

  it('needs neither a port nor brackets that only an address has', () => {
    expect(targetOf('postgres://reader@[2001:db8::1]/pull').place).to.include({ host: '2001:db8::1', port: 5432 })
  })

  const refused: ReadonlyArray<readonly [string, string, RegExp]> = [
    ['a parameter', 'postgres://canary:canary@canary.example/canary?sslmode=require', /nothing after the name/],
    ['a fragment', 'postgres://canary:canary@canary.example/canary#canary', /nothing after the name/],
    ['no role', 'postgres://canary.example/canary', /must read postgres:/],
    ['no database', 'postgres://canary:canary@canary.example/', /must read postgres:/],
    ['a broken encoding', 'postgres://canary:canary%zz@canary.example/canary', /must read postgres:/],
    ['no address', 'canary', /must read postgres:/],
  ]
  refused.forEach(([what, url, message]) => {
    it(`is refused with ${what}, and not repeated`, () => {
      expect(refusalOf(url))
        .to.match(/^database\.url /)
        .and.to.match(message)
        .and.not.to.include('canary')
    })
  })
})
