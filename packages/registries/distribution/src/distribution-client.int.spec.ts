import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import * as promises from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LogFields, markerOf, secretText, type SharedContent, type SharedEntry } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { everyTurn } from '@pull-secret/registry-http/testing'
import { compareSync, hashSync } from 'bcryptjs'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as T from 'fp-ts/lib/Task.js'
import { makeDistributionClient } from './distribution-client.ts'
import type { FileSystem } from './file-place.ts'
import { makeTokenHashes } from './token-hashes.ts'

const deploymentId = 'prod'
const tokenOf = (id: string) => secretText(`token-of-${id}`)
const failingWith = (code: string) => () => Promise.reject(Object.assign(new Error('no'), { code }))

describe('a distribution registry', () => {
  let folder = ''
  let file = ''
  let now = 0
  let lines: Array<readonly [message: string, fields: LogFields]> = []
  const bcrypt = makeTokenHashes()
  after(() => bcrypt.close())
  beforeEach(() => {
    lines = []
    folder = mkdtempSync(join(tmpdir(), 'distribution-'))
    file = join(folder, 'htpasswd')
    now = 0
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const aClient = (files: Partial<FileSystem> = {}, deployment = deploymentId) =>
    makeDistributionClient({
      registryId: 'internal',
      deploymentId: deployment,
      callSeconds: 5,
      turns: everyTurn,
      logger: {
        log:
          (_level, message, fields = {}) =>
          () => {
            lines.push([message, fields])
          },
      },
      bcrypt,
      clock: { now: () => 0, monotonic: () => now, sleep: () => T.of(undefined), alarm: () => T.of(undefined) },
      config: { htpasswdFile: file },
      files: { ...promises, ...files },
      validateCredential: () => T.of({ kind: 'indeterminate' }),
    })
  const nameOf = (id: string, client = aClient()) =>
    client.vendorName({ clusterId: 'cls-0000aaaa', credentialId: id, entropy: '' })
  const entry = (id: string, given: Partial<SharedEntry> = {}): SharedEntry => ({
    vendorName: nameOf(id),
    wasCreated: true,
    openToken: () => E.right(tokenOf(id)),
    ...given,
  })
  const shared = (fence: number, ...ids: ReadonlyArray<string>): SharedContent => ({
    fence,
    entries: ids.map((id) => entry(id)),
  })
  const anObject = (id: string) => ({ vendorName: nameOf(id), marker: markerOf(deploymentId, id), terms: until(5000) })
  const create = (client: ReturnType<typeof aClient>, id: string, content: SharedContent) =>
    client.createCredential({ ...anObject(id), token: tokenOf(id), shared: content })()
  const remove = (client: ReturnType<typeof aClient>, id: string, content: SharedContent) =>
    client.deleteCredential({ ...anObject(id), shared: content })()
  const text = () => readFileSync(file, 'latin1')
  const hashIn = (id: string) =>
    text()
      .split('\n')
      .find((line) => line.startsWith(`${nameOf(id)}:`))
      ?.split(':')[1] ?? ''
  const onlyTheFileIsThere = () => {
    expect(readdirSync(folder)).to.deep.equal(['htpasswd'])
  }

  /** What the access check says of the file, and so does the log once something was tried. */
  const failsWith = async (rule: string): Promise<void> => {
    expect(await aClient().checkAccess(until(5000))()).to.deep.equal({
      kind: 'failing',
      problem: 'storage_failed',
      detail: `htpasswd_file: ${file} ${rule}`,
    })
    expect(lines.map(([message, { file: named }]) => [message, named])).to.deep.include([
      `the htpasswd file ${rule}`,
      file,
    ])
  }

  it('creates a user whose token the registry accepts', async () => {
    expect(await create(aClient(), 'one', shared(1, 'one'))).to.deep.include({
      kind: 'created',
      username: nameOf('one'),
    })
    expect(hashIn('one')).to.match(/^\$2[aby]\$/)
    expect(compareSync('token-of-one', hashIn('one'))).to.equal(true)
    expect(statSync(file).mode & 0o777).to.equal(0o640)
    onlyTheFileIsThere()
  })

  it('keeps the lines of others byte for byte, and the hashes it has written', async () => {
    writeFileSync(file, '# by hand\ndocker:$2y$05$x \r\ncaf\xe9:$2y$05$z', 'latin1')
    await create(aClient(), 'one', shared(1, 'one'))
    const first = hashIn('one')
    await create(aClient(), 'two', shared(2, 'one', 'two'))
    expect(text().split('\n').slice(1, 4)).to.deep.equal(['# by hand', 'docker:$2y$05$x \r', 'caf\xe9:$2y$05$z'])
    expect(hashIn('one')).to.equal(first)
  })

  it('says created again for a user that is there, without another hash', async () => {
    await create(aClient(), 'one', shared(1, 'one'))
    const first = hashIn('one')
    expect(await create(aClient(), 'one', shared(2, 'one'))).to.deep.include({ kind: 'created' })
    expect(hashIn('one')).to.equal(first)
  })

  it('gives a user its own token back when somebody changed the password', async () => {
    writeFileSync(file, `${nameOf('one')}:${hashSync('changed', 4)}\n`)
    await create(aClient(), 'one', shared(1, 'one'))
    expect(compareSync('token-of-one', hashIn('one'))).to.equal(true)
  })

  it('gives a user its own token back when somebody made its hash unreadable', async () => {
    writeFileSync(file, `${nameOf('one')}:$9x$04$${'.'.repeat(53)}\n`)
    expect(await create(aClient(), 'one', shared(1, 'one'))).to.deep.include({ kind: 'created' })
    expect(compareSync('token-of-one', hashIn('one'))).to.equal(true)
  })

  it('restores the users of a lost file with the next write', async () => {
    await create(aClient(), 'one', shared(2, 'one', 'two'))
    expect(compareSync('token-of-two', hashIn('two'))).to.equal(true)
  })

  it('makes one write of all that is asked under one lease, of which each gets its own answer', async () => {
    await create(aClient(), 'gone', shared(1, 'gone'))
    let renames = 0
    const rename: typeof promises.rename = (...request) => {
      renames += 1
      return promises.rename(...request)
    }
    const client = aClient({ rename })
    const content = shared(2, 'one', 'two', 'three')
    const outcomes = await Promise.all([
      ...['one', 'two', 'three'].map((id) => create(client, id, content)),
      remove(client, 'gone', content),
      remove(client, 'never', content),
    ])
    expect(outcomes.map((outcome) => ('evidence' in outcome ? outcome.evidence : outcome.kind))).to.deep.equal([
      ...['created', 'created', 'created'],
      ...['deleted', 'listing'],
    ])
    for (const id of ['one', 'two', 'three']) expect(compareSync(`token-of-${id}`, hashIn(id))).to.equal(true)
    expect([renames, hashIn('gone')]).to.deep.equal([1, ''])
  })

  it('writes nothing more under a lease after a write of which nobody knows whether it is over', async () => {
    let renames = 0
    const { promise: isBegun, resolve: begin } = Promise.withResolvers<undefined>()
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<undefined>()
    const rename: typeof promises.rename = async () => {
      renames += 1
      begin(undefined)
      await mayEnd
      return failingWith('EIO')()
    }
    const client = aClient({ rename })
    const content = shared(1, 'one', 'two')
    const first = create(client, 'one', content)
    await isBegun
    const second = create(client, 'two', content)
    end(undefined)
    expect([await first, await second, renames]).to.deep.equal([
      { kind: 'unknown', problem: 'storage_failed' },
      { kind: 'not_sent', problem: 'storage_failed' },
      1,
    ])
  })

  it('puts off the users for whom there is no time, whose lines stay as they are', async () => {
    await create(aClient(), 'two', shared(1, 'two'))
    const before = hashIn('two')
    now = 4500
    const client = aClient()
    const content = shared(2, 'one', 'two', 'three')
    const outcomes = await Promise.all(['one', 'two', 'three'].map((id) => create(client, id, content)))
    const late = { kind: 'not_sent', problem: 'deadline_passed' }
    expect(outcomes.slice(1)).to.deep.equal([late, late])
    expect([outcomes[0]?.kind, hashIn('two'), hashIn('three')]).to.deep.equal(['created', before, ''])
  })

  it('opens only the tokens of users that the file has lost', async () => {
    await create(aClient(), 'one', shared(1, 'one'))
    const opened: Array<string> = []
    const noted = (id: string, wasCreated: boolean) =>
      entry(id, {
        wasCreated,
        openToken: () => {
          opened.push(id)
          return E.right(tokenOf(id))
        },
      })
    const entries = [noted('one', true), noted('two', false), noted('lost', true), noted('untried', false)]
    await create(aClient(), 'two', { fence: 2, entries })
    expect(opened).to.deep.equal(['lost'])
  })

  it('says how many users are missing in the file', async () => {
    const unopened = entry('lost', { openToken: () => E.left({ code: 'KEY_UNAVAILABLE', keyId: 'old' }) })
    await create(aClient(), 'one', { fence: 1, entries: [entry('one'), unopened] })
    expect(lines.map(([message]) => message)).to.deep.equal([
      'the htpasswd file lacks 1 of its users, whose tokens cannot be opened or who are left to a later write',
    ])
  })

  it('deletes a user although tokens of others cannot be opened, whose lines stay as they are', async () => {
    await create(aClient(), 'one', shared(1, 'one', 'kept'))
    const before = hashIn('kept')
    const unopened: Partial<SharedEntry> = { openToken: () => E.left({ code: 'KEY_UNAVAILABLE', keyId: 'old' }) }
    const entries = [entry('kept', unopened), entry('lost', unopened)]
    expect(await remove(aClient(), 'one', { fence: 2, entries })).to.deep.equal({ kind: 'deleted' })
    expect([hashIn('one'), hashIn('kept'), hashIn('lost')]).to.deep.equal(['', before, ''])
  })

  it('leaves the others for a later write when time runs out', async () => {
    expect(await create(aClient(), 'one', shared(1, 'two', 'one'))).to.deep.include({ kind: 'created' })
    rmSync(file)
    now = 4500
    expect(await create(aClient(), 'one', shared(1, 'two', 'one'))).to.deep.include({ kind: 'created' })
    expect(hashIn('two')).to.equal('')
  })

  it('deletes a user, removes what the ledger does not know, and says when it was gone already', async () => {
    await create(aClient(), 'one', shared(1, 'one', 'two', 'three'))
    expect(await remove(aClient(), 'one', shared(2, 'two'))).to.deep.equal({ kind: 'deleted' })
    expect([hashIn('one'), hashIn('three')]).to.deep.equal(['', ''])
    expect(hashIn('two')).not.to.equal('')
    expect(await remove(aClient(), 'one', shared(3, 'two'))).to.deep.equal({ kind: 'absent', evidence: 'listing' })
  })

  it('proves nothing by a file that is not there', async () => {
    expect(await remove(aClient(), 'one', shared(1))).to.deep.equal({ kind: 'absent_unproved' })
    expect(await aClient().getCredential(anObject('one'))()).to.deep.equal({ kind: 'absent', controlled: false })
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it('finds and lists its own users only', async () => {
    writeFileSync(file, 'docker:$2y$05$x\n')
    await create(aClient(), 'one', shared(1, 'one'))
    expect(await aClient().getCredential(anObject('one'))()).to.deep.equal({
      kind: 'found',
      ours: true,
      username: nameOf('one'),
    })
    expect(await aClient().getCredential(anObject('two'))()).to.deep.equal({ kind: 'absent', controlled: true })
    expect(await aClient().getCredential({ ...anObject('one'), marker: 'other' })()).to.deep.include({
      kind: 'found',
      ours: false,
    })
    expect(await aClient().listCredentials?.(until(5000))()).to.deep.equal({
      kind: 'listed',
      credentials: [{ vendorName: nameOf('one'), marker: markerOf(deploymentId, 'one') }],
    })
  })

  it('never touches the users of another deployment', async () => {
    const other = aClient({}, 'prod-eu')
    const vendorName = nameOf('one', other)
    const entries = [entry('one', { vendorName })]
    await other.createCredential({
      vendorName,
      marker: markerOf('prod-eu', 'one'),
      token: tokenOf('one'),
      shared: { fence: 9, entries },
      terms: until(5000),
    })()
    expect(await create(aClient(), 'two', shared(1, 'two'))).to.deep.include({ kind: 'created' })
    expect(
      await other.getCredential({ vendorName, marker: markerOf('prod-eu', 'one'), terms: until(5000) })(),
    ).to.deep.include({ kind: 'found', ours: true })
  })

  it('refuses a write under an older lease than the last one', async () => {
    await create(aClient(), 'one', shared(7, 'one'))
    const before = text()
    const refused = { kind: 'refused', problem: 'fence_behind', firstStep: false }
    expect(await create(aClient(), 'two', shared(6, 'two'))).to.deep.equal(refused)
    expect(await remove(aClient(), 'one', shared(6))).to.deep.equal(refused)
    expect(text()).to.equal(before)
  })

  describe('that is adopted after a restore of the ledger', () => {
    const adopt = (client = aClient()) => client.adoptSharedObject?.(until(5000))()

    it('keeps its users, its mode and its fence', async () => {
      await create(aClient(), 'one', shared(9, 'one'))
      chmodSync(file, 0o600)
      const hash = hashIn('one')
      expect(await create(aClient(), 'two', shared(2, 'two'))).to.include({ problem: 'fence_behind' })
      expect(await adopt()).to.deep.equal({ kind: 'adopted', kept: 1, fence: 9 })
      expect(await create(aClient(), 'two', shared(10, 'two'))).to.include({ kind: 'created' })
      expect(await create(aClient(), 'three', shared(11, 'two', 'three'))).to.include({ kind: 'created' })
      expect([hashIn('one'), hashIn('two').length, statSync(file).mode & 0o777]).to.deep.equal([hash, 60, 0o600])
    })

    it('loses a kept user when the ledger deletes it, and keeps none that the ledger has come to know', async () => {
      await create(aClient(), 'one', shared(7, 'one', 'two'))
      await adopt()
      await create(aClient(), 'three', shared(8, 'two', 'three'))
      expect(hashIn('one')).not.to.equal('')
      expect(await remove(aClient(), 'one', shared(9, 'two', 'three'))).to.deep.equal({ kind: 'deleted' })
      expect(hashIn('one')).to.equal('')
      await remove(aClient(), 'one', shared(10, 'three'))
      expect([hashIn('two'), text().includes('keep=')]).to.deep.equal(['', false])
    })

    it('is written once, however often it is adopted', async () => {
      await create(aClient(), 'one', shared(9, 'one'))
      await adopt()
      const { ino } = statSync(file)
      expect(await adopt()).to.deep.equal({ kind: 'adopted', kept: 1, fence: 9 })
      expect(statSync(file).ino).to.equal(ino)
    })

    it('has nobody to keep where there is no file, and is left alone where it cannot be written', async () => {
      expect(await adopt()).to.deep.equal({ kind: 'adopted', kept: 0, fence: 0 })
      await create(aClient(), 'one', shared(9, 'one'))
      const before = text()
      expect(await adopt(aClient({ rename: failingWith('EROFS') }))).to.deep.equal({
        kind: 'not_sent',
        problem: 'storage_failed',
      })
      now = 6000
      expect(await adopt()).to.include({ kind: 'not_sent', problem: 'deadline_passed' })
      expect(text()).to.equal(before)
      now = 0
      writeFileSync(file, before.replace('fence=9', 'fence=2000000001'))
      expect(await adopt()).to.include({ kind: 'refused', problem: 'storage_failed' })
      writeFileSync(file, 'no colon\n')
      expect(await adopt()).to.include({ kind: 'refused', problem: 'storage_failed' })
    })
  })

  it('moves the fence even where nothing else changes', async () => {
    await create(aClient(), 'one', shared(1, 'one'))
    await remove(aClient(), 'two', shared(5, 'one'))
    expect(await create(aClient(), 'two', shared(4, 'one', 'two'))).to.deep.include({ kind: 'refused' })
  })

  it('writes nothing when another writer came first', async () => {
    writeFileSync(file, 'docker:$2y$05$x\n')
    const open: typeof promises.open = async (...request) => {
      if (request[1] === 'wx') await create(aClient(), 'two', shared(2, 'two'))
      return promises.open(...request)
    }
    expect(await create(aClient({ open }), 'one', shared(1, 'one'))).to.deep.equal({
      kind: 'not_sent',
      problem: 'storage_failed',
    })
    expect([hashIn('one') === '', hashIn('two') === '']).to.deep.equal([true, false])
    onlyTheFileIsThere()
  })

  it('writes in turn what it is asked to write at the same time, each from what the one before wrote', async () => {
    await create(aClient(), 'one', shared(1, 'one', 'two', 'three'))
    let underWay = 0
    let mostUnderWay = 0
    const { promise: isBegun, resolve: begin } = Promise.withResolvers<undefined>()
    const open: typeof promises.open = (...request) => {
      underWay += Number(request[1] === 'wx')
      mostUnderWay = Math.max(mostUnderWay, underWay)
      if (underWay > 0) begin(undefined)
      return promises.open(...request)
    }
    const rename: typeof promises.rename = (...request) =>
      promises.rename(...request).finally(() => {
        underWay -= 1
      })
    const client = aClient({ open, rename })
    const first = remove(client, 'one', shared(2, 'two', 'three'))
    await isBegun
    expect(await Promise.all([first, remove(client, 'two', shared(3, 'three'))])).to.deep.equal([
      { kind: 'deleted' },
      { kind: 'deleted' },
    ])
    expect([mostUnderWay, hashIn('one'), hashIn('two'), hashIn('three') === '']).to.deep.equal([1, '', '', false])
  })

  it('goes on writing after a write that the file system refused', async () => {
    let refusals = 1
    const rename: typeof promises.rename = (...request) => {
      refusals -= 1
      return refusals === 0 ? failingWith('ENOSPC')() : promises.rename(...request)
    }
    const client = aClient({ rename })
    const outcomes = await Promise.all([
      create(client, 'one', shared(1, 'one')),
      create(client, 'two', shared(2, 'one', 'two')),
    ])
    expect(outcomes.map(({ kind }) => kind)).to.deep.equal(['not_sent', 'created'])
    expect([hashIn('one') === '', hashIn('two') === '']).to.deep.equal([false, false])
  })

  it('moves the time of the file forward with every write, and keeps its mode', async () => {
    writeFileSync(file, '')
    chmodSync(file, 0o644)
    const future = Math.floor(Date.now() / 1000) + 3600
    utimesSync(file, future, future)
    await create(aClient(), 'one', shared(1, 'one'))
    const first = statSync(file, { bigint: true }).mtimeNs
    await remove(aClient(), 'one', shared(2))
    expect(first > BigInt(future) * 1_000_000_000n).to.equal(true)
    expect(statSync(file, { bigint: true }).mtimeNs > first).to.equal(true)
    expect(statSync(file).mode & 0o777).to.equal(0o644)
  })

  it('sends nothing after the deadline, not even what was begun before it', async () => {
    const late = { kind: 'not_sent', problem: 'deadline_passed' }
    const open: typeof promises.open = (...request) => {
      now = 5001
      return promises.open(...request)
    }
    writeFileSync(file, 'docker:$2y$05$x\n')
    expect(await create(aClient({ open }), 'one', shared(1, 'one'))).to.deep.equal(late)
    expect(await create(aClient(), 'one', shared(1, 'one'))).to.deep.equal(late)
    expect(await remove(aClient(), 'one', shared(1))).to.deep.equal(late)
    expect(await aClient().getCredential(anObject('one'))()).to.deep.equal(late)
    expect(await aClient().listCredentials?.(until(5000))()).to.deep.equal(late)
    expect(text()).to.equal('docker:$2y$05$x\n')
    onlyTheFileIsThere()
  })

  it('leaves the old file alone when the disk is full', async () => {
    writeFileSync(file, 'docker:$2y$05$x\n')
    const open: typeof promises.open = async (...request) =>
      Object.assign(await promises.open(...request), { writeFile: failingWith('ENOSPC') })
    for (const files of [{ open }, { rename: failingWith('ENOSPC') }, { rename: failingWith('EROFS') }]) {
      expect(await create(aClient(files), 'one', shared(1, 'one'))).to.deep.equal({
        kind: 'not_sent',
        problem: 'storage_failed',
      })
      expect(text()).to.equal('docker:$2y$05$x\n')
      onlyTheFileIsThere()
    }
  })

  it('has the new file on the disk before it takes the place of the old one, and then its place', async () => {
    const steps: Array<string> = []
    const open: typeof promises.open = async (...request) => {
      const handle = await promises.open(...request)
      const sync = handle.sync.bind(handle)
      return Object.assign(handle, {
        sync: () => {
          steps.push(request[1] === 'r' ? 'directory' : 'file')
          return sync()
        },
      })
    }
    const rename: typeof promises.rename = (...request) => {
      steps.push('renamed')
      return promises.rename(...request)
    }
    await create(aClient({ open, rename }), 'one', shared(1, 'one'))
    expect(steps).to.deep.equal(['file', 'renamed', 'directory'])
  })

  it('does not know whether it wrote when the file system does not', async () => {
    expect(await create(aClient({ rename: failingWith('EIO') }), 'one', shared(1, 'one'))).to.deep.equal({
      kind: 'unknown',
      problem: 'storage_failed',
    })
    const open: typeof promises.open = (...request) =>
      request[1] === 'r' ? failingWith('EIO')() : promises.open(...request)
    expect(await create(aClient({ open }), 'one', shared(1, 'one'))).to.deep.equal({
      kind: 'unknown',
      problem: 'storage_failed',
    })
  })

  it('says so when the directory is missing or the file cannot be read', async () => {
    const notSent = { kind: 'not_sent', problem: 'storage_failed' }
    const unreadable = aClient({ readFile: failingWith('EACCES') as unknown as typeof promises.readFile })
    writeFileSync(file, 'docker:$2y$05$x\n')
    expect(await create(unreadable, 'one', shared(1, 'one'))).to.deep.equal(notSent)
    expect(await unreadable.getCredential(anObject('one'))()).to.deep.equal(notSent)
    file = join(folder, 'missing', 'htpasswd')
    expect(await create(aClient(), 'one', shared(1, 'one'))).to.deep.equal(notSent)
    await failsWith('lies in a directory that does not exist')
  })

  it('touches nothing while a line would break every login', async () => {
    writeFileSync(file, 'docker\n')
    const refused = { kind: 'refused', problem: 'storage_failed', firstStep: false }
    expect(await create(aClient(), 'one', shared(1, 'one'))).to.deep.equal(refused)
    expect(await remove(aClient(), 'one', shared(1))).to.deep.equal(refused)
    expect(await aClient().getCredential(anObject('one'))()).to.deep.equal(refused)
    await failsWith('has a line without a colon, with which the registry refuses every login: mend it')
    expect(text()).to.equal('docker\n')
  })

  it('has working access to a directory it may write, with or without the file', async () => {
    expect(await aClient().checkAccess(until(5000))()).to.deep.equal({ kind: 'working' })
    writeFileSync(file, 'docker:$2y$05$x\n')
    expect(await aClient().checkAccess(until(5000))()).to.deep.equal({ kind: 'working' })
  })

  it('refuses what it could not hold', async () => {
    const long = secretText('x'.repeat(73))
    const refused = { kind: 'refused', problem: 'request_refused', firstStep: true }
    const content = shared(1, 'one')
    expect(await aClient().createCredential({ ...anObject('one'), token: long, shared: content })()).to.deep.equal(
      refused,
    )
    expect(await create(aClient(), 'one', shared(1, 'two'))).to.deep.equal(refused)
    expect(await remove(aClient(), 'one', shared(1, 'one'))).to.deep.equal(refused)
    expect(
      await aClient().createCredential({
        ...anObject('one'),
        marker: 'other',
        token: tokenOf('one'),
        shared: shared(1, 'one'),
      })(),
    ).to.deep.equal({ kind: 'name_burnt' })
    expect(readdirSync(folder)).to.deep.equal([])
  })

  describe('whose file is a link', () => {
    const linked = (...targets: ReadonlyArray<string>): void => {
      mkdirSync(join(folder, 'deep', 'place'), { recursive: true })
      writeFileSync(join(folder, 'deep', 'place', 'users'), 'docker:$2y$05$x\n')
      for (const [index, target] of targets.entries())
        symlinkSync(target, join(folder, index === 0 ? 'htpasswd' : `link-${String(index)}`))
    }

    it('writes the file at its end, through relative links and chains, and leaves the links', async () => {
      const chains = [
        ['deep/place/users'],
        [join(folder, 'deep', 'place', 'users')],
        ['link-1', 'link-2', join(folder, 'deep', 'place', 'users')],
      ]
      for (const chain of chains) {
        linked(...chain)
        expect(await create(aClient(), 'one', shared(1, 'one'))).to.deep.include({ kind: 'created' })
        expect(readlinkSync(file)).to.equal(chain[0])
        expect(readdirSync(join(folder, 'deep', 'place'))).to.deep.equal(['users'])
        expect(readFileSync(join(folder, 'deep', 'place', 'users'), 'latin1')).to.include(nameOf('one'))
        expect(await aClient().getCredential(anObject('one'))()).to.deep.include({ kind: 'found' })
        expect(await aClient().checkAccess(until(5000))()).to.deep.equal({ kind: 'working' })
        expect(await remove(aClient(), 'one', shared(2))).to.deep.equal({ kind: 'deleted' })
        for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
      }
    })

    it('writes nothing when the link leads elsewhere in the meantime', async () => {
      linked('deep/place/users')
      const open: typeof promises.open = async (...request) => {
        if (request[1] === 'wx') {
          rmSync(file)
          writeFileSync(join(folder, 'other'), '')
          symlinkSync('other', file)
        }
        return promises.open(...request)
      }
      expect(await create(aClient({ open }), 'one', shared(1, 'one'))).to.deep.equal(notSent)
      expect(readFileSync(join(folder, 'deep', 'place', 'users'), 'latin1')).to.equal('docker:$2y$05$x\n')
    })
  })

  const notSent = { kind: 'not_sent', problem: 'storage_failed' }
  const makePipe = (): void => void execFileSync('sh', ['-c', 'mkfifo "$0"', file])
  const linkTo = (target: string) => (): void => symlinkSync(target, file)
  const unusable: ReadonlyArray<readonly [what: string, make: () => void, rule: string]> = [
    ['a link to nothing', linkTo('missing'), 'is a link to a file that does not exist'],
    ['a link to itself', linkTo('htpasswd'), 'is a link that leads back to itself'],
    ['a directory', () => mkdirSync(file), 'is a directory, a pipe, a socket or a device'],
    ['a pipe, which nobody would ever fill', makePipe, 'is a directory, a pipe, a socket or a device'],
    [
      'one of two names of a file',
      () => {
        writeFileSync(join(folder, 'other'), '')
        linkSync(join(folder, 'other'), file)
      },
      'has a second name (a hard link), under which it would stay as it is',
    ],
    [
      'a link into a volume that Kubernetes projects',
      () => {
        mkdirSync(join(folder, '..2026_01_02_03_04_05.678'))
        writeFileSync(join(folder, '..2026_01_02_03_04_05.678', 'htpasswd'), '')
        symlinkSync('..2026_01_02_03_04_05.678', join(folder, '..data'))
        symlinkSync('..data/htpasswd', file)
      },
      'lies in a volume that Kubernetes projects and replaces: use another volume',
    ],
  ]
  for (const [what, make, rule] of unusable)
    it(`touches nothing, and says why, where its file is ${what}`, async () => {
      make()
      const before = readdirSync(folder)
      expect(await create(aClient(), 'one', shared(1, 'one'))).to.deep.equal(notSent)
      expect(await remove(aClient(), 'one', shared(1))).to.deep.equal(notSent)
      expect(await aClient().getCredential(anObject('one'))()).to.deep.equal(notSent)
      expect(await aClient().listCredentials?.(until(5000))()).to.deep.equal(notSent)
      await failsWith(rule)
      expect(readdirSync(folder)).to.deep.equal(before)
    })

  const refusals: ReadonlyArray<readonly [code: string, rule: string]> = [
    ['EACCES', 'cannot be read or written by this service, or its directory cannot'],
    ['EBUSY', 'is mounted by itself and cannot be replaced: mount its directory'],
    ['EDQUOT', 'cannot be replaced: the disk quota is used up'],
    ['ENOSPC', 'cannot be replaced: the disk is full'],
    ['ENOTDIR', 'lies below something that is not a directory'],
    [
      'EPERM',
      'would not keep its owner, group and mode, or cannot be changed: let it belong to the user of this service',
    ],
    ['EROFS', 'lies on a read-only file system, as volumes of ConfigMaps and Secrets are'],
    ['ESTALE', 'cannot be read or replaced'],
  ]
  it('says which rule of the file system kept it from writing', async () => {
    for (const [code, rule] of refusals) {
      lines = []
      expect(await create(aClient({ open: failingWith(code) }), 'one', shared(1, 'one'))).to.deep.equal(notSent)
      expect(lines).to.deep.equal([[`the htpasswd file ${rule}`, { registry: 'internal', file, error_type: code }]])
    }
  })

  it('says why it is refused under a lease that another has passed', async () => {
    await create(aClient(), 'one', shared(7, 'one'))
    await create(aClient(), 'two', shared(6, 'one', 'two'))
    expect(lines.map(([message]) => message)).to.deep.equal([
      'the htpasswd file was written under a later lease, or the database was restored',
    ])
  })
})
