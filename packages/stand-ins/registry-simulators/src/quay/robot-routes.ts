import { emptyAnswer, jsonAnswer, type SimulatedAnswer } from '../http/answer.ts'
import { readJsonObject } from '../http/json-body.ts'
import type { Route } from '../http/route.ts'
import { invalidRequest, modelError, robotMissing } from './quay-answers.ts'
import { isRobotName } from './quay-name.ts'
import type { QuayState, Robot } from './quay-state.ts'
import { listedRobotView, regeneratedView, robotView } from './robot-view.ts'

export interface QuayRouteDeps {
  organization: string
  state: QuayState
  /** Makes the state durable; called before the answer to anything that changed it. */
  save: () => void
  guard: (act: Route['act']) => Route['act']
}

const maximumBodyBytes = 1024 * 1024
const maximumDescriptionLength = 255

type CreateBody = Pick<Robot, 'description' | 'metadata'>

const readCreateBody = (body: string): CreateBody | SimulatedAnswer => {
  if (Buffer.byteLength(body) > maximumBodyBytes) return invalidRequest('Request body is too large')
  const fields = readJsonObject(body)
  if (fields === 'malformed') return modelError('Failed to decode JSON object')
  if (fields === 'absent') return { description: '', metadata: null }
  const { description = '', unstructured_metadata: metadata = null } = fields
  if (typeof description !== 'string') return invalidRequest('description is not of type string')
  if ([...description].length > maximumDescriptionLength) return invalidRequest('description is too long')
  if (metadata !== null && (typeof metadata !== 'object' || Array.isArray(metadata)))
    return invalidRequest('unstructured_metadata is not of type object')
  return { description, metadata: metadata as Robot['metadata'] }
}

const isTrue = (value: string | null, { standard }: { readonly standard: boolean }): boolean =>
  value === null ? standard : !['false', '0', ''].includes(value.toLowerCase())

const collection = '/api/v1/organization/:organization/robots'
const single = `${collection}/:robot`

/** Robots of one organization (quay/quay endpoints/api/robot.py). */
export const robotRoutes = ({
  organization,
  state,
  save,
  guard,
  newToken,
}: QuayRouteDeps & { readonly newToken: () => string }): ReadonlyArray<Route> => {
  const withRobot =
    (act: (robot: Robot) => SimulatedAnswer): Route['act'] =>
    (_request, { robot: shortName = '' }) => {
      const robot = state.robots.get(shortName)
      return robot === undefined ? robotMissing() : act(robot)
    }

  const createRobot: Route['act'] = ({ body }, { robot: shortName = '' }) => {
    const fields = readCreateBody(body)
    if ('status' in fields) return fields
    if (!isRobotName(organization, shortName)) return invalidRequest(`The name for the robot '${shortName}' is invalid`)
    if (state.robots.has(shortName)) return invalidRequest(`Existing robot with name: ${organization}+${shortName}`)
    const robot = {
      shortName,
      ...fields,
      token: newToken(),
      createdAt: new Date().toISOString(),
      lastAccessedAt: null,
    }
    state.robots.set(shortName, robot)
    save()
    return jsonAnswer(201, robotView(organization, robot))
  }

  const listRobots: Route['act'] = ({ query }) => {
    const include = {
      token: isTrue(query.get('token'), { standard: true }),
      permissions: isTrue(query.get('permissions'), { standard: false }),
    }
    const limit = Number(query.get('limit') ?? Infinity)
    if (Number.isNaN(limit)) return modelError('Invalid value for limit')
    const robots = [...state.robots.values()].slice(0, limit)
    return jsonAnswer(200, { robots: robots.map((robot) => listedRobotView(organization, state, robot, include)) })
  }

  const regenerateRobot = withRobot((robot) => {
    robot.token = newToken()
    save()
    return jsonAnswer(200, regeneratedView(organization, robot))
  })

  const deleteRobot = withRobot(({ shortName }) => {
    state.robots.delete(shortName)
    state.teams.forEach(({ members }) => members.delete(shortName))
    save()
    return emptyAnswer(204)
  })

  return [
    { operation: 'listRobots', method: 'GET', path: collection, act: guard(listRobots) },
    { operation: 'createRobot', method: 'PUT', path: single, act: guard(createRobot) },
    {
      operation: 'getRobot',
      method: 'GET',
      path: single,
      act: guard(withRobot((robot) => jsonAnswer(200, robotView(organization, robot)))),
    },
    { operation: 'deleteRobot', method: 'DELETE', path: single, act: guard(deleteRobot) },
    { operation: 'regenerateRobot', method: 'POST', path: `${single}/regenerate`, act: guard(regenerateRobot) },
  ]
}
