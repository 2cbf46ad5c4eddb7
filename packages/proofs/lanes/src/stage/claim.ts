/** One thing that a lane claims, and what speaks against it. */
export interface Claim {
  readonly name: string
  readonly broken: ReadonlyArray<string>
}

const shownComplaints = 20

export const holds = ({ broken }: Claim): boolean => broken.length === 0

/** The claim and its verdict in a line, and what speaks against it in further ones. */
export const describeClaim = (claim: Claim): ReadonlyArray<string> => [
  `${holds(claim) ? 'ok    ' : 'FAILED'}  ${claim.name}`,
  ...claim.broken.slice(0, shownComplaints).map((sentence) => `        ${sentence}`),
  ...(claim.broken.length > shownComplaints ? [`        and ${claim.broken.length - shownComplaints} more`] : []),
]
