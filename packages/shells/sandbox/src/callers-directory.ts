/** Where the person's shell is: npm itself runs in the repository's root. */
export const callersDirectory = (): string => process.env['INIT_CWD'] ?? process.cwd()
