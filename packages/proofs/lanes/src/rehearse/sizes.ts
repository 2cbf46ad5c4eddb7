import type { Mode } from './rehearse-options.ts'

/** How long it takes, and how hard it is. */
export interface Sizes {
  /** Of undisturbed load before, between and after disturbances. */
  readonly calmSeconds: number
  readonly databaseAwaySeconds: number
  /** Between two new clusters of one adapter. */
  readonly newClusterSeconds: number
  /** Clusters of each adapter that live at a time. */
  readonly keptClusters: number
}

/** New clusters come as fast as the vendors' budgets let them and their deletions through. */
export const full: Sizes = { calmSeconds: 26, databaseAwaySeconds: 5, newClusterSeconds: 12, keptClusters: 4 }
export const quick: Sizes = { calmSeconds: 2.5, databaseAwaySeconds: 1, newClusterSeconds: 7, keptClusters: 1 }

export const replicaCount = 3
export const adapterCount = 6
/** Of each adapter, beside the one worker that creates and deletes clusters. */
export const readersPerAdapter = 2
/** Between two requests of one reader. */
export const readPauseMilliseconds = 100

/** What a replica far away from its database has to put up with, in a global deployment. */
export const roundTripMilliseconds = 100
/** What each call of a vendor takes. */
export const vendorMilliseconds = 100

/** The longest that the 99th of a hundred answers may take which need no vendor. */
export const objectiveMilliseconds: Readonly<Record<Mode, number>> = { 'per-instance': 500, global: 800 }
