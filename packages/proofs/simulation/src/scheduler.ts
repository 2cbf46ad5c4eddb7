/** Virtual time: nothing waits, everything happens in the order of its time, then of its making. */
export interface Scheduler {
  /** Milliseconds since the simulation's start. */
  readonly now: () => number
  readonly after: (milliseconds: number, act: () => void) => void
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Lets everything happen that is due within the given time, and what follows from it. */
  readonly advance: (milliseconds: number) => Promise<void>
  /** Lets everything happen until `done` says so, or until nothing is left to happen. */
  readonly runUntil: (done: () => boolean) => Promise<void>
}

interface Event {
  readonly time: number
  readonly order: number
  readonly act: () => void
}

const isBefore = (one: Event, other: Event): boolean =>
  one.time < other.time || (one.time === other.time && one.order < other.order)

/** A binary heap; its first element is the next event. */
const makeQueue = () => {
  const heap: Array<Event> = []
  const swap = (one: number, other: number): void => {
    const held = heap[one] as Event
    heap[one] = heap[other] as Event
    heap[other] = held
  }
  const rise = (index: number): void => {
    const parent = (index - 1) >> 1
    if (index === 0 || !isBefore(heap[index] as Event, heap[parent] as Event)) return
    swap(index, parent)
    rise(parent)
  }
  const sink = (index: number): void => {
    const [left, right] = [2 * index + 1, 2 * index + 2]
    let first = index
    if (left < heap.length && isBefore(heap[left] as Event, heap[first] as Event)) first = left
    if (right < heap.length && isBefore(heap[right] as Event, heap[first] as Event)) first = right
    if (first === index) return
    swap(index, first)
    sink(first)
  }
  return {
    first: (): Event | undefined => heap[0],
    add: (event: Event): void => {
      heap.push(event)
      rise(heap.length - 1)
    },
    removeFirst: (): void => {
      const last = heap.pop()
      if (last === undefined || heap.length === 0) return
      heap[0] = last
      sink(0)
    },
  }
}

/** Resolves when every promise that could go on has gone on. */
const settle = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

export const makeScheduler = (): Scheduler => {
  const queue = makeQueue()
  let time = 0
  let order = 0
  const after: Scheduler['after'] = (milliseconds, act) => {
    order += 1
    queue.add({ time: time + Math.max(0, milliseconds), order, act })
  }
  const happen = async (event: Event): Promise<void> => {
    queue.removeFirst()
    time = event.time
    event.act()
    await settle()
  }
  return {
    now: () => time,
    after,
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        after(milliseconds, resolve)
      }),
    advance: async (milliseconds) => {
      const end = time + milliseconds
      await settle()
      for (let event = queue.first(); event !== undefined && event.time <= end; event = queue.first())
        await happen(event)
      time = end
    },
    runUntil: async (done) => {
      await settle()
      for (let event = queue.first(); event !== undefined && !done(); event = queue.first()) await happen(event)
    },
  }
}
