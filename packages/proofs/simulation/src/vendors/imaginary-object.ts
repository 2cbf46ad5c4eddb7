import type { Announcement } from './hostile-answers.ts'

/** An object at a vendor. Times are milliseconds of the simulation. */
export interface ImaginaryObject {
  readonly vendorId: string
  readonly vendorName: string
  /** What its description says now. */
  marker: string
  /** What its description said when it was made. */
  readonly madeWithMarker: string
  readonly username: string
  readonly token: string
  /** May lie in the future. */
  createdAt: number
  readonly expiresAt: number
  readonly grants: Set<number>
  /** What the vendor says of its end, where that is not the truth. */
  announced?: Announcement
  /** `Infinity` while nobody deleted it; may lie in the future. */
  deletedAt: number
}
