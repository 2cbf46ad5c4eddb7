export interface Robot {
  shortName: string
  description: string
  metadata: Record<string, unknown> | null
  token: string
  createdAt: string
  /** Moved by logins when the simulator reports use, else null, as at a Quay without that feature. */
  lastAccessedAt: string | null
}

export interface Team {
  name: string
  role: string
  description: string
  members: Set<string>
}

/** One organization: robots by short name, teams by name; a member is a robot's short name. */
export interface QuayState {
  robots: Map<string, Robot>
  teams: Map<string, Team>
}

/** {@link QuayState} as JSON can hold it. */
export interface KeptQuayState {
  organization: string
  robots: Array<Robot>
  teams: Array<Omit<Team, 'members'> & { members: Array<string> }>
}

export const keepQuayState = (organization: string, { robots, teams }: QuayState): KeptQuayState => ({
  organization,
  robots: [...robots.values()],
  teams: [...teams.values()].map((team) => ({ ...team, members: [...team.members] })),
})

export const restoreQuayState = (kept: KeptQuayState | undefined): QuayState => ({
  robots: new Map(kept?.robots.map((robot) => [robot.shortName, robot])),
  teams: new Map(kept?.teams.map((team) => [team.name, { ...team, members: new Set(team.members) }])),
})

export const teamsOf = ({ teams }: QuayState, shortName: string): Array<string> =>
  [...teams.values()].filter(({ members }) => members.has(shortName)).map(({ name }) => name)
