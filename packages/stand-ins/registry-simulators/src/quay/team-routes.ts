import { emptyAnswer, jsonAnswer, type SimulatedAnswer } from '../http/answer.ts'
import { readJsonObject } from '../http/json-body.ts'
import type { PathValues, Route } from '../http/route.ts'
import { invalidRequest, modelError, notFound } from './quay-answers.ts'
import { isQuayName } from './quay-name.ts'
import type { Team } from './quay-state.ts'
import type { QuayRouteDeps } from './robot-routes.ts'
import { avatarOf } from './robot-view.ts'

const roles = ['member', 'creator', 'admin']

const whole = '/api/v1/organization/:organization'
const single = `${whole}/team/:team`
const member = `${single}/members/:member`

const teamView = ({ name, description, role }: Team) => ({
  name,
  description,
  can_view: true,
  role,
  avatar: avatarOf(name, 'team'),
})

/** Teams and their robots (quay/quay endpoints/api/team.py), and the organization that shows them (organization.py). */
export const teamRoutes = ({ organization, state, save, guard }: QuayRouteDeps): ReadonlyArray<Route> => {
  const memberView = (shortName: string) => ({
    name: `${organization}+${shortName}`,
    kind: 'user',
    is_robot: true,
    avatar: avatarOf(`${organization}+${shortName}`, 'robot'),
    invited: false,
  })

  const shortNameOf = (username = ''): string | undefined => {
    const shortName = username.startsWith(`${organization}+`) ? username.slice(organization.length + 1) : ''
    return state.robots.has(shortName) ? shortName : undefined
  }

  const withTeam =
    (act: (team: Team, values: PathValues) => SimulatedAnswer): Route['act'] =>
    (_request, values) => {
      const team = state.teams.get(values['team'] ?? '')
      return team === undefined ? notFound() : act(team, values)
    }

  const getOrganization: Route['act'] = () => {
    const teams = [...state.teams.values()].map(teamView)
    return jsonAnswer(200, {
      name: organization,
      is_admin: true,
      is_member: true,
      teams: Object.fromEntries(teams.map((team) => [team.name, team])),
      ordered_teams: teams.map(({ name }) => name),
    })
  }

  const putTeam: Route['act'] = ({ body }, { team: name = '' }) => {
    const fields = readJsonObject(body)
    if (fields === 'malformed') return modelError('Failed to decode JSON object')
    if (fields === 'absent') return invalidRequest('Missing JSON body')
    const { role, description } = fields
    if (typeof role !== 'string' || !roles.includes(role))
      return invalidRequest('role is not one of member, creator, admin')
    if (description !== undefined && typeof description !== 'string')
      return invalidRequest('description is not of type string')
    if (!isQuayName(name)) return modelError(`Invalid team name ${name}`)
    const existing = state.teams.get(name)
    const team = {
      name,
      role,
      description: description ?? existing?.description ?? '',
      members: existing?.members ?? new Set<string>(),
    }
    state.teams.set(name, team)
    save()
    return jsonAnswer(200, { ...teamView(team), new_team: existing === undefined })
  }

  const addTeamMember = withTeam(({ name, members }, values) => {
    const shortName = shortNameOf(values['member'])
    if (shortName === undefined) return invalidRequest('Unknown user')
    const full = `${organization}+${shortName}`
    if (members.has(shortName)) return modelError(`User "${full}" is already a member of team "${name}"`)
    members.add(shortName)
    save()
    return jsonAnswer(200, memberView(shortName))
  })

  const removeTeamMember = withTeam(({ name, members }, values) => {
    const shortName = shortNameOf(values['member'])
    if (shortName === undefined) return notFound()
    if (!members.delete(shortName))
      return modelError(`User ${organization}+${shortName} does not belong to team ${name}`)
    save()
    return emptyAnswer(204)
  })

  const listTeamMembers = withTeam(({ name, members }) =>
    jsonAnswer(200, { name, members: [...members].map(memberView), can_edit: true }),
  )

  return [
    { operation: 'getOrganization', method: 'GET', path: whole, act: guard(getOrganization) },
    { operation: 'putTeam', method: 'PUT', path: single, act: guard(putTeam) },
    { operation: 'listTeamMembers', method: 'GET', path: `${single}/members`, act: guard(listTeamMembers) },
    { operation: 'addTeamMember', method: 'PUT', path: member, act: guard(addTeamMember) },
    { operation: 'removeTeamMember', method: 'DELETE', path: member, act: guard(removeTeamMember) },
  ]
}
