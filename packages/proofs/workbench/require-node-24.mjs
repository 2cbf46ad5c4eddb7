// Entry points import this first and everything else dynamically, so that an older Node reads no syntax it does not
// know.
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `Node 24 or newer is needed, this is Node ${process.versions.node}: use npm run or npx here, or install Node 24.\n`,
  )
  process.exit(1)
}
