import { banTransitions, clusterTransitions, credentialTransitions } from '@pull-secret/domain'

const cell = (values: ReadonlyArray<string>): string => values.join(', ')

const credentialRows = Object.entries(credentialTransitions).map(
  ([rule, row]) =>
    `| ${rule} | ${cell(row.from)} | ${cell(row.to)} | ${row.action} | ${cell(row.triggers)} | ${row.meaning} |`,
)

const clusterRows = Object.entries(clusterTransitions).map(
  ([rule, row]) => `| ${rule} | ${cell(row.from)} | ${row.to} | ${row.action} | ${row.meaning} |`,
)

const banRows = Object.entries(banTransitions).map(
  ([rule, row]) => `| ${rule} | ${cell(row.from)} | ${row.to} | ${row.action} | ${row.meaning} |`,
)

/** The transition tables of the domain as a page. */
export const renderStateTables = (): string => `# State tables

Written by \`npm run state-tables\` from the tables that the ledger itself obeys. Nothing else is legal.

## Credentials

| Rule | From | To | Audit action | Triggers | Meaning |
| --- | --- | --- | --- | --- | --- |
${credentialRows.join('\n')}

C2 and C13 are attempts at a vendor: they take a lease and change no state.

## Clusters

| Rule | From | To | Audit action | Meaning |
| --- | --- | --- | --- | --- |
${clusterRows.join('\n')}

## Bans

| Rule | From | To | Audit action | Meaning |
| --- | --- | --- | --- | --- |
${banRows.join('\n')}
`
