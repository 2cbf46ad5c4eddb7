import { existsSync, readFileSync } from 'node:fs'

/** Linux counts processor time for other processes in hundredths of a second. */
const tickMilliseconds = 10

const readProcess = (pid: number, name: string): string => {
  const file = `/proc/${pid}/${name}`
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

/** Memory that a process holds now. NaN where the system does not tell. */
export const residentMegabytes = (pid: number): number =>
  Number(/^VmRSS:\s*(\d+) kB$/m.exec(readProcess(pid, 'status'))?.[1]) / 1024

/** Processor time that a process has used. NaN where the system does not tell. */
export const cpuMilliseconds = (pid: number): number => {
  // After the name in parentheses, which may hold anything, user and system time are the 12th and 13th field.
  const fields = readProcess(pid, 'stat').split(') ').at(-1)?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * tickMilliseconds
}
