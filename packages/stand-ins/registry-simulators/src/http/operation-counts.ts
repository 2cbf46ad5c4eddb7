/**
 * How often an operation was asked for, and how often it took effect: a reset or refused call does not, a doubled one
 * does twice.
 */
export interface OperationCount {
  received: number
  acted: number
}

export interface OperationCounts {
  received: (operation: string) => void
  acted: (operation: string) => void
  read: () => Record<string, OperationCount>
}

export const makeOperationCounts = (operations: ReadonlyArray<string>): OperationCounts => {
  const counts = new Map<string, OperationCount>(operations.map((operation) => [operation, { received: 0, acted: 0 }]))
  const add = (operation: string, field: keyof OperationCount) => {
    const count = counts.get(operation)
    if (count !== undefined) count[field] += 1
  }
  return {
    received: (operation) => add(operation, 'received'),
    acted: (operation) => add(operation, 'acted'),
    read: () => Object.fromEntries([...counts].map(([operation, count]) => [operation, { ...count }])),
  }
}
