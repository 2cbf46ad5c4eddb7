import type { Mismatch } from '@pull-secret/decoding'
import type { Case } from './case.ts'
import type { ScriptCase } from './exhaustive.ts'
import { type FaultPlan, faultsOf, type PortCall } from './faults.ts'
import type { KeptCase } from './kept-case.ts'
import { scripts } from './scripts.ts'
import { isVendor } from './vendors/is-vendor.ts'

const mistake = (field: string, message: string): Mismatch => ({
  field,
  rule: 'invalid',
  message: `${field} ${message}`,
})

const inVendors = (vendors: ReadonlyArray<string>): ReadonlyArray<Mismatch> => [
  ...(vendors.length === 0 ? [mistake('vendors', 'must name at least one')] : []),
  ...(new Set(vendors).size < vendors.length ? [mistake('vendors', 'must differ from each other')] : []),
  ...vendors.flatMap((vendor, index) =>
    isVendor(vendor) ? [] : [mistake(`vendors.${String(index)}`, 'must be a known kind of vendor, with known knobs')],
  ),
]

const pointForm = /^\d+\/([a-z.]+)\/\d+$/

const isPortCall = (text: string): text is PortCall => Object.hasOwn(faultsOf, text)

const inFaults = (faults: FaultPlan): ReadonlyArray<Mismatch> =>
  Object.entries(faults).flatMap(([point, kind], index) => {
    const field = `faults.${String(index)}`
    const call = pointForm.exec(point)?.[1] ?? ''
    if (!isPortCall(call)) return [mistake(field, 'must be at a point OPERATION/CALL/NTH with a known call')]
    return faultsOf[call].includes(kind)
      ? []
      : [mistake(field, `must be able to strike at ${call}: ${faultsOf[call].join(', ')}`)]
  })

const inOperations = ({ operations, deployments, vendors }: Case): ReadonlyArray<Mismatch> =>
  operations.flatMap(({ number, act, deployment }, index) => {
    const field = `operations.${String(index)}`
    return [
      ...(index > 0 && number <= (operations[index - 1]?.number ?? 0)
        ? [mistake(`${field}.number`, 'must be higher than the one before')]
        : []),
      ...(deployment >= deployments
        ? [mistake(`${field}.deployment`, 'must be lower than the number of deployments')]
        : []),
      ...(act.kind === 'configure' && act.registry >= vendors.length
        ? [mistake(`${field}.act.registry`, 'must be lower than the number of vendors')]
        : []),
      ...(act.kind === 'repeat' && act.of >= number
        ? [mistake(`${field}.act.of`, 'must be the number of an earlier operation')]
        : []),
    ]
  })

const inScript = ({ script }: ScriptCase): ReadonlyArray<Mismatch> =>
  scripts.some(({ name }) => name === script)
    ? []
    : [mistake('script', `must be one of ${scripts.map(({ name }) => `"${name}"`).join(', ')}`)]

/** What a case of the right form says that means nothing. */
export const mistakesIn = (kept: KeptCase): ReadonlyArray<Mismatch> => [
  ...inVendors(kept.vendors),
  ...inFaults(kept.faults),
  ...('script' in kept ? inScript(kept) : inOperations(kept)),
]
