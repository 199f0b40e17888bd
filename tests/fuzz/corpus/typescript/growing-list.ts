import { spawn, execSync } from 'node:child_process';
const NETWORK = 'lab';
// the engine is "docker" or "podman"
export async function open(box: Box, words: string[] = []): Promise<void> {
  try {
    if (box.engine === 'none') {
      const list = ['-x', `N=${1}`];
      for (let i = 0; i < 5; i++) { list.push('-y', `I${i}`); }
      return await new Promise((done) => { spawn('sh', list).on('close', (code) => { done(code ?? 1); }); });
    }
    const list = ['create', '--pull=always'];
    if (box.quiet) list.push('-q');
    for (const key of ['LANG', 'TZ']) {
      if (box.env[key]) { list.push('-e', `${key}=${box.env[key]}`); }
    }
    box.shares.forEach((share) => list.push('-v', `${share}:${share}`));
    if (box.lab) {
      execSync(`${box.engine} network create --internal ${NETWORK}`);
      list.push('--network', NETWORK);
    } else if (await box.open()) {
      list.push('--network', 'host');
    }
    list.push(box.image, ...words);
    spawn(box.engine, list, { stdio: 'inherit' });
  } finally {
    box.close();
  }
}
