const folderOf = (file: string): string => {
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  return /^[./]/.test(folder) ? folder : `./${folder}`
}

const withModuleBeside =
  (file: string) =>
  (entry: unknown): unknown => {
    if (typeof entry !== 'object' || entry === null || !('module' in entry)) return entry
    const { module } = entry
    return typeof module === 'string' && /^\.{1,2}\//.test(module)
      ? { ...entry, module: `${folderOf(file)}${module}` }
      : entry
  }

/** The list of registries with each relative module as a path from the folder of the file that names it. */
export const withModulesBeside = (file: string, registries: unknown): unknown =>
  Array.isArray(registries) ? registries.map(withModuleBeside(file)) : registries
