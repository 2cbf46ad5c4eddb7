export { type KubeconfigParts, kubeconfigText } from './kubeconfig-text.ts'
export type { SimulatedAccount, SimulatedRule } from './simulated-rbac.ts'
export type { KubernetesSimulator, KubernetesSimulatorOptions } from './start-kubernetes-simulator.ts'
export { startKubernetesSimulator } from './start-kubernetes-simulator.ts'
