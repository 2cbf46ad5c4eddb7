import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { exampleFiles, valueSets } from '../src/chart/chart-files.ts'
import { complaintsOfTypes } from '../src/chart/kubernetes-types.ts'
import { type Manifest, nameOf, parseManifests } from '../src/chart/manifest.ts'
import { manifestsBy, requireRenderer } from '../src/chart/renderer.ts'
import { misspellingsOf } from '../src/vendor/misspellings.ts'

/** Keys of these maps are anybody's to choose. */
const isFree = ({ kind }: Manifest, path: string): boolean =>
  /(^|\.)(labels|annotations|matchLabels|requests|limits|nodeSelector|headers)\./.test(path) ||
  /^(data|stringData)\./.test(path) ||
  (kind === 'Service' && path.startsWith('spec.selector.'))

const complaintsOf = (manifests: ReadonlyArray<Manifest>): ReadonlyArray<string> => {
  const complaints = complaintsOfTypes(manifests)
  return manifests.flatMap((manifest, index) =>
    (complaints[index] ?? []).map((complaint) => `${nameOf(manifest)}: ${complaint}`),
  )
}

/** The fields that could be misspelt and nobody would tell. */
const unheldFieldsOf = (manifests: ReadonlyArray<Manifest>): ReadonlyArray<string> => {
  const misspelt = manifests.flatMap((manifest) =>
    misspellingsOf(manifest)
      .filter(({ path }) => !isFree(manifest, path) && path !== 'apiVersion' && path !== 'kind')
      .map(({ path, body }) => ({ path: `${nameOf(manifest)} ${path}`, body: body as Manifest })),
  )
  const complaints = complaintsOfTypes(misspelt.map(({ body }) => body))
  return misspelt.filter((_, index) => complaints[index]?.length === 0).map(({ path }) => path)
}

describe('the manifests of the chart', () => {
  const rendered: Record<string, ReadonlyArray<Manifest>> = {}
  const every = (): ReadonlyArray<Manifest> => Object.values(rendered).flat()

  before(function () {
    const render = requireRenderer(this)
    for (const [name, file] of Object.entries(valueSets)) rendered[name] = manifestsBy(render, file)
  })

  it('are what Kubernetes takes, without a field that it does not know', () => {
    expect(complaintsOf(every())).to.deep.equal([])
  })

  it('would be found at fault for any misspelt field', () => {
    expect(unheldFieldsOf(every())).to.deep.equal([])
  })
})

describe('the manifests beside the chart', () => {
  const every = exampleFiles.flatMap((file) => parseManifests(readFileSync(file, 'utf8')))

  it('are what Kubernetes and the External Secrets Operator take, without a field that they do not know', () => {
    expect(every.map(({ kind }) => kind)).to.include.members(['ClusterSecretStore', 'ExternalSecret'])
    expect(complaintsOf(every)).to.deep.equal([])
  })

  it('would be found at fault for any misspelt field', () => {
    expect(unheldFieldsOf(every)).to.deep.equal([])
  })
})
