import { type QuayState, type Robot, teamsOf } from './quay-state.ts'

const quayDate = (date: string): string => new Date(date).toUTCString().replace('GMT', '-0000')

const basicView = (organization: string, robot: Robot) => ({
  name: `${organization}+${robot.shortName}`,
  created: quayDate(robot.createdAt),
  last_accessed: robot.lastAccessedAt === null ? null : quayDate(robot.lastAccessedAt),
  description: robot.description,
})

/** A robot as create and GET show it to an organization's administrator. */
export const robotView = (organization: string, robot: Robot) => ({
  ...basicView(organization, robot),
  token: robot.token,
  unstructured_metadata: robot.metadata,
})

export const regeneratedView = (organization: string, robot: Robot) => ({
  ...basicView(organization, robot),
  token: robot.token,
})

/** A robot as the list shows it: never with its metadata. */
export const listedRobotView = (
  organization: string,
  state: QuayState,
  robot: Robot,
  include: { token: boolean; permissions: boolean },
) => ({
  ...basicView(organization, robot),
  ...(include.token ? { token: robot.token } : {}),
  ...(include.permissions
    ? {
        teams: teamsOf(state, robot.shortName).map((name) => ({ name, avatar: avatarOf(name, 'team') })),
        repositories: [],
      }
    : {}),
})

export const avatarOf = (name: string, kind: 'robot' | 'team') => ({ name, hash: '', color: '#969696', kind })
