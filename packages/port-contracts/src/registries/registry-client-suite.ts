import { expect } from 'chai'
import { inspect } from 'node:util'
import { createHash, randomUUID } from 'node:crypto'
import { markerOf, secretText, type CreateOutcome, type CreateRequest, type DeleteOutcome, type SecretText } from '@pull-secret/domain'
import { openSockets, socketsAbove } from './open-sockets.ts'
import { makeSharedContent, type OpenRegistrySubject, type RegistrySubject } from './registry-subject.ts'

interface Row {
  readonly credentialId: string
  readonly vendorName: string
  readonly marker: string
  readonly token: SecretText
}

type Created = Extract<CreateOutcome, { kind: 'created' }>

/** What every registry client keeps, whatever its vendor; where vendors differ, both branches of the declared capability are asserted. */
export const registryClientSuite = (open: OpenRegistrySubject): void => {
  describe('as a registry client', () => {
    let subject: RegistrySubject
    let shared: ReturnType<typeof makeSharedContent>
    let named: string[] = []
    let socketsBefore = 0
    beforeEach(async () => {
      subject = await open()
      socketsBefore = openSockets()
      named = []
      shared = makeSharedContent(subject.client.capabilities.sharedObject)
    })
    afterEach(async () => {
      const objects = await subject.objects()
      await subject.closeClient()
      const sockets = await socketsAbove(socketsBefore)
      await subject.close()
      expect(objects.filter((name) => !named.includes(name)), 'objects that nobody asked for').to.deep.equal([])
      expect(sockets, 'sockets that the client left open').to.equal(0)
    })

    const capabilities = () => subject.client.capabilities
    const aRow = (clusterId = 'cls-abc123'): Row => {
      const credentialId = randomUUID()
      const entropy = createHash('sha256').update(credentialId).digest('hex').slice(0, 32)
      const vendorName = subject.client.vendorName({ clusterId, credentialId, cloudProvider: 'gcp', region: 'us-east1', entropy })
      named.push(vendorName)
      return {
        credentialId, vendorName, marker: markerOf('contract', credentialId), token: secretText(`Aa1-${createHash('sha256').update(entropy).digest('hex').slice(0, 40)}`),
      }
    }
    const objectOf = (row: Row) => ({ vendorName: row.vendorName, marker: row.marker })
    const create = (row: Row, deadline = subject.deadline()): Promise<CreateOutcome> => {
      shared.add({ vendorName: row.vendorName, token: row.token })
      const token: Pick<CreateRequest, 'token'> = capabilities().recoveryClass === 'caller-secret' ? { token: row.token } : {}
      return subject.client.createCredential({ ...objectOf(row), ...token, ...shared.content(), deadline })()
    }
    const created = async (row: Row): Promise<Created> => {
      const outcome = await create(row)
      if (outcome.kind !== 'created') throw new Error(`expected a credential, got ${JSON.stringify(outcome)}`)
      return outcome
    }
    const remove = (row: Row, deadline = subject.deadline(), vendorId?: string): Promise<DeleteOutcome> => {
      shared.remove(row.vendorName)
      return subject.client.deleteCredential({ ...objectOf(row), vendorId, ...shared.content(), deadline })()
    }
    /** What cannot be withdrawn needs no request to say so. */
    const whereNothingIsSent = (): ReadonlyArray<DeleteOutcome['kind']> => (capabilities().revocable ? [] : ['not_revocable'])
    const accepted = (outcome: Created) => subject.accepts(outcome.username, outcome.token.reveal())

    it('creates a credential that the registry accepts', async () => {
      const row = aRow()
      const outcome = await created(row)
      expect(await accepted(outcome)).to.equal(true)
      expect(await subject.objects()).to.have.length(1)
    })

    it('gives the secret that was chosen for it, where the service chooses', async () => {
      const row = aRow()
      const outcome = await created(row)
      expect(outcome.token.reveal() === row.token.reveal()).to.equal(capabilities().recoveryClass === 'caller-secret')
    })

    it('says when a credential expires exactly where it expires by itself, and to renew it before', async () => {
      const { expiresAt, refreshAfter } = await created(aRow())
      if (capabilities().maximumLifetimeSeconds === undefined) expect([expiresAt, refreshAfter]).to.deep.equal([undefined, undefined])
      else expect(expiresAt ?? 0).to.be.greaterThan(refreshAfter ?? Number.POSITIVE_INFINITY)
    })

    it('survives being asked again for the same row as its recovery class says', async () => {
      const row = aRow()
      const first = await created(row)
      const second = await create(row)
      switch (capabilities().recoveryClass) {
        case 'read-back':
        case 'caller-secret':
          expect(second.kind === 'created' && second.token.reveal()).to.equal(first.token.reveal())
          expect(await subject.objects()).to.have.length(1)
          break
        case 'one-shot':
          expect(second.kind).to.equal(capabilities().uniqueNames ? 'name_burnt' : 'created')
          break
        case 'stateless':
          expect(second.kind).to.equal('created')
      }
      expect(await accepted(first)).to.equal(true)
    })

    it('says that a create is of unknown outcome when its answer is lost, and finds its result again where it can', async () => {
      if (subject.loseNextAnswer === undefined) {
        expect(capabilities().executesOnce).to.equal(true)
        return
      }
      const row = aRow()
      await subject.loseNextAnswer('create')
      expect((await create(row)).kind).to.equal('unknown')
      const again = await create(row)
      if (capabilities().recoveryClass === 'read-back' || capabilities().recoveryClass === 'caller-secret') {
        expect(again.kind === 'created' && await accepted(again)).to.equal(true)
        expect(await subject.objects()).to.have.length(1)
      }
    })

    it('never takes over an object of somebody else, and leaves it alone', async () => {
      if (subject.addForeign === undefined) return
      const row = aRow()
      await subject.addForeign(row.vendorName)
      expect((await create(row)).kind).to.equal('name_burnt')
      expect((await remove(row))).to.deep.equal({ kind: 'absent', evidence: 'foreign_object' })
      expect(await subject.objects()).to.deep.equal([row.vendorName])
    })

    it('reads its object back, with the secret exactly where the vendor shows it', async () => {
      const row = aRow()
      const outcome = await created(row)
      const found = await subject.client.getCredential({ ...objectOf(row), deadline: subject.deadline() })()
      if (found.kind !== 'found') throw new Error(`expected to find it, got ${JSON.stringify(found)}`)
      expect([found.ours, found.username]).to.deep.equal([true, outcome.username])
      expect(found.token?.reveal()).to.equal(capabilities().recoveryClass === 'read-back' ? outcome.token.reveal() : undefined)
    })

    it('says that an object is absent', async () => {
      const found = await subject.client.getCredential({ ...objectOf(aRow()), deadline: subject.deadline() })()
      expect(found.kind).to.equal('absent')
    })

    it('deletes for certain: the login is refused, the object gone, and the absence shown', async () => {
      const row = aRow()
      const outcome = await created(row)
      const first = await remove(row)
      if (!capabilities().revocable) {
        expect(first).to.deep.equal({ kind: 'not_revocable' })
        return
      }
      expect(first.kind).to.equal('deleted')
      expect([await accepted(outcome), await subject.objects()]).to.deep.equal([false, []])
      const second = await remove(row)
      expect(second.kind === 'deleted' || (second.kind === 'absent' && second.evidence !== 'foreign_object')).to.equal(true)
    })

    it('claims nothing of a delete whose answer is lost, and shows the absence when it is asked again', async () => {
      if (subject.loseNextAnswer === undefined || !capabilities().revocable) return
      const row = aRow()
      const outcome = await created(row)
      await subject.loseNextAnswer('delete')
      expect((await remove(row)).kind).to.equal('unknown')
      const again = await remove(row)
      expect(again.kind === 'deleted' || (again.kind === 'absent' && again.evidence !== 'foreign_object')).to.equal(true)
      expect([await accepted(outcome), await subject.objects()]).to.deep.equal([false, []])
    })

    it('deletes nothing else', async () => {
      const [kept, gone] = [aRow('cls-kept00'), aRow('cls-gone00')]
      const keptCredential = await created(kept)
      await created(gone)
      await remove(gone)
      expect(await accepted(keptCredential)).to.equal(true)
    })

    it('writes a shared object under no fence that another writer has passed', async () => {
      if (!capabilities().sharedObject) return
      const kept = await created(aRow())
      const late = aRow()
      await created(aRow())
      shared.add({ vendorName: late.vendorName, token: late.token })
      const outcome = await subject.client.createCredential({ ...objectOf(late), token: late.token, ...shared.staleContent(), deadline: subject.deadline() })()
      expect(outcome.kind).to.be.oneOf(['refused', 'not_sent'])
      expect([await accepted(kept), (await subject.objects()).includes(late.vendorName)]).to.deep.equal([true, false])
    })

    it('sends nothing after its deadline', async () => {
      const row = aRow()
      expect((await create(row, subject.passedDeadline())).kind).to.equal('not_sent')
      expect(await subject.objects()).to.deep.equal([])
      await created(row)
      expect((await remove(row, subject.passedDeadline())).kind).to.be.oneOf(['not_sent', ...whereNothingIsSent()])
      expect(await subject.objects()).to.have.length(1)
    })

    it('tells a valid credential from an invalid one', async () => {
      const { username, token } = await created(aRow())
      const validate = async (secret: SecretText) => (await subject.client.validateCredential({ username, token: secret, deadline: subject.deadline() })()).kind
      expect([await validate(token), await validate(secretText('wrong'))]).to.deep.equal(['valid', 'invalid'])
    })

    it('lists its objects, where the vendor can list', async () => {
      const row = aRow()
      await created(row)
      const { listCredentials } = subject.client
      if (listCredentials === undefined) {
        const withdrawn = await remove(row).then(() => remove(row))
        expect(withdrawn.kind === 'absent' && withdrawn.evidence === 'listing').to.equal(false)
        return
      }
      const listed = await listCredentials(subject.deadline())()
      expect(listed.kind === 'listed' && listed.credentials.map((entry) => entry.vendorName)).to.include(row.vendorName)
    })

    it('proves no absence while its administrator may see nothing', async () => {
      const row = aRow()
      await created(row)
      expect(await subject.client.checkAccess(subject.deadline())()).to.deep.equal({ kind: 'working' })
      if (subject.forgetAdministrator === undefined) return
      await subject.forgetAdministrator()
      expect((await subject.client.checkAccess(subject.deadline())()).kind).to.equal('failing')
      expect((await create(aRow())).kind).to.be.oneOf(['refused', 'not_sent'])
      expect((await remove(row)).kind).to.be.oneOf(['refused', 'not_sent', 'unknown', 'absent_unproved', ...whereNothingIsSent()])
      expect(await subject.objects()).to.have.length(1)
    })

    it('gives every row a name of its own, for every cluster id', () => {
      const ids = ['cls-abc123', `cls-${'a'.repeat(36)}`, '0191e0f4-7f5a-7c1e-8b1a-0123456789ab', 'x'.repeat(64), 'Ünï_cödé id']
      const names = ids.flatMap((id) => [aRow(id).vendorName, aRow(id).vendorName])
      expect(new Set(names).size).to.equal(names.length)
    })

    it('tells a secret to nobody who did not open it', async () => {
      const row = aRow()
      const outcome = await created(row)
      const found = await subject.client.getCredential({ ...objectOf(row), deadline: subject.deadline() })()
      const told = [outcome, found].flatMap((value) => [JSON.stringify(value), inspect(value, { depth: 9 })]).join()
      expect(told).not.to.include(outcome.token.reveal())
    })
  })
}
