import { readFileSync } from 'node:fs'
import { compare } from 'bcryptjs'
import type { Stage } from '../stage/open-stage.ts'
import type { DocumentEntry } from '../stage/pull-secret-answer.ts'
import { deploymentId, registryHosts } from '../stage/service-config.ts'
import { isAcceptedBy } from '../stage/vendor-login.ts'
import type { SeenVendorObject } from './facts.ts'

const ownMarker = `hyperfleet-pull-secret/${deploymentId}/`
const ownUser = /^(hyp-[^-]+-[0-9a-f]{8}-([0-9a-f-]{36})):(.*)$/

const credentialIdIn = (description: string): string | undefined => {
  const id = description.startsWith(ownMarker) ? description.slice(ownMarker.length) : 'control'
  return id === 'control' ? undefined : id
}

const htpasswdUsers = ({ folder }: Stage) =>
  readFileSync(folder.htpasswdFile, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, name, credentialId, hash] = ownUser.exec(line) ?? []
      return name === undefined || credentialId === undefined || hash === undefined
        ? []
        : [{ name, credentialId, hash }]
    })

const withMarker = (registryId: string, vendorName: string, description: string): ReadonlyArray<SeenVendorObject> => {
  const credentialId = credentialIdIn(description)
  return credentialId === undefined ? [] : [{ registryId, vendorName, credentialId }]
}

/** Everything of ours at the vendors, controls left out. */
export const objectsAtVendors = (stage: Stage): ReadonlyArray<SeenVendorObject> => [
  ...stage.quay.robots().flatMap(({ shortName, description }) => withMarker('quay', shortName, description)),
  ...stage.rhit
    .serviceAccounts()
    .filter(({ deletedAt }) => deletedAt === null)
    .flatMap(({ name, description }) => withMarker('rhit', name, description)),
  ...htpasswdUsers(stage).map(({ name, credentialId }) => ({ registryId: 'plain', vendorName: name, credentialId })),
]

/** The registry whose credential an entry is. */
export const registryOf = (stage: Stage, { host }: DocumentEntry): string =>
  Object.entries(registryHosts(stage.plainHost)).find(([, hosts]) => hosts.includes(host))?.[0] ??
  `unknown host ${host}`

/** The name of the vendor object that an entry's username stands for. */
export const vendorNameOf = ({ username }: DocumentEntry): string => username.replace(/^(acme\+|\|)/, '')

export const keyOf = ({ username, token }: DocumentEntry): string => `${username}\n${token}`

const isAccepted = async (stage: Stage, users: ReadonlyMap<string, string>, entry: DocumentEntry): Promise<boolean> => {
  switch (registryOf(stage, entry)) {
    case 'quay':
      return isAcceptedBy(stage.quay.url, stage.folder.authority, entry)
    case 'rhit':
      return isAcceptedBy(stage.rhit.registryUrl, stage.folder.authority, entry)
    default: {
      const hash = users.get(entry.username)
      return hash !== undefined && compare(entry.token, hash)
    }
  }
}

/** Tries every entry at its vendor; the keys of those that are let in. */
export const acceptedEntries = async (
  stage: Stage,
  entries: ReadonlyArray<DocumentEntry>,
): Promise<ReadonlySet<string>> => {
  const users = new Map(htpasswdUsers(stage).map(({ name, hash }) => [name, hash]))
  const distinct = [...new Map(entries.map((entry) => [keyOf(entry), entry])).values()]
  const accepted = new Set<string>()
  for (const entry of distinct) if (await isAccepted(stage, users, entry)) accepted.add(keyOf(entry))
  return accepted
}
