import type { CallProblem } from './outcomes.ts'

const network = 'check the address, network policies and proxies between this process and the registry'
const retryLater = 'the registry has a problem: check its status page, and retry later'

/** What somebody can do about each problem with a registry. */
export const nextSteps: Readonly<Record<CallProblem, string>> = {
  timeout: network,
  connection_lost: network,
  unreachable: network,
  untrusted_certificate: 'set ca_file to the CA of the registry, and check the expiry of the client certificate',
  client_certificate_refused:
    'the registry refused the client certificate: check cert and key, their expiry and issuer',
  file_unusable: 'mend the file that is named: a token, a certificate, a key or a CA bundle',
  server_error: retryLater,
  unreadable_answer: 'check that the address is the one of the registry, not of a proxy or a login page',
  throttled: 'the registry limits the rate of calls: retry later',
  administrator_refused: "renew the service's token or certificate at the registry, and update its file",
  quota: 'the quota at the registry is exhausted: raise it, or delete unused objects',
  request_refused: 'check the config of the registry: organization, team, partner code',
  name_taken: retryLater,
  grant_failed: 'check the config of the registry: the team or the permissions of credentials',
  deadline_passed: network,
  storage_failed: 'check that the file exists and that this process may write to its directory',
  object_busy: 'another replica is writing to the same file: retry',
  budget_spent: 'the budget of calls to the registry is spent on what is more urgent: it goes on by itself',
  budget_unavailable: 'the database, which keeps the budget of calls, does not answer: mend that first',
  circuit_open: 'the registry failed again and again and is asked rarely: mend what it failed with',
  fence_behind:
    'the file was written by a later state of the database, as after a restore: run pull-secret registries ' +
    'adopt-file REGISTRY where the file is mounted; do not delete lines',
  not_found: 'check the config of the registry: an object that it names does not exist',
  marker_changed:
    'somebody changed the description of the object at the registry: restore it, or delete the object by hand',
  still_accepted:
    'the registry still accepts the credential though it shows no such object: look for it by its user name',
  login_refused:
    'the registry refuses the credential that the cluster holds: undo what was changed there, or delete and recreate ' +
    'the pull secret',
  not_supported: 'the registry does not support this: check its version and type',
}
