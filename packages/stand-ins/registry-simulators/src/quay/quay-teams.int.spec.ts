import { expect } from 'chai'
import { organization, useQuay } from '../testing/quay-world.ts'

describe('Quay simulator: teams', () => {
  const quay = useQuay()
  const putTeam = () => quay.ask('PUT', '/team/hyperfleet-installers', { body: { role: 'member' } })
  const members = '/team/hyperfleet-installers/members'
  const member = `${members}/${organization}%2Bone`

  beforeEach(() => quay.ask('PUT', '/robots/one'))

  it('makes a team the first time and keeps it the second', async () => {
    const first = await putTeam()
    expect(first.status).to.equal(200)
    expect(first.json).to.include({ name: 'hyperfleet-installers', role: 'member', new_team: true })
    await quay.ask('PUT', member)
    expect((await putTeam()).json).to.include({ new_team: false })
    expect(quay.simulator.robots()[0]?.teams).to.deep.equal(['hyperfleet-installers'])
  })

  it('shows the organization with its teams', async () => {
    await quay.ask('PUT', '/team/readers', { body: { role: 'creator', description: 'by hand' } })
    const { status, text } = await quay.ask('GET', '')
    expect(status).to.equal(200)
    const shown = JSON.parse(text) as { teams: Record<string, object> }
    expect(shown).to.deep.include({ name: organization, ordered_teams: ['readers'] })
    expect(shown.teams['readers']).to.include({ role: 'creator', description: 'by hand' })
  })

  it('refuses a team without a role', async () => {
    expect((await quay.ask('PUT', '/team/hyperfleet-installers', { body: {} })).status).to.equal(400)
    expect((await quay.ask('PUT', '/team/hyperfleet-installers')).status).to.equal(400)
  })

  it('adds a robot by its percent-encoded name', async () => {
    await putTeam()
    const { status, json } = await quay.ask('PUT', member)
    expect(status).to.equal(200)
    expect(json).to.include({ name: `${organization}+one`, kind: 'user', is_robot: true, invited: false })
  })

  it('answers a second add with 400 and says why', async () => {
    await putTeam()
    await quay.ask('PUT', member)
    const { status, json } = await quay.ask('PUT', member)
    expect(status).to.equal(400)
    expect(json.message).to.match(/is already a member of team/)
  })

  it('refuses a robot that does not exist with 400', async () => {
    await putTeam()
    const { status, json } = await quay.ask('PUT', `${members}/${organization}%2Bmissing`)
    expect(status).to.equal(400)
    expect(json.error_message).to.equal('Unknown user')
  })

  it('answers 404 for a team that is gone', async () => {
    await putTeam()
    quay.simulator.removeTeam('hyperfleet-installers')
    expect((await quay.ask('PUT', member)).status).to.equal(404)
    expect((await quay.ask('GET', members)).status).to.equal(404)
  })

  it('lists and removes members', async () => {
    await putTeam()
    await quay.ask('PUT', member)
    const listed = (await quay.ask('GET', members)).json.members
    expect(listed.map(({ name }: { name: string }) => name)).to.deep.equal([`${organization}+one`])
    expect((await quay.ask('DELETE', member)).status).to.equal(204)
    const again = await quay.ask('DELETE', member)
    expect(again.status).to.equal(400)
    expect(again.json.message).to.match(/does not belong to team/)
  })

  it('takes a deleted robot out of its teams, so that a new one of that name starts without', async () => {
    await putTeam()
    await quay.ask('PUT', member)
    await quay.ask('DELETE', '/robots/one')
    await quay.ask('PUT', '/robots/one')
    expect(quay.simulator.robots()[0]?.teams).to.deep.equal([])
  })
})
