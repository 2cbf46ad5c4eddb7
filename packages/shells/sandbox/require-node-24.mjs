// Imported first; everything else is imported dynamically, so that an older Node reads no syntax it does not know.
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `Node 24 or newer is required, this is Node ${process.versions.node}: use npm start, which brings its own.\n`,
  )
  process.exit(1)
}
