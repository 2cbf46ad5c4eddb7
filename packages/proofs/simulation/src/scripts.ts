export type Play = (replica?: number, clusterId?: string) => Promise<void>

/**
 * What a script may do, at the first of two replicas and for one cluster unless it says others; clients wait 10 s for
 * an answer and no longer.
 */
export interface Stage {
  readonly generate: Play
  readonly retrieve: Play
  readonly recreate: Play
  readonly remove: Play
  readonly ban: Play
  readonly unban: Play
  readonly recover: Play
  readonly sleep: (milliseconds: number) => Promise<void>
}

/** A short course of requests whose every port call is made to fail in every way. */
export interface Script {
  readonly name: string
  /** Many clusters at once, who meet only where a vendor keeps all credentials in one object, or limits requests. */
  readonly isCrowded?: boolean
  readonly run: (stage: Stage) => Promise<void>
}

const other = 1
const many = ['cls-aaaaaa', 'cls-bbbbbb', 'cls-cccccc', 'cls-dddddd', 'cls-eeeeee']
/** Longer than any lease and landing window, so that recovery finds everything due. */
const longWait = 2_400_000
/** Long before a request that was sent under the lease must have landed. */
const justAfterTheLease = 45_000

export const scripts: ReadonlyArray<Script> = [
  {
    name: 'generate, read, and again',
    run: async (stage) => {
      await stage.generate()
      await stage.retrieve(other)
      await stage.generate()
    },
  },
  {
    name: 'generate at two replicas',
    run: async (stage) => {
      await Promise.all([stage.generate(), stage.generate(other)])
      await stage.retrieve()
    },
  },
  {
    name: 'generate, then delete',
    run: async (stage) => {
      await stage.generate()
      await stage.remove(other)
      await stage.remove()
    },
  },
  {
    name: 'many clusters at once',
    isCrowded: true,
    run: async ({ generate: begin, remove: end, retrieve: look, sleep }) => {
      await Promise.all(many.map((cluster, index) => sleep(index * 17).then(() => begin(index % 2, cluster))))
      await Promise.all(
        many.map((cluster, index) =>
          sleep(index * 11).then(() => (index % 3 === 0 ? end(other, cluster) : begin(0, cluster))),
        ),
      )
      await Promise.all(many.map((cluster) => look(0, cluster)))
    },
  },
  {
    name: 'delete while generating',
    run: async (stage) => {
      await Promise.all([stage.generate(), stage.sleep(60).then(() => stage.remove(other))])
      await stage.retrieve()
    },
  },
  {
    name: 'generate, then recover',
    run: async (stage) => {
      await stage.generate()
      await stage.sleep(longWait)
      await stage.recover(other)
      await stage.retrieve()
    },
  },
  {
    name: 'delete, then recover',
    run: async (stage) => {
      await stage.generate()
      await stage.remove()
      await stage.sleep(longWait)
      await stage.recover(other)
      await stage.remove()
    },
  },
  {
    name: 'delete, then recover soon',
    run: async (stage) => {
      await stage.generate()
      await stage.remove()
      await stage.sleep(justAfterTheLease)
      await stage.recover(other)
      await stage.sleep(justAfterTheLease)
      await stage.recover()
      await stage.remove()
    },
  },
  {
    name: 'delete long after',
    run: async (stage) => {
      await stage.generate()
      await stage.sleep(longWait)
      await stage.remove(other)
      await stage.sleep(justAfterTheLease)
      await stage.remove()
    },
  },
  {
    name: 'delete, then recreate',
    run: async (stage) => {
      await stage.generate()
      await stage.remove()
      await stage.sleep(longWait)
      await stage.recover()
      await stage.generate()
      await stage.recreate()
      await stage.retrieve()
    },
  },
  {
    name: 'ban while generating',
    run: async (stage) => {
      await Promise.all([stage.generate(), stage.sleep(60).then(() => stage.ban(other))])
      await stage.retrieve()
    },
  },
  {
    name: 'ban, then unban and generate',
    run: async (stage) => {
      await stage.generate()
      await stage.ban(other)
      await stage.generate()
      await stage.sleep(longWait)
      await stage.recover()
      await stage.unban()
      await stage.recover(other)
      await stage.retrieve(other)
      await stage.generate()
    },
  },
  {
    name: 'ban before the first life',
    run: async (stage) => {
      await stage.ban()
      await stage.generate(other)
      await stage.remove()
      await stage.unban(other)
      await stage.recreate()
      await stage.ban()
    },
  },
  {
    name: 'ban while deleting',
    run: async (stage) => {
      await stage.generate()
      await Promise.all([stage.remove(), stage.sleep(60).then(() => stage.ban(other))])
      await stage.sleep(longWait)
      await stage.recover()
      await stage.generate()
      await stage.recreate(other)
    },
  },
  {
    name: 'unban while banning',
    run: async (stage) => {
      await stage.generate()
      await Promise.all([stage.ban(), stage.sleep(60).then(() => stage.unban(other))])
      await stage.generate(other)
    },
  },
]
