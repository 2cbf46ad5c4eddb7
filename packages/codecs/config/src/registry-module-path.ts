import type { Config } from './config.ts'

const folderOf = (file: string): string => {
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  return /^[./]/.test(folder) ? folder : `./${folder}`
}

/** The configuration with each relative module as a path from the folder of the file that names it. */
export const withModulesBeside =
  (file: string) =>
  (config: Config): Config => ({
    ...config,
    registries: config.registries.map((registry) =>
      registry.module?.startsWith('.') === true
        ? { ...registry, module: `${folderOf(file)}${registry.module}` }
        : registry,
    ),
  })
