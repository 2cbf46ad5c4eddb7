import { exactly, textMatching, wholeNumber } from '@pull-secret/decoding'
import * as t from 'io-ts'
import { clusterIdText, oneOf } from './text-codecs.ts'

const providerText = textMatching('a cloud provider', /^[a-z][a-z0-9-]{0,31}$/, 'must be the name of a cloud provider')
const regionText = textMatching(
  'a region',
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
  'must be 1 to 63 letters, digits, ".", "_" or "-"',
)
const registryIdText = textMatching(
  'a registry id',
  /^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/,
  'must be the id of a registry',
)

const registryIds = t.array(registryIdText, 'a list of registry ids')

/** An empty list would ask for an empty pull secret; a caller who wants every registry omits the field. */
const someRegistryIds = new t.Type<ReadonlyArray<string>, unknown>(
  registryIds.name,
  (value): value is ReadonlyArray<string> => registryIds.is(value),
  (value, context) =>
    Array.isArray(value) && value.length === 0
      ? t.failure(value, context, 'must name at least one registry, or be omitted')
      : registryIds.validate(value, context),
  (ids) => ids,
)

/** The body of POST on a cluster's pull secrets. An unknown field is refused: it would have no effect, silently. */
export const generateBody = exactly(
  'the body of a generate request',
  {},
  {
    cluster_external_id: clusterIdText,
    cluster_id: clusterIdText,
    cloud_provider: providerText,
    region: regionText,
    registries: someRegistryIds,
    /** The deleted incarnation to recreate. */
    recreate: wholeNumber(1, 2_147_483_647),
    on_rotation: oneOf('return_current', 'conflict'),
  },
)

export type GenerateBody = t.TypeOf<typeof generateBody>
