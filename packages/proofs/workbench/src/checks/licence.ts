/** What a package says of its licence. */
export interface LicensedPackage {
  readonly folder: string
  readonly manifest: { readonly private?: boolean; readonly files?: ReadonlyArray<string> }
  /** The text of its LICENSE, if there is one. */
  readonly licence?: string
}

/** What is missing for a package to be published under the licence of the project; nothing when all is well. */
export const licenceFindings = (
  { folder, manifest, licence }: LicensedPackage,
  licenceOfProject: string,
): ReadonlyArray<string> => {
  if (manifest.private === true) return []
  const isListed = manifest.files === undefined || manifest.files.includes('LICENSE')
  return [
    ...(licence === licenceOfProject ? [] : [`${folder} needs the LICENSE of the project`]),
    ...(isListed ? [] : [`${folder}/package.json does not list LICENSE in files`]),
  ]
}
