import {
  associatedDataOf,
  type Cluster,
  type Credential,
  fingerprintKeyAssociatedData,
  makeRegistries,
  secretText,
} from '@pull-secret/domain'
import { aCluster, aCredential, aRegistry, now } from '@pull-secret/domain/testing'
import { makeInMemoryCipher, makeInMemoryDigest } from '@pull-secret/in-memory'
import * as E from 'fp-ts/lib/Either.js'

const cipher = makeInMemoryCipher()
const sealed = (text: string, boundTo: string): string => E.getOrElse(() => '')(cipher.seal(secretText(text), boundTo))

/** What the pull secret of the published cluster is assembled with. Its third registry is optional. */
export const assembly = {
  cipher,
  digest: makeInMemoryDigest(),
  registries: makeRegistries([
    aRegistry('quay', { email: 'a@b.c' }),
    aRegistry('rhit'),
    aRegistry('harbor', { required: false }),
  ]),
}

export const aPublishedCluster = (given: Partial<Cluster> = {}): Cluster =>
  aCluster({
    incarnation: 2,
    publishedAt: now - 7,
    sealedFingerprintKey: sealed('k', fingerprintKeyAssociatedData('cls-abc123')),
    ...given,
  })

/** A row that the document holds, with the token sealed for it. */
export const anActiveCredential = (registryId: string, given: Partial<Credential> = {}): Credential =>
  aCredential({
    id: `of-${registryId}`,
    registryId,
    state: 'active',
    lease: undefined,
    nextAttemptAt: undefined,
    username: `${registryId}-user`,
    sealedToken: sealed(`${registryId}-token`, associatedDataOf({ id: `of-${registryId}`, registryId })),
    ...given,
  })

/** The rows of the required registries. */
export const servedRows: ReadonlyArray<Credential> = [
  anActiveCredential('rhit', { createdAt: now - 3 }),
  anActiveCredential('quay', { generation: 4 }),
]
