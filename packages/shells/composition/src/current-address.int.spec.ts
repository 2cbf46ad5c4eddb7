import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { secretText } from '@pull-secret/domain'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { currentAddress } from './current-address.ts'

const url = secretText('postgres://app:first@db.example/pull')

describe('the address of the database', () => {
  let folder: string
  let urlFile: string
  let now = 0
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'current-address-'))
    urlFile = join(folder, 'url')
  })
  after(() => rmSync(folder, { recursive: true }))

  const opened = (file: string | undefined) => {
    const told: Array<string> = []
    const address = currentAddress(
      { url, urlFile: file },
      { onProblem: (line) => void told.push(line), monotonic: () => now },
    )
    return { address, told }
  }

  it('is the configured one where no file is named', () => {
    const { address } = opened(undefined)
    expect(E.isRight(address) && address.right().reveal()).to.equal(url.reveal())
  })

  it('follows its file, and stays where the file cannot be used', () => {
    writeFileSync(urlFile, `${url.reveal()}\n`)
    const { address, told } = opened(urlFile)
    const read = () => {
      now += 1000
      return E.isRight(address) ? address.right().reveal() : address.left
    }
    expect(read()).to.equal(url.reveal())
    writeFileSync(urlFile, 'postgres://app:canary@db.example/pull\n')
    expect(read()).to.equal('postgres://app:canary@db.example/pull')
    writeFileSync(urlFile, 'canary')
    expect(read()).to.equal('postgres://app:canary@db.example/pull')
    expect(told).to.have.length(1)
    expect(told[0])
      .to.match(/^database\.url_file: .*must read postgres:/)
      .and.to.include(urlFile)
      .and.not.to.include('canary')
  })

  it('is missed at the start with the name of its setting and file', () => {
    const { address } = opened(join(folder, 'nowhere'))
    expect(E.isLeft(address) && address.left).to.have.property('field', 'database.url_file')
    expect(E.isLeft(address) && address.left.message)
      .to.include(join(folder, 'nowhere'))
      .and.to.include('does not exist')
  })
})
