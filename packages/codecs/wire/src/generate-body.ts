import { described, exactly, nonEmptyList, oneOf, textMatching } from '@pull-secret/decoding'
import type * as t from 'io-ts'
import { incarnation } from './number-codecs.ts'
import { clusterIdText } from './text-codecs.ts'

const providerText = textMatching('a cloud provider', /^[a-z][a-z0-9-]{0,31}$/, 'must be the name of a cloud provider')
const regionText = textMatching(
  'a region',
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
  'must be 1 to 63 letters, digits, ".", "_" or "-"',
)
const registryIdText = described(
  textMatching('a registry id', /^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/, 'must be the id of a registry'),
  'Id of an enabled registry of the deployment.',
  { example: 'quay' },
)

/** An empty list would ask for an empty pull secret; a caller who wants every registry omits the field. */
const someRegistryIds = nonEmptyList(
  'a list of registry ids',
  registryIdText,
  'must name at least one registry, or be omitted',
)

/** The body of POST on a cluster's pull secrets. An unknown field is refused: it would have no effect, silently. */
export const generateBody = described(
  exactly(
    'the body of a generate request',
    {},
    {
      cluster_external_id: described(clusterIdText, 'Id of the cluster in another system.'),
      cluster_id: described(clusterIdText, 'Repeats the cluster id of the path.'),
      cloud_provider: described(
        providerText,
        'One of the cloud providers of the deployment; part of the names of credentials.',
        { example: 'gcp' },
      ),
      region: described(regionText, 'Region of the cluster; part of the names of credentials.', {
        example: 'us-east1',
      }),
      registries: described(
        someRegistryIds,
        'Registries to add to the cluster. Absent: every enabled one, also those that are enabled later.',
      ),
      recreate: described(incarnation, 'The last incarnation of a deleted cluster, which is to live again.'),
      on_rotation: described(
        oneOf('return_current', 'conflict'),
        'What to answer while a rotation is open. Has no effect as long as there are no rotations.',
      ),
    },
  ),
  'What is known of the cluster. Every field is optional.',
  {
    title: 'GenerateRequest',
    example: { cloud_provider: 'gcp', region: 'us-east1', registries: ['quay', 'rhit'] },
  },
)

export type GenerateBody = t.TypeOf<typeof generateBody>
