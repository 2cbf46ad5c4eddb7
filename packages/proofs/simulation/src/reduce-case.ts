import type { Case } from './case.ts'
import type { FaultKind, FaultPlan } from './faults.ts'
import type { Operation } from './operations.ts'

type StillFails = (shorter: Case) => Promise<boolean>

/** Leaves out ever smaller parts of a list, in the first of the given ways in which what is left still fails. */
const smallest = async <A>(
  items: ReadonlyArray<A>,
  ways: ReadonlyArray<(items: ReadonlyArray<A>, start: number, size: number) => ReadonlyArray<A>>,
  stillFails: (fewer: ReadonlyArray<A>) => Promise<boolean>,
): Promise<ReadonlyArray<A>> => {
  let kept = items
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < kept.length;) {
      const shorter = await firstThat(
        ways.map((without) => without(kept, start, size)),
        stillFails,
      )
      if (shorter === undefined) start += size
      else kept = shorter
    }
  }
  return kept
}

const firstThat = async <A>(
  candidates: ReadonlyArray<A>,
  holds: (candidate: A) => Promise<boolean>,
): Promise<A | undefined> => {
  for (const candidate of candidates) if (await holds(candidate)) return candidate
  return undefined
}

const without = <A>(items: ReadonlyArray<A>, start: number, size: number): ReadonlyArray<A> => [
  ...items.slice(0, start),
  ...items.slice(start + size),
]

/** What follows happens when it did: the operation before waits as long as those that are left out did. */
const withoutButWaiting = (
  operations: ReadonlyArray<Operation>,
  start: number,
  size: number,
): ReadonlyArray<Operation> => {
  const waited = operations.slice(start, start + size).reduce((sum, { waitMilliseconds }) => sum + waitMilliseconds, 0)
  return without(
    operations.map((operation, index) =>
      index === start - 1 ? { ...operation, waitMilliseconds: operation.waitMilliseconds + waited } : operation,
    ),
    start,
    size,
  )
}

const fewerOperations = async (from: Case, stillFails: StillFails): Promise<Case> => ({
  ...from,
  operations: await smallest(from.operations, [without, withoutButWaiting], (operations) =>
    stillFails({ ...from, operations }),
  ),
})

type Strike = readonly [string, FaultKind]

const planOf = (strikes: ReadonlyArray<Strike>): FaultPlan => Object.fromEntries(strikes)

const fewerFaults = async (from: Case, stillFails: StillFails): Promise<Case> => ({
  ...from,
  faults: planOf(
    await smallest<Strike>(Object.entries(from.faults), [without], (strikes) =>
      stillFails({ ...from, faults: planOf(strikes) }),
    ),
  ),
})

/** One deployment instead of two: only what one of them did, or everything at the one. */
const oneDeployment = async (from: Case, stillFails: StillFails): Promise<Case> => {
  if (from.deployments === 1) return from
  const ways = [
    from.operations.filter(({ deployment }) => deployment === 0),
    from.operations.filter(({ deployment }) => deployment === 1),
    from.operations,
  ]
  const candidates = ways.map((operations): Case => ({
    ...from,
    deployments: 1,
    operations: operations.map((operation) => ({ ...operation, deployment: 0 })),
  }))
  return (await firstThat(candidates, stillFails)) ?? from
}

const fewerVendors = async (from: Case, stillFails: StillFails): Promise<Case> => ({
  ...from,
  vendors: await smallest(
    from.vendors,
    [without],
    async (vendors) => vendors.length > 0 && stillFails({ ...from, vendors }),
  ),
})

const halved = (from: Case, index: number): Case => ({
  ...from,
  operations: from.operations.map((operation, position) =>
    position === index ? { ...operation, waitMilliseconds: Math.floor(operation.waitMilliseconds / 2) } : operation,
  ),
})

const shorterWaits = async (from: Case, stillFails: StillFails): Promise<Case> => {
  let kept = from
  for (let index = 0; index < kept.operations.length;) {
    const shorter = halved(kept, index)
    if ((kept.operations[index]?.waitMilliseconds ?? 0) > 0 && (await stillFails(shorter))) kept = shorter
    else index += 1
  }
  return kept
}

const reductions = [fewerOperations, fewerFaults, oneDeployment, fewerVendors, shorterWaits]

/** Makes a failing case smaller in every way, again and again, until nothing can be left out any more. */
export const reduceCase = async (failing: Case, stillFails: StillFails): Promise<Case> => {
  let kept = failing
  for (const reduce of reductions) kept = await reduce(kept, stillFails)
  return JSON.stringify(kept) === JSON.stringify(failing) ? kept : reduceCase(kept, stillFails)
}
