import type { Invariant } from './facts.ts'

export const noLeak: Invariant = {
  name: "I5 no token in logs, tables, metrics, problem answers or the database's own log",
  broken: ({ leaks, isSearchProved }) =>
    isSearchProved ? leaks : [...leaks, 'the search did not find what was put there to be found, so it proves nothing'],
}
