import { expect } from 'chai'
import { valueSets } from '../src/chart/chart-files.ts'
import { complaintsOfTypes } from '../src/chart/kubernetes-types.ts'
import { type Manifest, nameOf } from '../src/chart/manifest.ts'
import { manifestsBy, requireRenderer } from '../src/chart/renderer.ts'
import { misspellingsOf } from '../src/vendor/misspellings.ts'

/** Keys of these maps are anybody's to choose. */
const isFree = ({ kind }: Manifest, path: string): boolean =>
  /(^|\.)(labels|annotations|matchLabels|data|stringData|requests|limits|nodeSelector)\./.test(path) ||
  (kind === 'Service' && path.startsWith('spec.selector.'))

describe('the manifests of the chart', () => {
  const rendered: Record<string, ReadonlyArray<Manifest>> = {}
  const every = (): ReadonlyArray<Manifest> => Object.values(rendered).flat()

  before(function () {
    const render = requireRenderer(this)
    for (const [name, file] of Object.entries(valueSets)) rendered[name] = manifestsBy(render, file)
  })

  it('are what Kubernetes takes, without a field that it does not know', () => {
    const complaints = complaintsOfTypes(every())
    const found = every().flatMap((manifest, index) =>
      (complaints[index] ?? []).map((complaint) => `${nameOf(manifest)}: ${complaint}`),
    )
    expect(found).to.deep.equal([])
  })

  it('would be found at fault for any misspelt field', () => {
    const misspelt = every().flatMap((manifest) =>
      misspellingsOf(manifest)
        .filter(({ path }) => !isFree(manifest, path) && path !== 'apiVersion' && path !== 'kind')
        .map(({ path, body }) => ({ path: `${nameOf(manifest)} ${path}`, body: body as Manifest })),
    )
    const complaints = complaintsOfTypes(misspelt.map(({ body }) => body))
    expect(misspelt.filter((_, index) => complaints[index]?.length === 0).map(({ path }) => path)).to.deep.equal([])
  })
})
