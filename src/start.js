// Plain JavaScript, so that an old Node can read it and say what is wrong. With --doctor or --backup it is
// those commands.
import module from 'node:module';

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `This bot needs Node 24 or newer; this is Node ${process.versions.node}. ` +
      'After "npm ci" (with its development dependencies) "npm start" and "npm run" bring their own.',
  );
  process.exitCode = 1;
} else if (process.argv.includes('--doctor')) {
  await import('./doctor.ts');
} else if (process.argv.includes('--backup')) {
  await import('./backup.ts');
} else {
  // From the second start on nothing is compiled again, nor freed of its types: half the time and
  // 30 MB less. Where there is no place for it the bot starts without.
  module.enableCompileCache();
  await import('./main.ts');
  // Node writes it at an orderly end only, and a bot is often killed.
  module.flushCompileCache();
}
