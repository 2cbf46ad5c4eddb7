import { banBody, banRequest } from './ban-body.ts'
import type { Operation } from './operation.ts'

const ban = '/v1/clusters/{cluster_id}/ban'

/** Bans of clusters. */
export const banOperations = {
  banCluster: {
    method: 'PUT',
    path: ban,
    tag: 'Clusters',
    summary: 'Ban a cluster: revoke every credential it has, and refuse it new ones; idempotent',
    description: 'The cluster need not exist. A ban outlives its deletion. One that stands keeps its first reason.',
    permission: { verb: 'update', resource: 'pull-secrets/ban' },
    limitClass: 'standard',
    body: banRequest,
    answers: { 200: banBody },
  },
  unbanCluster: {
    method: 'DELETE',
    path: ban,
    tag: 'Clusters',
    summary: 'Lift the ban of a cluster; idempotent',
    description: 'Nothing resumes by itself: the next request for its pull secret creates new credentials.',
    permission: { verb: 'delete', resource: 'pull-secrets/ban' },
    limitClass: 'standard',
    answers: { 200: banBody },
  },
  showBan: {
    method: 'GET',
    path: ban,
    tag: 'Clusters',
    summary: 'Show whether a cluster is banned',
    permission: { verb: 'get', resource: 'pull-secrets/ban' },
    limitClass: 'standard',
    answers: { 200: banBody },
  },
} as const satisfies Readonly<Record<string, Operation>>
