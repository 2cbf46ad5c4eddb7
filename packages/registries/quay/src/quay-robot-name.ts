import { createHash } from 'node:crypto'
import type { NameIngredients } from '@pull-secret/domain'

const providerMaximum = 20
const regionMaximum = 40
const suffixLength = 16

const part = (text: string | undefined, maximum: number): ReadonlyArray<string> => {
  const legal = (text ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, maximum)
  return legal === '' ? [] : [legal]
}

/**
 * The name of a robot without its organisation: `hyperfleet_{provider}_{region}_{hex}`, absent parts left out. At
 * most 89 characters.
 */
export const quayRobotName = ({ cloudProvider, region, entropy }: NameIngredients): string =>
  [
    'hyperfleet',
    ...part(cloudProvider, providerMaximum),
    ...part(region, regionMaximum),
    entropy.slice(0, suffixLength),
  ].join('_')

/** The name of the one robot of a deployment that carries no cluster's credential. */
export const quayControlName = (deploymentId: string): string =>
  `hyperfleet_control_${createHash('sha256').update(deploymentId).digest('hex').slice(0, suffixLength)}`
