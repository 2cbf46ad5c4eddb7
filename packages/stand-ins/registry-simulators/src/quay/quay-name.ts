const namePattern = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/

/** Quay's rule for robots' short names and team names (quay/quay util/validation.py): 2 to 255 characters. */
export const isQuayName = (name: string): boolean => name.length >= 2 && name.length <= 255 && namePattern.test(name)

/** The full name must fit the username column too: 255 characters with organization and `+`. */
export const isRobotName = (organization: string, shortName: string): boolean =>
  isQuayName(shortName) && `${organization}+${shortName}`.length <= 255
