/** Who a token belongs to. */
export interface SimulatedAccount {
  token: string
  username: string
  uid?: string
  groups?: ReadonlyArray<string>
  extra?: Record<string, ReadonlyArray<string>>
  /** Audiences the token was issued for. Default: the API server's own. */
  audiences?: ReadonlyArray<string>
  /** Milliseconds of the calendar; refused from then on. Default: never. */
  expiresAt?: number
}

/** A rule of a ClusterRole, bound to one user or group. */
export interface SimulatedRule {
  user?: string
  group?: string
  apiGroups: ReadonlyArray<string>
  /** `resource` or `resource/subresource`. */
  resources: ReadonlyArray<string>
  verbs: ReadonlyArray<string>
  /** Empty or absent: every object. */
  resourceNames?: ReadonlyArray<string>
}

export interface AccessQuestion {
  user: string
  groups: ReadonlyArray<string>
  group: string
  resource: string
  subresource: string
  verb: string
  name: string
}

const holds = (values: ReadonlyArray<string>, value: string): boolean => values.includes('*') || values.includes(value)

const isBoundTo = (rule: SimulatedRule, { user, groups }: AccessQuestion): boolean =>
  rule.user === user || (rule.group !== undefined && groups.includes(rule.group))

const namesObject = ({ resourceNames = [] }: SimulatedRule, name: string): boolean =>
  resourceNames.length === 0 || resourceNames.includes(name)

/** RBAC as the API server decides it: rules only add, and a rule with names never allows a request without one. */
export const isAllowedBy = (rules: ReadonlyArray<SimulatedRule>, question: AccessQuestion): boolean => {
  const { group, resource, subresource, verb, name } = question
  const wanted = subresource === '' ? resource : `${resource}/${subresource}`
  return rules.some(
    (rule) =>
      isBoundTo(rule, question) &&
      holds(rule.apiGroups, group) &&
      holds(rule.resources, wanted) &&
      holds(rule.verbs, verb) &&
      namesObject(rule, name),
  )
}
