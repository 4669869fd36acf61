// Plain JavaScript, so that an old Node can read it and say what is wrong.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `This bot needs Node 24 or newer; this is Node ${process.versions.node}. ` +
      'After "npm ci" (with its development dependencies) "npm start" brings its own.',
  );
  process.exitCode = 1;
} else {
  await import('./main.ts');
}
