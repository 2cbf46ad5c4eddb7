import type { Subject } from '@pull-secret/domain'
import { accessPolicySuite, authenticatorSuite, type Grant, type GroupGrant } from '@pull-secret/port-contracts'
import type { SimulatedAccount, SimulatedRule } from '@pull-secret/registry-simulators/kubernetes'
import { aCluster } from '../test/a-cluster.ts'

/** Longer than any yes is given again. */
const pastEveryYes = 10_001
/** Longer than any no is given again, and shorter than a yes. */
const pastEveryNo = 2_001

type Whom = Pick<SimulatedRule, 'user' | 'group'>

const resourcesOf = ({ resource, clusterId }: Omit<Grant, 'subject'>): ReadonlyArray<string> => {
  if (resource === 'clusters') return ['clusters']
  return clusterId === undefined ? [resource, `clusters/${resource}`] : [`clusters/${resource}`]
}

/** What concerns every cluster is granted by the subresource of clusters and, for fleet-wide calls, by the resource. */
const ruleFor = (whom: Whom, grant: Omit<Grant, 'subject'>): SimulatedRule => ({
  ...whom,
  apiGroups: ['hyperfleet.io'],
  resources: resourcesOf(grant),
  verbs: [grant.verb],
  resourceNames: grant.clusterId === undefined ? [] : [grant.clusterId],
})
const ruleOf = (grant: Grant): SimulatedRule => ruleFor({ user: grant.subject }, grant)
const ruleOfGroup = (grant: GroupGrant): SimulatedRule => ruleFor({ group: grant.group }, grant)

const accountOf = (token: string, { name, ...known }: Subject): SimulatedAccount => ({
  token,
  username: name,
  ...(known.groups === undefined ? {} : { groups: known.groups }),
  ...(known.uid === undefined ? {} : { uid: known.uid }),
  ...(known.extra === undefined ? {} : { extra: known.extra }),
})

/** A token as Kubernetes makes it, so far as it says when it expires. */
const tokenUntil = (expiresAt: number): string =>
  ['{}', JSON.stringify({ exp: expiresAt / 1000 }), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')

const inFiveSeconds = (): number => Math.ceil(Date.now() / 1000 + 5) * 1000

/** Without audiences a token has to be for the API server itself. */
const audiences: Readonly<Record<string, ReadonlyArray<string>>> = {
  'for the API server': [],
  'for audiences of its own': ['hyperfleet-api', 'hyperfleet-api-of-old'],
}

for (const [whose, asked] of Object.entries(audiences)) {
  describe(`the Kubernetes authenticator of tokens ${whose}`, () => {
    authenticatorSuite(async (holders) => {
      const ours = asked.length === 0 ? {} : { audiences: asked.slice(1) }
      const expiresAt = inFiveSeconds()
      const mortal = { token: tokenUntil(expiresAt), username: 'system:serviceaccount:adapters:mortal' }
      const foreign = { token: 'token-for-a-vault', username: 'system:serviceaccount:adapters:one' }
      const cluster = await aCluster(
        {
          accounts: [
            ...Object.entries(holders).map(([token, holder]) => ({ ...accountOf(token, holder), ...ours })),
            { ...mortal, ...ours, expiresAt },
            { ...foreign, audiences: ['vault'] },
          ],
        },
        { audiences: asked },
      )
      return {
        authenticator: cluster.access.authenticator,
        knowsMoreThanNames: true,
        foreignToken: foreign.token,
        mortal: {
          token: mortal.token,
          name: mortal.username,
          // The calendar counts whole milliseconds.
          expire: async () => {
            cluster.pass(expiresAt - cluster.now() + 1)
          },
        },
        withdraw: async (token) => {
          cluster.server().removeAccount(token)
          cluster.pass(pastEveryYes)
        },
        admit: async (token, username) => {
          cluster.server().addAccount({ token, username, ...ours })
          cluster.pass(pastEveryNo)
        },
        cutOff: async () => {
          await cluster.stopServer()
          cluster.pass(pastEveryYes)
        },
        reconnect: async () => {
          await cluster.startServer()
        },
        close: cluster.close,
      }
    })
  })
}

describe('the Kubernetes access policy', () => {
  accessPolicySuite(async (grants, groupGrants) => {
    const cluster = await aCluster({ rules: [...grants.map(ruleOf), ...groupGrants.map(ruleOfGroup)] })
    return {
      policy: cluster.access.policy,
      knowsGroups: true,
      withdraw: async (subject) => {
        cluster.server().unbind(subject)
        cluster.pass(pastEveryYes)
      },
      grant: async (grant) => {
        cluster.server().addRule(ruleOf(grant))
        cluster.pass(pastEveryNo)
      },
      cutOff: async () => {
        await cluster.stopServer()
        cluster.pass(pastEveryYes)
      },
      reconnect: async () => {
        await cluster.startServer()
      },
      close: cluster.close,
    }
  })
})
