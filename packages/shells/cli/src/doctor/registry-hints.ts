import type { CallProblem } from '@pull-secret/domain'

const network = 'check the address, the network policy and the proxy between this process and the registry'
const later = 'the registry answers badly at present: look at its status page, and check again'

/** What to do about each way in which a registry's access can fail. Total. */
const hints: Readonly<Record<CallProblem, string>> = {
  timeout: network,
  connection_lost: network,
  unreachable: network,
  untrusted_certificate: "name the CA of the registry in ca_file, and check the client certificate's end",
  server_error: later,
  unreadable_answer: 'is this the address of the registry itself, and not of a proxy or a login page?',
  throttled: 'the registry limits the calls: check again later',
  administrator_refused: "renew the service's own token or certificate at the registry, and its file",
  quota: 'the quota at the registry is used up: raise it, or delete what is not needed',
  request_refused: "check the registry's config: organization, team, partner code",
  name_taken: later,
  grant_failed: "check the registry's config: the team or the rights that credentials get",
  deadline_passed: network,
  storage_failed: 'check that the file exists and that this process may write its directory',
  object_busy: 'another process was writing the same file; try again',
  not_found: "check the registry's config: what it names is not there",
  not_supported: 'the registry cannot do this: check its version and type',
}

const isProblem = (word: string): word is CallProblem => Object.hasOwn(hints, word)

export const hintForProblem = (problem: string): string => (isProblem(problem) ? hints[problem] : later)
