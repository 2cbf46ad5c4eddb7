import { accessPolicySuite, authenticatorSuite, type Grant } from '@pull-secret/port-contracts'
import type { SimulatedRule } from '@pull-secret/registry-simulators/kubernetes'
import { aCluster } from '../test/a-cluster.ts'

/** Longer than any verdict is given again. */
const pastEveryCache = 10_001

/** What concerns every cluster is granted by the subresource of clusters and, for fleet-wide calls, by the resource. */
const ruleOf = ({ subject, verb, resource, clusterId }: Grant): SimulatedRule => ({
  user: subject,
  apiGroups: ['hyperfleet.io'],
  resources: clusterId === undefined ? [resource, `clusters/${resource}`] : [`clusters/${resource}`],
  verbs: [verb],
  resourceNames: clusterId === undefined ? [] : [clusterId],
})

describe('the Kubernetes authenticator', () => {
  authenticatorSuite(async (holders) => {
    const cluster = await aCluster({
      accounts: Object.entries(holders).map(([token, username]) => ({ token, username })),
    })
    return {
      authenticator: cluster.access.authenticator,
      withdraw: async (token) => {
        cluster.server().removeAccount(token)
        cluster.pass(pastEveryCache)
      },
      cutOff: async () => {
        await cluster.stopServer()
        cluster.pass(pastEveryCache)
      },
      reconnect: () => cluster.startServer(),
      close: cluster.close,
    }
  })
})

describe('the Kubernetes access policy', () => {
  accessPolicySuite(async (grants) => {
    const cluster = await aCluster({ rules: grants.map(ruleOf) })
    return {
      policy: cluster.access.policy,
      withdraw: async (subject) => {
        cluster.server().unbind(subject)
        cluster.pass(pastEveryCache)
      },
      cutOff: async () => {
        await cluster.stopServer()
        cluster.pass(pastEveryCache)
      },
      reconnect: () => cluster.startServer(),
      close: cluster.close,
    }
  })
})
