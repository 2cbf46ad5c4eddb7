import { readFileSync } from 'node:fs'
import type { Stage } from '../stage/open-stage.ts'

/** Objects of others at the vendors, some under names like ours. */
export interface Strangers {
  /** Those that are gone or changed. */
  readonly touched: () => ReadonlyArray<string>
}

export const addStrangers = ({ quay, rhit, folder }: Stage): Strangers => {
  const robot = {
    shortName: 'hyperfleet_gcp_useast1_0123456789abcdef',
    description: 'hyperfleet-pull-secret/elsewhere/1',
  }
  const account = { name: 'hyp-cls-stranger-abcd', description: 'made by hand' }
  const robotToken = quay.addForeignRobot(robot)
  const accountPassword = rhit.addForeignServiceAccount(account)
  return {
    touched: () => {
      const isRobotThere = quay
        .robots()
        .some(
          ({ shortName, token, description }) =>
            shortName === robot.shortName && token === robotToken && description === robot.description,
        )
      const isAccountThere = rhit
        .serviceAccounts()
        .some(
          ({ name, password, deletedAt }) =>
            name === account.name && password === accountPassword && deletedAt === null,
        )
      const isLineThere = readFileSync(folder.htpasswdFile, 'utf8').split('\n').includes(folder.somebody.line)
      return [
        ...(isRobotThere ? [] : [`the robot ${robot.shortName} of somebody else was touched`]),
        ...(isAccountThere ? [] : [`the account ${account.name} of somebody else was touched`]),
        ...(isLineThere ? [] : ['the line of somebody else in the htpasswd file was touched']),
      ]
    },
  }
}
